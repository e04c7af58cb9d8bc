"""The tables of study visits, of routes, and of people to put on a visit."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.stages.labels import stage_label
from cadre_app.stages.sql import with_stage
from cadre_app.training.filters.visits import CandidateFilter, VisitFilter, candidates_of, visits_of
from cadre_app.training.models import StudyVisit, VisitMember, VisitRoute, VisitState
from cadre_app.training.models.choices import CAME
from cadre_app.training.permissions import visits as permissions

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "training.visits"
MARKS = {
    VisitState.PLANNED: "wait",
    VisitState.HELD: "ok",
    VisitState.POSTED: "ok",
    VisitState.CANCELLED: "none",
}


def visit_mark(visit: StudyVisit) -> tuple[str, str]:
    """The mark and the word of a visit's state; a planned one whose day is past waits for its record."""
    if visit.state == VisitState.PLANNED and visit.visited_on < timezone.localdate():
        return "miss", _("To be recorded")
    return MARKS[VisitState(visit.state)], str(visit.get_state_display())


def route_line(visit: StudyVisit) -> str:
    """The sites in one line, in their order."""
    return " → ".join(visit.site_names)


def visit_table(request: HttpRequest, user: "User") -> tuple[Table[Any], VisitFilter]:
    """The visits that `request` asks for, with the filter they went through."""
    found = visits_of(user, request.GET)
    may_plan = permissions.can_plan_visits(user)
    empty = Empty(
        _("No study visits yet."),
        _("A visit is planned from a route, or with sites of its own."),
        reverse("training:visit_new") if may_plan else "",
        _("Plan a study visit") if may_plan else "",
    )
    rows = found.qs.select_related("route").annotate(people=_people(), present=_people(presence__in=CAME))
    table: Table[Any] = Table(
        request, rows, VISITS, name="visits", empty=empty, default_sort="-visited_on", export_kind=EXPORT, keyset=True
    )
    return table, found


def exported_visits(user: "User", query: QueryDict) -> Table[Any]:
    """The list with these URL parameters, for its workbook. Raises ValidationError for a condition that is none."""
    table, found = visit_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def candidate_table(request: HttpRequest, user: "User", visit: StudyVisit) -> tuple[Table[Any], CandidateFilter]:
    """People who can be put on the list of `visit`."""
    found = candidates_of(user, visit, request.GET)
    empty = Empty(_("Everybody is on the list."), _("Whoever is in development in your units takes part already."))
    rows = with_stage(found.qs, timezone.localdate())
    table: Table[Any] = Table(
        request, rows, CANDIDATES, name="candidates", empty=empty, default_sort="name", tools=False, keyset=True,
        size=50, offers_all=True,
    )  # fmt: skip
    return table, found


def routes_of(user: "User") -> "QuerySet[VisitRoute]":
    """Routes with how often they were visited and when last; those in use first."""
    held = Q(visits__state__in=(VisitState.HELD, VisitState.POSTED), visits__voided_at=None)
    rows = VisitRoute.objects.visible_to(user).standing()
    rows = rows.annotate(times=Count("visits", filter=held), last_on=Max("visits__visited_on", filter=held))
    return rows.order_by("-is_offered", "title")


def _people(**conditions: Any) -> Coalesce:
    members = VisitMember.objects.standing().filter(visit=OuterRef("pk"), **conditions).order_by()
    counted = members.values("visit").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _title(visit: StudyVisit) -> SafeString:
    url = reverse("training:visit_detail", kwargs={"pk": visit.pk})
    return format_html('<a class="nm" href="{}">{}</a>', url, visit.title)


def _sites(visit: StudyVisit) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', route_line(visit))


def _topic(visit: StudyVisit) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', visit.topic)


def _state(visit: StudyVisit) -> SafeString:
    return SafeString(status(*visit_mark(visit)))


def _present(visit: Any) -> int | str:
    return visit.present if visit.state in (VisitState.HELD, VisitState.POSTED) else ""


VISITS: tuple[Column[StudyVisit], ...] = (
    Column("title", gettext_lazy("Study visit"), lambda visit: visit.title, html=_title),
    Column("visited_on", pgettext_lazy("visit", "Day"), lambda visit: visit.visited_on, sort=("visited_on",)),
    Column("route", gettext_lazy("Route"), lambda visit: visit.route.title if visit.route else "", shown=False),
    Column("sites", gettext_lazy("Sites"), route_line, html=_sites),
    Column("topic", gettext_lazy("Topic of the symposium"), lambda visit: visit.topic, html=_topic),
    Column("people", gettext_lazy("On the list"), lambda visit: visit.people, numeric=True),  # type: ignore[attr-defined]
    Column("present", gettext_lazy("Were there"), _present, numeric=True),
    Column("hours", gettext_lazy("Training hours"), lambda visit: visit.hours, numeric=True),
    Column("state", gettext_lazy("State"), lambda visit: visit_mark(visit)[1], html=_state),
)
CANDIDATES: tuple[Column[Any], ...] = (
    Column("name", gettext_lazy("Full name"), lambda file: file.person.name, sort=("stroke_key",)),
    Column("unit", gettext_lazy("Unit"), lambda file: file.home_unit.name),
    Column("post", gettext_lazy("Post"), lambda file: file.post),
    Column("stage", gettext_lazy("Stage"), lambda file: str(stage_label(file.stage, file.grade))),
)
