"""What the list of reports to the superior can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.rosters.forms.asked import FIRST_DAY
from cadre_app.rosters.models import ReportState, SuperiorReport

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Reports = QuerySet[SuperiorReport]
VOIDED = "voided"
STATES = [*ReportState.choices, (VOIDED, pgettext_lazy("report to the superior", "Voided"))]


def year_choices() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in range(timezone.localdate().year, FIRST_DAY.year - 1, -1)]


class ReportFilter(django_filters.FilterSet):  # type: ignore[misc]
    """State, unit with those below it, and the year of the day; voided ones only where asked for."""

    state = OpeningChoiceFilter(
        choices=STATES,
        method="by_state",
        label=_("State"),
        empty_label=pgettext_lazy("report to the superior", "In force"),
    )
    unit = UnitFilter(path="unit__path", label=_("Reporting unit"))
    year = django_filters.ChoiceFilter(
        choices=year_choices, method="by_year", label=pgettext_lazy("report to the superior", "Year of the day")
    )

    class Meta:
        model = SuperiorReport
        fields: list[str] = []

    def by_state(self, queryset: Reports, name: str, value: str) -> Reports:
        return queryset if value == VOIDED else queryset.filter(state=value)

    def by_year(self, queryset: Reports, name: str, value: str) -> Reports:
        return queryset.filter(as_of__range=(date(int(value), 1, 1), date(int(value), 12, 31)))


def reports_of(user: "User", data: "QueryDict") -> ReportFilter:
    """Reports of the own units, as these URL parameters narrow them."""
    rows = SuperiorReport.objects.visible_to(user).filter(voided_at__isnull=data.get("state") != VOIDED)
    found = ReportFilter(data, queryset=rows)
    units = Unit.objects.standing().within(user.unit_ranges(Role.STAFF, Role.LEADER))
    found.form.fields["unit"].queryset = units.in_official_order()
    return found
