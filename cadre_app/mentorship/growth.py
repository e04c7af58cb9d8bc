"""What pairings give to the growth file: their beginning and end, the mentors in its head, and a mentor that is missing.

Business roles and the trainee read all of it; a mentor sees the beginning of the own pairing while it runs (ACCESS.md).
"""

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
from cadre_app.mentorship.health import limits_on
from cadre_app.mentorship.models import EndKind, MentorKind, Pairing
from cadre_app.mentorship.pairing_columns import mark_of, office_text
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys

NAMES = {"kind": "kind", "mentor": "mentor__name", "office": "office__name", "unit": "office__unit__name"}


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register("mentorship.pairing.start", GrowthSource((KIND,), start_words, starts, order=50))
    growth_sources.register("mentorship.pairing.end", GrowthSource((KIND,), end_words, ends, order=52))
    head_parts.register("mentorship.mentors", HeadPart(order=10, lines=mentors))
    gap_parts.register("mentorship.mentors", GapPart(order=10, gaps=missing))


def starts(trainee: UUID, access: Access) -> Entries | None:
    """First days of pairings; for a mentor that of the own running one."""
    rows = Pairing.objects.standing().filter(trainee=trainee, started_on__lte=timezone.localdate())
    if not access.reads(*BUSINESS_ROLES):
        if not access.relations:
            return None
        rows = rows.filter(mentor=own_keys(access.user)[0], ended_on=None)
    return Entries(rows, day="started_on", kind=KIND, data=NAMES)


def start_words(row: Row, access: Access) -> Words:
    known = row.data
    names = {"mentor": known["mentor"], "kind": MentorKind(known["kind"]).label}
    office = f"{known['unit']} {known['office']}" if known["office"] else ""
    return Words(_("Paired with %(mentor)s, %(kind)s") % names, by=office, url=_page(row))


def ends(trainee: UUID, access: Access) -> Entries | None:
    """Last days of pairings that have ended; why one ended early is for those who work on the file."""
    if not access.reads(*BUSINESS_ROLES):
        return None
    rows = Pairing.objects.standing().filter(trainee=trainee).exclude(ended_on=None)
    data = NAMES | ({"reason": "end_reason"} if access.works(*BUSINESS_ROLES) else {})
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
    """Who mentors now, by which office, until when."""
    limits = limits_on(timezone.localdate())
    works = access.works(*BUSINESS_ROLES)
    return [_line(pairing, mark_of(pairing, limits), works=works) for pairing in _served(trainee) if pairing.is_running]


def missing(trainee: Trainee, access: Access) -> list[Gap]:
    """A kind of mentor that nobody is and that was not completed (as services.suggestions.wanting)."""
    if trainee.is_read_only or not access.works(*BUSINESS_ROLES):
        return []
    served = {pairing.kind for pairing in _served(trainee)}
    text = _("No %(kind)s yet")
    return [
        Gap(text % {"kind": kind.label}, why=_why(kind), **_way(trainee, access))
        for kind in MentorKind
        if kind not in served
    ]


def _served(trainee: Trainee) -> list[Pairing]:
    """Pairings that run or were completed, the political one first; asked once for both parts of the page."""
    known: list[Pairing] | None = trainee.__dict__.get("_pairings_served")
    if known is None:
        rows = Pairing.objects.standing().filter(trainee=trainee).exclude(end_kind=EndKind.EARLY)
        known = list(rows.select_related("mentor", "office__unit").order_by("-kind", "started_on"))
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
