"""锻炼覆盖情况 The fronts and the people in development: how many months each has served where. Never an order by amount."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.assignments.models import Front, Posting, PostingKind
from cadre_app.assignments.scope import LONGEST_TYPED, sent, units_of
from cadre_app.assignments.stretches import village_label
from cadre_app.core.days import months_between
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.org.models import Unit
from cadre_app.people import conditions
from cadre_app.people.models import Interruption, Trainee, VillageTerm
from cadre_app.people.writing.names import name_matches
from cadre_app.stages.labels import STAGE_CHOICES, parse, stage_label
from cadre_app.stages.sql import in_stage, with_stage

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "assignments.coverage"
SERVED, IN_VILLAGE, STILL = "served_postings", "served_terms", "still"
# Kinds outside the fronts that have a column of their own; the rarer two are chosen, so that a screen holds the map.
CHOSEN = (PostingKind.TEMPORARY_POST, PostingKind.LOAN)
KINDS = (PostingKind.SHADOW, PostingKind.TEMPORARY_POST, PostingKind.LOAN)


@dataclass(frozen=True)
class Served:
    """What somebody has served of one column: completed months, and whether they are there now."""

    months: int
    is_any: bool
    is_here: bool

    @property
    def text(self) -> str:
        """The months, "<1", or nothing for never."""
        if not self.is_any:
            return ""
        return str(self.months) if self.months else pgettext("months served", "<1")


class CoverageFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit and stage of the person."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Full name"), max_length=LONGEST_TYPED)
    unit = UnitFilter(label=gettext_lazy("Unit"), method="by_unit")
    stage = django_filters.ChoiceFilter(
        choices=[choice for choice in STAGE_CHOICES if choice[0] not in ("left", "not_arrived")],
        method="by_stage",
        label=gettext_lazy("Stage"),
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Trainee
        fields: list[str] = []

    def by_name(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(name_matches(value, "person"))

    def by_unit(self, queryset: "QuerySet[Any]", name: str, value: Unit) -> "QuerySet[Any]":
        return queryset.filter(pk__in=conditions.of_unit(Trainee.objects.order_by(), value, timezone.localdate()))

    def by_stage(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(in_stage(*parse(value), day=timezone.localdate()))


def coverage_table(request: HttpRequest, user: "User") -> tuple[Table[Any], CoverageFilter]:
    """Everybody in development in scope, by unit; six queries a page: people, postings, terms, interruptions, fronts and
    the count.
    """
    today = timezone.localdate()
    rows = Trainee.objects.standing().in_scope(user, *BUSINESS_ROLES).filter(conditions.here(today))
    found: Any = CoverageFilter(request.GET, queryset=with_stage(rows.select_related("person", "home_unit"), today))
    found.form.fields["unit"].queryset = units_of(user)
    postings = Posting.objects.standing().filter(sent(today)).order_by("started_on")
    still = Prefetch("interruptions", Interruption.objects.standing().order_by("started_on"), to_attr=STILL)
    terms = VillageTerm.objects.standing().filter(started_on__lte=today).order_by("started_on").prefetch_related(still)
    people = found.qs.prefetch_related(
        Prefetch("postings", postings, to_attr=SERVED), Prefetch("village_terms", terms, to_attr=IN_VILLAGE)
    )
    table: Table[Any] = Table(
        request,
        people,
        columns_on(today, list(Front.objects.visible_to(user))),
        name="coverage",
        empty=Empty(
            _("Nobody in development yet."), _("Once people are on the roster, the fronts they served stand here.")
        ),
        default_sort="unit",
        export_kind=EXPORT,
        density="dense",
        size=50,
        keyset=True,
    )
    return table, found


def exported_coverage(user: "User", query: QueryDict) -> Table[Any]:
    """The table of an export; ValidationError for conditions that name nothing."""
    table, found = coverage_table(asked(query), user)
    if not found.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    return table


def columns_on(today: date, fronts: list[Front]) -> tuple[Column[Any], ...]:
    """Person, unit and stage, which order the list; then the village, the fronts and the other kinds, which do not."""
    return (
        Column("person", gettext_lazy("Full name"), lambda row: row.person.name, sort=("stroke_key",), html=_person),
        Column("unit", gettext_lazy("Unit"), lambda row: row.home_unit.name, sort=("home_unit__path", "stroke_key")),
        Column("stage", gettext_lazy("Stage"), lambda row: str(stage_label(row.stage, row.grade))),
        _column("village", village_label(), lambda row: in_village(row, today)),
        *[_column(front.key, str(front), _of_front(front.pk, today)) for front in fronts],
        *[_column(kind.value, str(kind.label), _of_kind(kind, today), shown=kind not in CHOSEN) for kind in KINDS],
        Column("file_number", pgettext_lazy("people", "File number"), lambda row: row.file_number, shown=False),
    )


def in_village(row: Any, today: date) -> Served:
    """Village terms of all times together, without the days on which they stood still."""
    terms = getattr(row, IN_VILLAGE)
    if not terms:
        return Served(0, is_any=False, is_here=False)
    days = sum(_days_served(term, today) for term in terms)
    first = terms[0].started_on
    return Served(
        months_between(first, first + timedelta(days=days)), True, any(_goes_on(term, today) for term in terms)
    )


def _days_served(term: VillageTerm, today: date) -> int:
    until = min(term.ended_on or today, today)
    still = [(one.started_on, min(one.ended_on or until, until)) for one in _still(term) if one.started_on <= until]
    return (until - term.started_on).days + 1 - sum((last - first).days + 1 for first, last in still)


def _goes_on(term: VillageTerm, today: date) -> bool:
    stands = any(one.started_on <= today and (one.ended_on is None or one.ended_on >= today) for one in _still(term))
    return term.ended_on is None and not stands


def _still(term: VillageTerm) -> list[Interruption]:
    return getattr(term, STILL)  # type: ignore[no-any-return]


def _of_front(front: UUID, today: date) -> Callable[[Any], Served]:
    return lambda row: _summed(
        [(one.started_on, one.ended_on) for one in getattr(row, SERVED) if one.front_id == front], today
    )


def _of_kind(kind: str, today: date) -> Callable[[Any], Served]:
    return lambda row: _summed(_kind(row, kind), today)


def _kind(row: Any, kind: str) -> list[tuple[date, date | None]]:
    return [(one.started_on, one.ended_on) for one in getattr(row, SERVED) if one.kind == kind]


def _summed(days: list[tuple[date, date | None]], today: date) -> Served:
    """Completed months of everything together, days of two at the same time counted once."""
    merged: list[tuple[date, date]] = []
    for starts, ended in sorted(days, key=lambda pair: pair[0]):
        until = min(ended or today, today)
        if merged and starts <= merged[-1][1] + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((starts, until))
    months = sum(months_between(starts, until + timedelta(days=1)) for starts, until in merged)
    return Served(months, is_any=bool(days), is_here=any(ended is None for _starts, ended in days))


def _column(key: str, label: str, served: Callable[[Any], Served], *, shown: bool = True) -> Column[Any]:
    """Never sorted: comparisons do not order people."""
    return Column(key, label, lambda row: served(row).text, html=lambda row: _cell(served(row)), shown=shown)


def _cell(served: Served) -> SafeString:
    """Months, framed where somebody is there now; what is empty is seen and read as such."""
    if not served.is_any:
        return format_html('<span class="cov none"><span class="sr">{}</span></span>', _("not served"))
    if not served.is_here:
        return format_html('<span class="cov">{}</span>', served.text)
    now = pgettext("posting", "There now")
    return format_html('<span class="cov here">{}<span class="sr"> {}</span></span>', served.text, now)


def _person(row: Trainee) -> SafeString:
    url = reverse("growth:file", kwargs={"pk": row.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, row.person.name)
