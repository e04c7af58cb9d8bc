"""What the rank timeline can be narrowed to, and the earliest day beside each file so that the database orders by it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.db.models import CharField, DateField, Func, JSONField, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.accounts.filters import UnitFilter
from cadre_app.advancement.permissions import ranks as permissions
from cadre_app.advancement.rank_inputs import on_ladder, reckonings_of
from cadre_app.advancement.ranks import LADDER, Reckoning
from cadre_app.core.days import add_months
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.people.models.trainees import TraineeQuerySet
from cadre_app.people.writing.names import name_matches
from cadre_app.policy import codes

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

LONGEST_TYPED, AHEAD = 40, 12
PAST = "past"
Quarter = tuple[int, int]


def ranks() -> list[tuple[str, str]]:
    """The ranks that a step leads on from, the lowest first."""
    names = codes.names("rank")
    return [(code, names.get(code, code)) for code in LADDER[:-1]]


def quarters(today: date) -> list[tuple[str, Any]]:
    """What lies before this quarter, this one, and those of the next three years."""
    year, number = quarter_of(today)
    found: list[tuple[str, Any]] = [(PAST, _("before this quarter"))]
    for ahead in range(AHEAD):
        one = (year + (number - 1 + ahead) // 4, (number - 1 + ahead) % 4 + 1)
        label = _("quarter %(number)s of %(year)s") % {"year": one[0], "number": one[1]}
        found.append((f"{one[0]}-{one[1]}", label))
    return found


def quarter_of(day: date) -> Quarter:
    return day.year, (day.month - 1) // 3 + 1


def first_day(quarter: Quarter) -> date:
    return date(quarter[0], quarter[1] * 3 - 2, 1)


class RankFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Name, unit, present rank, and the quarter of the earliest day."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Full name"), max_length=LONGEST_TYPED)
    unit = UnitFilter(path="home_unit__path", label=gettext_lazy("Unit"))
    rank = django_filters.ChoiceFilter(choices=ranks, label=gettext_lazy("Rank"))
    quarter = django_filters.ChoiceFilter(
        choices=lambda: quarters(timezone.localdate()),
        method="by_quarter",
        label=pgettext_lazy("rank timeline", "Earliest day in"),
    )

    class Meta:
        model = Trainee
        fields: list[str] = []

    def by_name(self, queryset: TraineeQuerySet, name: str, value: str) -> TraineeQuerySet:
        return queryset.filter(name_matches(value, "person"))

    def by_quarter(self, queryset: TraineeQuerySet, name: str, value: str) -> TraineeQuerySet:
        if value == PAST:
            return queryset.filter(Q(due_on__lt=first_day(quarter_of(timezone.localdate()))))
        year, number = (int(part) for part in value.split("-"))
        first = first_day((year, number))
        return queryset.filter(Q(due_on__range=(first, add_months(first, 3) - timedelta(days=1))))


def ranks_of(user: "User", data: "QueryDict") -> tuple[RankFilter, dict[UUID, Reckoning]]:
    """The files of the list of `user` as these URL parameters narrow them, and the reckoning of each in scope."""
    files = on_ladder(permissions.files_listed(user))
    known = reckonings_of(files)
    found = RankFilter(data, queryset=with_due(files, known))
    found.form.fields["unit"].queryset = Unit.objects.standing().within(user.unit_ranges(*permissions.READERS))
    return found, known


def with_due(files: TraineeQuerySet, known: dict[UUID, Reckoning]) -> TraineeQuerySet:
    """`due_on` beside each file: computed, handed to the database for this one query, stored nowhere."""
    days = {str(key): one.due_on.isoformat() for key, one in known.items() if one.due_on is not None}
    text = Func(
        Value(days, output_field=JSONField()),
        Cast("pk", CharField()),
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )
    return files.annotate(due_on=Cast(text, DateField()))
