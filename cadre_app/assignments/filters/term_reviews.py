"""What the list of village terms can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.assignments.scope import year_choices
from cadre_app.assignments.term_stages import TermStage, has_open_review, in_stage, role_does_not_fit
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit
from cadre_app.people.models import VillageTerm, of_scope
from cadre_app.people.writing.names import name_matches

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Terms = QuerySet[VillageTerm]
LONGEST_TYPED, ALL, MISFIT = 40, "all", "misfit"
STAGES = [*TermStage.choices, (ALL, _("All, also ended"))]


class TermFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, stage, unit, village, year, planned end, role that does not fit; without stage and year the terms that run or
    begin, or whose review is open.
    """

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    stage = OpeningChoiceFilter(
        choices=STAGES, method="by_stage", label=_("State"), empty_label=_("Running and planned")
    )
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))
    village = UnitFilter(path="village__path", label=_("Village"))
    year = django_filters.ChoiceFilter(choices=(), method="by_year", label=_("Year"), empty_label=_("All"))
    until = django_filters.DateFilter(field_name="due_on", lookup_expr="lte", label=_("Ends until"), widget=DayInput)
    role = django_filters.ChoiceFilter(
        choices=[(MISFIT, pgettext_lazy("village term", "Role does not fit"))],
        method="by_role",
        label=_("Role in the village"),
    )

    class Meta:
        model = VillageTerm
        fields: list[str] = []

    @property
    def qs(self) -> Any:
        """Without stage and year those that have not ended, and those whose review is open although they have."""
        known = self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        if known.get("stage") or known.get("year"):
            return super().qs
        return super().qs.filter(Q(ended_on=None) | (Q(is_cut_short=False) & has_open_review()))

    def by_name(self, queryset: Terms, name: str, value: str) -> Terms:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_stage(self, queryset: Terms, name: str, value: str) -> Terms:
        return queryset if value == ALL else queryset.filter(in_stage(value, timezone.localdate()))

    def by_year(self, queryset: Terms, name: str, value: str) -> Terms:
        """Those of which a day lies in the year; without a last day they go on, until today at least."""
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        goes_on = Q(ended_on=None)
        if first > timezone.localdate():
            goes_on &= Q(due_on=None) | Q(due_on__gte=first)
        return queryset.filter(Q(ended_on__gte=first) | goes_on, started_on__lte=last)

    def by_role(self, queryset: Terms, name: str, value: str) -> Terms:
        return queryset.filter(role_does_not_fit())


def terms_of(user: "User", data: "QueryDict") -> TermFilter:
    """Standing terms of standing files in the scope of a business role, as these URL parameters narrow them."""
    rows = VillageTerm.objects.visible_to(user).standing().filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"))
    found = TermFilter(data, queryset=rows.filter(trainee__voided_at=None))
    found.form.fields["year"].choices = [("", _("All")), *year_choices(timezone.localdate())]
    units = Unit.objects.standing()
    found.form.fields["unit"].queryset = units.within(user.unit_ranges(*BUSINESS_ROLES))
    found.form.fields["village"].queryset = units.filter(pk__in=rows.order_by().values("village"))
    return found
