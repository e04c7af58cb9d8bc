"""What field research gives to the growth file: topics and reports with the part in them, and awards."""

from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cadre_app.assignments.growth.kind import RESEARCH
from cadre_app.assignments.models import (
    PrizeLevel,
    ProjectKind,
    ProjectState,
    ReportVersion,
    ResearchAward,
    ResearchMember,
    prize_name,
)
from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.quoting import quoting
from cadre_app.core.roles import Role

MENTOR_LEVEL = "mentor"
ALL, PERSONAL = "all", "personal"
MARKS = {ProjectState.SUBMITTED: "ok", ProjectState.CLOSED: "ok", ProjectState.DROPPED: "idle"}


def announce() -> None:
    """Called once, when the app is ready, after the kinds."""
    growth_sources.register("assignments.research", GrowthSource((RESEARCH,), part_words, seen, parts, order=80))
    growth_sources.register(
        "assignments.research_award", GrowthSource((RESEARCH,), award_words, seen, awards, order=82)
    )


def seen(access: Access) -> str | None:
    """Staff, leaders and the person all of it; a mentor the personal report. Liaisons do not see research."""
    if access.reads(Role.STAFF, Role.LEADER):
        return ALL
    return PERSONAL if MENTOR_LEVEL in access.levels else None


def parts(trainee: UUID, seen: str) -> Entries:
    """Teams and personal reports, by the day of joining."""
    rows = ResearchMember.objects.standing().filter(trainee=trainee, project__voided_at=None)
    if seen == PERSONAL:
        rows = rows.filter(project__kind=ProjectKind.PERSONAL)
    data: dict[str, Any] = {
        "project": Cast("project_id", CharField()),
        "title": "project__title",
        "kind": "project__kind",
        "direction": "project__direction",
        "lead": "is_lead",
        "share": "share",
        "left": "left_on",
        "versions": "project__versions_count",
        "first": _version_day(Min("handed_in_at")),
        "last": _version_day(Max("handed_in_at")),
    }
    return Entries(rows, day="joined_on", kind=RESEARCH, data=data, status=F("project__state"))


def part_words(row: Row, access: Access) -> Words:
    known = row.data
    state = ProjectState(row.status)
    pieces = [_role(known), known["direction"], known["share"], _versions(known)]
    if known["left"]:
        pieces.append(_("left on %(day)s") % {"day": _day(known["left"])})
    return Words(
        quoting(pgettext("growth file", "Field research “%(title)s”"), known),
        text=" · ".join(filter(None, pieces)),
        state=MARKS.get(state, "none"),
        label=str(state.label),
        url=reverse("assignments:project_detail", kwargs={"pk": known["project"]}),
    )


def awards(trainee: UUID, seen: str) -> Entries:
    """Awards of prizes that stand."""
    rows = ResearchAward.objects.standing().filter(trainee=trainee, prize__voided_at=None)
    if seen == PERSONAL:
        rows = rows.filter(prize__project__kind=ProjectKind.PERSONAL)
    data: dict[str, Any] = {
        "project": Cast("prize__project_id", CharField()),
        "title": "prize__project__title",
        "name": "prize__name",
        "level": "prize__level",
        "rank": "prize__rank",
        "by": "prize__awarded_by",
        "document": "prize__document_number",
    }
    return Entries(rows, day="awarded_on", kind=RESEARCH, data=data)


def award_words(row: Row, access: Access) -> Words:
    known = row.data
    return Words(
        pgettext("growth file", "Research prize: %(name)s") % {"name": prize_name(known["rank"], known["name"])},
        text=known["title"],
        by=f"{known['by']} {known['document']}",
        state="ok",
        label=str(PrizeLevel(known["level"]).label),
        url=reverse("assignments:project_detail", kwargs={"pk": known["project"]}),
    )


def _version_day(moment: Any) -> Subquery:
    versions = ReportVersion.objects.standing().filter(project=OuterRef("project")).order_by()
    found = versions.values("project").annotate(moment=moment).annotate(day=TruncDate("moment"))
    return Subquery(found.values("day"))


def _role(known: Any) -> str:
    if known["kind"] == ProjectKind.PERSONAL:
        return str(ProjectKind.PERSONAL.label)
    return _("Lead of the team") if known["lead"] else _("Member of the team")


def _versions(known: Any) -> str:
    if not known["versions"]:
        return ""
    text = ngettext("%(count)s version, %(days)s", "%(count)s versions, %(days)s", known["versions"])
    first, last = _day(known["first"]), _day(known["last"])
    return text % {"count": known["versions"], "days": first if first == last else f"{first} – {last}"}


def _day(text: str) -> str:
    return formats.date_format(parse_date(text)) if text else ""  # type: ignore[arg-type]
