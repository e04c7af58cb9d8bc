"""What the list of probations can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.core.days import add_months, last_of_month
from cadre_app.core.filtering import OpeningChoiceFilter
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.models import of_scope
from cadre_app.people.writing.names import name_matches
from cadre_app.probation.models import IN_WORK, Probation, State
from cadre_app.probation.wording import IN_WORK as OPEN_STAGES
from cadre_app.probation.wording import Stage, in_stage

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Probations = QuerySet[Probation]
LONGEST_TYPED, ALL, VOIDED = 40, "all", "voided"
STAGES = [*Stage.choices, (ALL, pgettext_lazy("probation", "All, also closed")), (VOIDED, _("Voided"))]
MISSING, DONE = "missing", "done"
MONTHS_BACK, MONTHS_AHEAD = 12, 12


class ProbationFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, stage, unit, month in which probation ends, induction training; without a stage those that are not closed."""

    q = django_filters.CharFilter(method="by_name", label=_("Full name"), max_length=LONGEST_TYPED)
    stage = OpeningChoiceFilter(
        choices=STAGES, method="by_stage", label=_("State"), empty_label=pgettext_lazy("probation", "Not closed")
    )
    unit = UnitFilter(path="trainee__home_unit__path", label=_("Unit"))
    month = django_filters.ChoiceFilter(
        choices=(), method="by_month", label=_("Probation ends in"), empty_label=_("All")
    )
    induction = django_filters.ChoiceFilter(
        choices=[
            (MISSING, pgettext_lazy("induction", "Not completed")),
            (DONE, pgettext_lazy("induction", "Completed")),
        ],
        method="by_induction",
        label=_("Induction training"),
    )

    class Meta:
        model = Probation
        fields: list[str] = []

    @property
    def qs(self) -> Any:
        """Voided ones only where they are asked for; of a file with an extension the present round."""
        rows = super().qs
        wanted = self.form.cleaned_data.get("stage") if self.is_bound and self.form.is_valid() else ""
        if wanted == VOIDED:
            return rows
        rows = rows.filter(voided_at=None).exclude(state=State.DEFERRED)
        if not wanted:
            rows = rows.filter(state__in=(*IN_WORK, State.WAITING))
        # Whoever left is no longer assessed: only what was signed off is looked up.
        is_open = not wanted or wanted in OPEN_STAGES
        return rows.filter(trainee__departed_on=None) if is_open else rows

    def by_name(self, queryset: Probations, name: str, value: str) -> Probations:
        return queryset.filter(name_matches(value, "trainee__person"))

    def by_stage(self, queryset: Probations, name: str, value: str) -> Probations:
        if value == VOIDED:
            return queryset.exclude(voided_at=None)
        return queryset if value == ALL else queryset.filter(in_stage(value, timezone.localdate()))

    def by_month(self, queryset: Probations, name: str, value: str) -> Probations:
        first = date.fromisoformat(f"{value}-01")
        return queryset.filter(trainee__probation_ends_on__range=(first, last_of_month(first)))

    def by_induction(self, queryset: Probations, name: str, value: str) -> Probations:
        missing = Q(induction_on=None)
        return queryset.filter(missing if value == MISSING else ~missing)


def probations_of(user: "User", data: "QueryDict", rows: Any) -> ProbationFilter:
    """Probations in the scope of a business role, as these URL parameters narrow them."""
    here = rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"), trainee__voided_at=None)
    found = ProbationFilter(data, queryset=here)
    found.form.fields["month"].choices = [("", _("All")), *month_choices(timezone.localdate())]
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
    return found


def month_choices(today: date) -> list[tuple[str, str]]:
    """The months around this one, the latest first."""
    this = today.replace(day=1)
    months = [add_months(this, number) for number in range(MONTHS_AHEAD, -MONTHS_BACK - 1, -1)]
    return [(f"{month:%Y-%m}", formats.date_format(month, "YEAR_MONTH_FORMAT")) for month in months]
