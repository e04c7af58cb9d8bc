"""What the list of comparisons can be narrowed to."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models import Competition, CompetitionEntry, CompetitionState, FrontKey
from cadre_app.assignments.scope import LONGEST_TYPED, VOIDED, front_choices, year_choices

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

Competitions = QuerySet[Competition]


class CompetitionFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Title or team, front, year of the season, state."""

    q = django_filters.CharFilter(method="by_text", label=_("Title or team"), max_length=LONGEST_TYPED)
    front = django_filters.ChoiceFilter(
        choices=FrontKey.choices, method="by_front", label=pgettext_lazy("competition", "Front"), empty_label=_("All")
    )
    year = django_filters.ChoiceFilter(choices=(), method="by_year", label=_("Year"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        choices=[*CompetitionState.choices, (VOIDED, _("Voided"))],
        method="by_state",
        label=pgettext_lazy("competition", "State"),
        empty_label=_("All"),
    )

    class Meta:
        model = Competition
        fields: list[str] = []

    def by_text(self, queryset: Competitions, name: str, value: str) -> Competitions:
        text = value.strip()
        teams = CompetitionEntry.objects.standing().filter(name__icontains=text)
        return queryset.filter(Q(title__icontains=text) | Q(pk__in=teams.values("competition")))

    def by_front(self, queryset: Competitions, name: str, value: str) -> Competitions:
        return queryset.filter(front_keys__contains=[value])

    def by_year(self, queryset: Competitions, name: str, value: str) -> Competitions:
        """Those whose season took a day of the year."""
        return queryset.filter(ended_on__gte=date(int(value), 1, 1), started_on__lte=date(int(value), 12, 31))

    def by_state(self, queryset: Competitions, name: str, value: str) -> Competitions:
        return queryset if value == VOIDED else queryset.filter(state=value)


def competitions_of(user: "User", data: "QueryDict") -> CompetitionFilter:
    """The comparisons that somebody sees, as these URL parameters narrow them; for page and workbook."""
    rows = Competition.objects.visible_to(user).filter(voided_at__isnull=data.get("state") != VOIDED)
    found: Any = CompetitionFilter(data, queryset=rows)
    found.filters["front"].extra["choices"] = front_choices()
    found.filters["year"].extra["choices"] = year_choices(timezone.localdate())
    return found  # type: ignore[no-any-return]
