"""What the lists of annual and quarterly assessments can be narrowed to."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models import (
    AnnualAssessment,
    AnnualState,
    NoGrade,
    QuarterGrade,
    QuarterlyAssessment,
    is_assessed,
)
from cadre_app.appraisal.models.choices import (
    ASSESSED,
    BASIC,
    IS_BASIC,
    KEPT,
    NONE,
    OPEN,
    OUTCOMES,
    QUARTERS,
    SIGNED_OFF,
    TOLD_AT_A_DESK,
)
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.filters.units import AsOfFilter, FilesUnitFilter, OfADay
from cadre_app.people.models import Kind, Status, of_scope
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Annual = QuerySet[AnnualAssessment]
Quarterly = QuerySet[QuarterlyAssessment]
LONGEST_TYPED, FIRST_SHOWN = 40, 2010
# Neither is asked for by itself: a condition is kept under a name and reported each month, where a case is not told of.
AWAY_OR_CASE = (KEPT, _("Away for more than half the year, or case open"))
ONE_BY_ONE = [choice for choice in OUTCOMES if choice[0] not in TOLD_AT_A_DESK]
MORE = (
    AWAY_OR_CASE,
    (IS_BASIC, _("Basically competent or qualified")),
    (NONE, _("Without a grade")),
    (ASSESSED, pgettext_lazy("annual assessment", "Assessed here")),
)
QUARTER_CHOICES = [(str(number), str(number)) for number in QUARTERS]
CONFIRMED, ENTERED = "confirmed", "entered"


class AnnualFilter(OfADay):
    """Name, year, state, grade or case, unit, kind, status."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    year = django_filters.ChoiceFilter(choices=(), label=_("Year"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(choices=AnnualState.choices, label=_("State"))
    outcome = django_filters.ChoiceFilter(choices=[*ONE_BY_ONE, *MORE], method="by_outcome", label=_("Grade or case"))
    decided = django_filters.ChoiceFilter(
        choices=[(SIGNED_OFF, _("Signed off by a leader")), (OPEN, _("Not signed off yet"))],
        method="by_decision",
        label=_("Sign-off"),
    )
    unit = FilesUnitFilter(label=_("Unit"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, field_name="trainee__kind", label=_("Kind"))
    status = django_filters.ChoiceFilter(choices=Status.choices, label=_("Personnel status"))
    as_of = AsOfFilter(label=_("As it stood on"))

    class Meta:
        model = AnnualAssessment
        fields: list[str] = []

    def by_name(self, queryset: Annual, name: str, value: str) -> Annual:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_outcome(self, queryset: Annual, name: str, value: str) -> Annual:
        if value == ASSESSED:
            return queryset.exclude(no_grade=NoGrade.TRANSFERRED)
        if value == NONE:
            return queryset.exclude(no_grade__in=("", NoGrade.TRANSFERRED))
        if value == KEPT:
            return queryset.filter(no_grade__in=TOLD_AT_A_DESK)
        if value == IS_BASIC:
            return queryset.filter(grade__in=BASIC)
        return queryset.filter(no_grade=value) if value in NoGrade.values else queryset.filter(grade=value)

    def by_decision(self, queryset: Annual, name: str, value: str) -> Annual:
        if value == SIGNED_OFF:
            return queryset.filter(confirmed_on__lte=self.day)
        return queryset.filter(Q(confirmed_on=None) | Q(confirmed_on__gt=self.day))


class QuarterFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, year, quarter, grade, confirmed or not, unit."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    year = django_filters.ChoiceFilter(choices=(), label=_("Year"), empty_label=_("All"))
    quarter = django_filters.ChoiceFilter(choices=QUARTER_CHOICES, label=_("Quarter"))
    grade = django_filters.ChoiceFilter(choices=QuarterGrade.choices, label=pgettext_lazy("assessment", "Grade"))
    state = django_filters.ChoiceFilter(
        choices=[
            (ENTERED, pgettext_lazy("quarterly assessment", "Entered, not confirmed")),
            (CONFIRMED, pgettext_lazy("quarterly assessment", "Confirmed")),
        ],
        method="by_state",
        label=_("State"),
    )
    unit = FilesUnitFilter(label=_("Unit"))

    class Meta:
        model = QuarterlyAssessment
        fields: list[str] = []

    def by_name(self, queryset: Quarterly, name: str, value: str) -> Quarterly:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_state(self, queryset: Quarterly, name: str, value: str) -> Quarterly:
        return queryset.filter(confirmed_on__isnull=value == ENTERED)


def annual_of(user: "User", data: "QueryDict") -> AnnualFilter:
    """Standing assessments of standing files in the scope of a business role, as these parameters narrow them; without
    those who left before anything was entered.
    """
    rows = (
        AnnualAssessment.objects.visible_to(user)
        .standing()
        .filter(
            of_scope(user, *BUSINESS_ROLES, prefix="trainee__"),
            is_assessed(),
            trainee__voided_at=None,
            quota__campaign__voided_at=None,
        )
    )
    found = AnnualFilter(data, queryset=rows)
    _bind(found, user)
    return found


def quarterly_of(user: "User", data: "QueryDict") -> QuarterFilter:
    """As `annual_of`, of quarters."""
    rows = (
        QuarterlyAssessment.objects.visible_to(user)
        .standing()
        .filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), trainee__voided_at=None)
    )
    found = QuarterFilter(data, queryset=rows)
    _bind(found, user)
    return found


def year_choices(latest: int) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(latest, FIRST_SHOWN - 1, -1)]


def _bind(found: Any, user: "User") -> None:
    found.form.fields["year"].choices = [("", _("All")), *year_choices(timezone.localdate().year)]
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
