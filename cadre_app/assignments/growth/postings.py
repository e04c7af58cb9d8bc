"""What postings give to the growth file: their beginning and end, the host's appraisal, and the one that runs in its head.

Business roles and the person read all of it, once it is signed off; a mentor reads where somebody is and since when.
"""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.growth.kind import POSTING
from cadre_app.assignments.models import Posting, PostingAppraisal, PostingKind, PostingMode, PostingState
from cadre_app.assignments.models.postings import never_began
from cadre_app.assignments.stretch_words import stage_mark, time_left
from cadre_app.core.growth import (
    Access,
    Entries,
    GrowthSource,
    HeadLine,
    HeadPart,
    Row,
    Words,
    growth_sources,
    head_parts,
)
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.access import shows
from cadre_app.people.models import Trainee

ALL, PLACE = "everything", "where and since when"
SIGNED = (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED)
HOST = {"kind": "kind", "unit": "unit__name", "host": "host_name"}


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register("assignments.posting", GrowthSource((POSTING,), start_words, starts_seen, starts, order=45))
    growth_sources.register("assignments.posting_end", GrowthSource((POSTING,), end_words, ends_seen, ends, order=46))
    growth_sources.register(
        "assignments.appraisal", GrowthSource((POSTING,), appraisal_words, ends_seen, appraisals, order=47)
    )
    head_parts.register("assignments.posting", HeadPart(order=20, lines=running))


def starts_seen(access: Access) -> str | None:
    if access.reads(*BUSINESS_ROLES):
        return ALL
    return PLACE if shows(access, "term") else None


def starts(trainee: UUID, seen: str) -> Entries:
    """First days of postings that are signed off; for a mentor those that run."""
    rows = Posting.objects.standing().filter(~never_began(), trainee=trainee, state__in=SIGNED)
    data: dict[str, Any] = dict(HOST)
    if seen == PLACE:
        rows = rows.filter(state=PostingState.APPROVED)
    else:
        data |= {"front_zh": "front__name_zh", "front_en": "front__name_en", "mode": "mode", "post": "post"}
        data |= {"tasks": "tasks", "due": "due_on", "document": "document_number"}
    return Entries(rows, day="started_on", kind=POSTING, data=data, status=F("state"))


def start_words(row: Row, access: Access) -> Words:
    known = row.data
    title = _("%(kind)s at %(host)s") % {"kind": PostingKind(known["kind"]).label, "host": _host(known)}
    if "mode" not in known:
        return Words(title)
    parts = [known["post"], str(PostingMode(known["mode"]).label), "；".join(known["tasks"].splitlines())]
    return Words(title, text=" · ".join(part for part in parts if part), by=known["document"] or "", url=_page(row.id))


def ends_seen(access: Access) -> str | None:
    return ALL if access.reads(*BUSINESS_ROLES) else None


def ends(trainee: UUID, seen: str) -> Entries:
    """Last days of postings."""
    rows = Posting.objects.standing().filter(trainee=trainee, ended_on__isnull=False)
    data = HOST | {"early": "is_recalled", "reason": "return_reason"}
    return Entries(rows, day="ended_on", kind=POSTING, data=data, status=F("state"), at="updated_at")


def end_words(row: Row, access: Access) -> Words:
    known = {"kind": PostingKind(row.data["kind"]).label, "host": _host(row.data)}
    title = (
        _("Returned early from %(host)s (%(kind)s)") if row.data["early"] else _("Returned from %(host)s (%(kind)s)")
    )
    return Words(title % known, text=row.data["reason"] or "", url=_page(row.id))


def appraisals(trainee: UUID, seen: str) -> Entries:
    """The host's words, once they are confirmed."""
    rows = PostingAppraisal.objects.standing().filter(
        posting__trainee=trainee, posting__voided_at=None, confirmed_on__isnull=False
    )
    data: dict[str, Any] = {"unit": "posting__unit__name", "host": "posting__host_name", "opinion": "opinion"}
    data |= {"signatory": "signatory", "posting": F("posting_id")}
    return Entries(rows, day="confirmed_on", kind=POSTING, data=data)


def appraisal_words(row: Row, access: Access) -> Words:
    known = row.data
    title = _("Appraisal of %(host)s") % {"host": _host(known)}
    return Words(title, text=known["opinion"], by=known["signatory"], url=_page(known["posting"]))


def running(trainee: Trainee, access: Access) -> list[HeadLine]:
    """Where somebody is posted now; one query."""
    if not access.reads(*BUSINESS_ROLES):
        return []
    today = timezone.localdate()
    rows = Posting.objects.standing().filter(
        ~never_began(), trainee=trainee, state=PostingState.APPROVED, started_on__lte=today
    )
    found = rows.select_related("unit", "front", "trainee").order_by("started_on", "pk")
    return [_line(posting) for posting in found]


def _line(posting: Posting) -> HeadLine:
    today = timezone.localdate()
    state, label = stage_mark(posting, today)
    since = _("since %(day)s") % {"day": formats.date_format(posting.started_on)}
    return HeadLine(
        label=posting.get_kind_display(),
        text=posting.host,
        detail=str(posting.front) if posting.front is not None else "",
        note=time_left(posting, today) or since,
        state=state if state != "ok" else "",
        state_label=label,
        url=_page(posting.pk),
    )


def _host(known: Any) -> str:
    return str(known["unit"] or known["host"])


def _page(pk: Any) -> str:
    return reverse("assignments:posting_detail", kwargs={"pk": pk})
