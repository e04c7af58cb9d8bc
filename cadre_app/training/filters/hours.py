"""What the hours board, the entries behind it and the outside courses can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.care.filters import MonthFilter
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people import conditions
from cadre_app.people.conditions import of_unit
from cadre_app.people.filters.units import AsOfFilter, FilesUnitFilter, OfADay
from cadre_app.people.models import Trainee
from cadre_app.people.writing.names import name_matches
from cadre_app.stages.labels import STAGE_CHOICES, parse
from cadre_app.stages.rules import StageKey
from cadre_app.stages.sql import in_stage, with_stage
from cadre_app.training.hours_wording import pace_marks
from cadre_app.training.models import HoursEntry, HoursSource, Mode, OutsideCourse, OutsideState
from cadre_app.training.requirement import decisive_day
from cadre_app.training.requirement_sql import in_pace, with_hours

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

LONGEST_TYPED = 40
YEARS_SHOWN = 6
NAME = _("Full name")
ALL, VOIDED, HERE = "all", "voided", "here"
ENTRY_RELATED = ("enrolment__session__course", "outside", "visit__visit")


def years(since: date | None = None) -> list[int]:
    """The years on offer, the present one first; of somebody who reported for duty on `since` those from then on."""
    this = timezone.localdate().year
    first = this - YEARS_SHOWN + 1
    return list(range(this, max(first, min(since.year if since else first, this)) - 1, -1))


def year_of(text: str, since: date | None = None) -> int:
    """The year that was asked for; the present one for anything that is not on offer."""
    return next((year for year in years(since) if str(year) == text), timezone.localdate().year)


class HoursFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Year, name, unit, stage, and how far somebody is, in the words of that year."""

    year = OpeningChoiceFilter(
        choices=lambda: [(str(year), str(year)) for year in years()[1:]],
        method="already_done",
        label=_("Year"),
        empty_label=_("This year"),
    )
    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    unit = UnitFilter(method="by_unit", label=_("Unit"))
    stage = django_filters.ChoiceFilter(
        choices=[choice for choice in STAGE_CHOICES if choice[0] not in (StageKey.LEFT, StageKey.NOT_ARRIVED)],
        method="by_stage",
        label=_("Stage"),
        empty_label=_("All stages"),
    )
    pace = django_filters.ChoiceFilter(
        choices=(),
        method="by_pace",
        label=pgettext_lazy("training hours", "How far"),
        empty_label=_("Everybody"),
    )
    day: date

    class Meta:
        model = Trainee
        fields: list[str] = []

    def already_done(self, queryset: "QuerySet[Any]", name: str, value: object) -> "QuerySet[Any]":
        """Done by `filtered_hours`, before anything is summed."""
        return queryset

    def by_name(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(name_matches(value, "person"))

    def by_unit(self, queryset: "QuerySet[Any]", name: str, value: Unit) -> "QuerySet[Any]":
        """As the roster: the present unit with all below; a village also has those who serve there."""
        there = of_unit(Trainee.objects.order_by(), value, timezone.localdate())
        return queryset.filter(pk__in=there.values("pk"))

    def by_stage(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(in_stage(*parse(value), day=self.day))

    def by_pace(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(in_pace(value))


class EntryFilter(OfADay):
    """Name, unit, days, month, source and mode of entries, and whether their people are in development still."""

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    unit = FilesUnitFilter(label=_("Unit"))
    month = MonthFilter(field_name="earned_on", label=_("Month"))
    since = django_filters.DateFilter(field_name="earned_on", lookup_expr="gte", label=_("From"), widget=DayInput)
    until = django_filters.DateFilter(field_name="earned_on", lookup_expr="lte", label=_("Until"), widget=DayInput)
    source = django_filters.ChoiceFilter(choices=HoursSource.choices, label=pgettext_lazy("hours", "Source"))
    mode = django_filters.ChoiceFilter(choices=Mode.choices, label=_("Classroom or online"))
    people = django_filters.ChoiceFilter(
        choices=((HERE, _("In development")),),
        method="by_people",
        label=_("People"),
        empty_label=_("Everybody"),
    )
    as_of = AsOfFilter(label=_("As it stood on"))

    class Meta:
        model = HoursEntry
        fields: list[str] = []

    @property
    def divides(self) -> bool:
        """True where the hours can be divided by people: classroom hours of those in development, narrowed to no names, months or sources."""
        asked = self.form.cleaned_data if self.is_valid() else {}
        is_whole = asked.get("people") == HERE and asked.get("mode") == Mode.CLASSROOM
        return is_whole and not any(asked.get(name) for name in ("q", "month", "source"))

    def by_people(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        """Those in development on the day."""
        return queryset.filter(trainee__in=Trainee.objects.order_by().filter(conditions.here(self.day)).values("pk"))

    def by_name(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(name_matches(value, "trainee__person"))


class OutsideFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit, state, month and mode of outside courses; those to be verified unless another state is chosen."""

    q = django_filters.CharFilter(method="by_name", label=NAME, max_length=LONGEST_TYPED)
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))
    state = OpeningChoiceFilter(
        choices=[
            *[choice for choice in OutsideState.choices if choice[0] != OutsideState.SUBMITTED],
            (ALL, _("All that stand")),
            (VOIDED, _("Withdrawn")),
        ],
        method="already_done",
        label=_("State"),
        empty_label=OutsideState.SUBMITTED.label,
    )
    month = MonthFilter(field_name="ended_on", label=_("Month"))
    mode = django_filters.ChoiceFilter(choices=Mode.choices, label=_("Classroom or online"))

    class Meta:
        model = OutsideCourse
        fields: list[str] = []

    def already_done(self, queryset: "QuerySet[Any]", name: str, value: object) -> "QuerySet[Any]":
        """Done by `filtered_outside`."""
        return queryset

    def by_name(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":
        return queryset.filter(name_matches(value, "trainee__person"))


def filtered_hours(data: "QueryDict", *, user: "User") -> tuple[HoursFilter, int]:
    """Everybody of the year in the scope of `user` with the sums of hours, as these URL parameters narrow it.

    Who left during the year is not among them; those who came are, with the whole requirement.
    """
    year = year_of(data.get("year", ""))
    day, last = decisive_day(year), date(year, 12, 31)
    people = Trainee.objects.in_scope(user, *BUSINESS_ROLES).standing().filter(arrived_on__lte=last)
    people = people.exclude(departed_on__lte=last).select_related("person", "home_unit")
    found = HoursFilter(data, queryset=with_hours(with_stage(people, day), year))
    found.day = day
    found.filters["pace"].extra["choices"] = [(pace.value, label) for pace, (_mark, label) in pace_marks(year).items()]
    _bind(found, user)
    return found, year


def filtered_entries(data: "QueryDict", *, user: "User") -> EntryFilter:
    """The entries that count, of those in the scope of `user`: not one's own, which the board does not count either."""
    rows = HoursEntry.objects.visible_to(user).standing().filter(trainee__voided_at=None)
    rows = rows.exclude(trainee__in=Trainee.objects.filter(person__account=user).order_by().values("pk"))
    found = EntryFilter(data, queryset=rows.select_related(*ENTRY_RELATED, "trainee__person", "trainee__home_unit"))
    _bind(found, user)
    return found


def filtered_outside(data: "QueryDict", *, user: "User") -> OutsideFilter:
    """The outside courses of those in the scope of `user`."""
    rows = OutsideCourse.objects.visible_to(user).filter(trainee__voided_at=None)
    state = data.get("state", "")
    if state == VOIDED:
        rows = rows.exclude(voided_at=None)
    elif state == ALL:
        rows = rows.standing()
    else:
        rows = rows.standing().filter(state=state if state in OutsideState.values else OutsideState.SUBMITTED)
    found = OutsideFilter(data, queryset=rows.select_related("trainee__person", "trainee__home_unit"))
    _bind(found, user)
    return found


def _bind(found: Any, user: "User") -> None:
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
