"""What pairings give to the growth file: their beginning and end, the mentors in its head, and a mentor that is missing.

Business roles and the trainee read all of it; a mentor sees the beginning of the own pairing while it runs (ACCESS.md).
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cadre_app.core.growth import (
    Access,
    Entries,
    Gap,
    GapPart,
    GrowthSource,
    HeadLine,
    HeadPart,
    Row,
    Words,
    gap_parts,
    growth_sources,
    head_parts,
)
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.mentorship.growth_notes import KIND
from cadre_app.mentorship.health import as_known_to, limits_on
from cadre_app.mentorship.models import EndKind, MentorKind, Pairing
from cadre_app.mentorship.pairing_columns import mark_of, office_text
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys
from cadre_app.people.writing.posts import place_and_post

NAMES = {"kind": "kind", "mentor": "mentor__name", "office": "office__name", "unit": "office__unit__name"}
WITH_REASON, WITHOUT_REASON = "with the reason", "without the reason"


class Seen(NamedTuple):
    """As on which day, and of which mentor only."""

    day: date
    mentor: UUID | None = None


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register(
        "mentorship.pairing.start", GrowthSource((KIND,), start_words, starts_seen, starts, order=50)
    )
    growth_sources.register(
        "mentorship.agreement", GrowthSource((KIND,), agreement_words, starts_seen, agreements, order=51)
    )
    growth_sources.register("mentorship.pairing.end", GrowthSource((KIND,), end_words, ends_seen, ends, order=52))
    head_parts.register("mentorship.mentors", HeadPart(order=10, lines=mentors))
    gap_parts.register("mentorship.mentors", GapPart(order=10, gaps=missing))


def starts_seen(access: Access) -> Seen | None:
    """All of them, or the own running one of a mentor; those to come are not entries yet."""
    today = timezone.localdate()
    if access.reads(*BUSINESS_ROLES):
        return Seen(today)
    mine = own_keys(access.user)[0] if access.relations else None
    return Seen(today, mine) if mine is not None else None


def starts(trainee: UUID, seen: Seen) -> Entries:
    """First days of pairings."""
    rows = Pairing.objects.standing().filter(trainee=trainee, started_on__lte=seen.day)
    if seen.mentor is not None:
        rows = rows.filter(mentor=seen.mentor, ended_on=None)
    return Entries(rows, day="started_on", kind=KIND, data=NAMES)


def start_words(row: Row, access: Access) -> Words:
    known = row.data
    names = {"mentor": known["mentor"], "kind": MentorKind(known["kind"]).label}
    office = place_and_post(known["unit"], known["office"]) if known["office"] else ""
    return Words(_("Paired with %(mentor)s, %(kind)s") % names, by=office, url=_page(row))


def agreements(trainee: UUID, seen: Seen) -> Entries:
    """Days on which agreements were signed, for the readers of the beginning."""
    rows = Pairing.objects.standing().filter(trainee=trainee, signed_on__isnull=False)
    if seen.mentor is not None:
        rows = rows.filter(mentor=seen.mentor, ended_on=None)
    return Entries(rows, day="signed_on", kind=KIND, data=NAMES)


def agreement_words(row: Row, access: Access) -> Words:
    known = row.data
    title = _("Pairing agreement with %(mentor)s signed") % {"mentor": known["mentor"]}
    return Words(title, by=str(MentorKind(known["kind"]).label), url=_page(row))


def ends_seen(access: Access) -> str | None:
    """Why one ended early is for those who work on the file."""
    if not access.reads(*BUSINESS_ROLES):
        return None
    return WITH_REASON if access.works(*BUSINESS_ROLES) else WITHOUT_REASON


def ends(trainee: UUID, seen: str) -> Entries:
    """Last days of pairings that have ended."""
    rows = Pairing.objects.standing().filter(trainee=trainee).exclude(ended_on=None)
    data = NAMES | ({"reason": "end_reason"} if seen == WITH_REASON else {})
    return Entries(rows, day="ended_on", kind=KIND, data=data, status=F("end_kind"), at="updated_at")


def end_words(row: Row, access: Access) -> Words:
    known = row.data
    names = {"mentor": known["mentor"], "kind": MentorKind(known["kind"]).label}
    early = row.status == EndKind.EARLY
    title = (
        _("Pairing with %(mentor)s (%(kind)s) ended early")
        if early
        else _("Pairing with %(mentor)s (%(kind)s) completed")
    )
    return Words(title % names, text=known.get("reason", ""), url=_page(row))


def mentors(trainee: Trainee, access: Access) -> list[HeadLine]:
    """Who mentors now, by which office, until when; one query, which `missing` shares."""
    limits = limits_on(timezone.localdate())
    works = access.works(*BUSINESS_ROLES)
    running = [pairing for pairing in _served(trainee, access) if pairing.ended_on is None]
    return [_line(pairing, mark_of(pairing, limits), works=works) for pairing in running]


def missing(trainee: Trainee, access: Access) -> list[Gap]:
    """A kind of mentor that nobody is and that was not completed (as services.suggestions.wanting asks of many)."""
    if trainee.is_read_only or not access.works(*BUSINESS_ROLES):
        return []
    served = {pairing.kind for pairing in _served(trainee, access)}
    text = _("No %(kind)s yet")
    return [
        Gap(text % {"kind": kind.label}, why=_why(kind), **_way(trainee, access))
        for kind in MentorKind
        if kind not in served
    ]


def _served(trainee: Trainee, access: Access) -> list[Pairing]:
    """Pairings that run or were completed, the political one first; asked once for each file that is shown."""
    known: list[Pairing] | None = trainee.__dict__.get("_pairings_served")
    if known is None:
        rows = as_known_to(access.user, Pairing.objects.served().filter(trainee=trainee))
        known = list(rows.select_related("mentor", "office__unit", "trainee").order_by("-kind", "started_on"))
        trainee.__dict__["_pairings_served"] = known
    return known


def _line(pairing: Pairing, mark: tuple[str, str], *, works: bool) -> HeadLine:
    since = {"since": formats.date_format(pairing.started_on), "until": formats.date_format(pairing.due_on)}
    return HeadLine(
        label=pairing.get_kind_display(),
        text=pairing.mentor.name,
        detail=office_text(pairing) if pairing.office is not None else "",
        note=_("from %(since)s, planned until %(until)s") % since,
        state=mark[0] if works else "",
        state_label=mark[1] if works else "",
        url=reverse("mentorship:pairing_detail", kwargs={"pk": pairing.pk}),
    )


def _why(kind: MentorKind) -> str:
    if kind == MentorKind.POLITICAL:
        return _("The Party secretary of the unit, by office")
    return _("The Party secretary of the village, by office")


def _way(trainee: Trainee, access: Access) -> dict[str, str]:
    """Only staff confirm."""
    if not access.works(Role.STAFF):
        return {}
    query = urlencode({"q": trainee.person.name})
    return {"url": f"{reverse('mentorship:suggestion_list')}?{query}", "action": _("See the suggestion")}


def _page(row: Row) -> str:
    return reverse("mentorship:pairing_detail", kwargs={"pk": row.id})
