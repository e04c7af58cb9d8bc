"""What the printed roster can be narrowed to: the conditions of 人员名册, as of the roster's day."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.people.filters.roster import RosterFilter
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.policy import codes

Trainees = QuerySet[Trainee]

# What the list of today asks, and unit and day, which the roster asks for itself.
TODAY_ALONE = ("state", "case", "since", "until", "account", "unit", "below", "as_of")


def records_until(day: date) -> "QuerySet[PostRecord]":
    """In a subquery: the records of post and rank of a file that began by `day`, the latest first."""
    rows = PostRecord.objects.standing().filter(trainee=OuterRef("pk"), started_on__lte=day)
    return rows.order_by("-started_on")


class DayFilter(RosterFilter):
    """Stage, village term and rank hold as of the day; what has no history (Party, sex, schooling) as it is recorded now."""

    rank = django_filters.ChoiceFilter(choices=lambda: codes.choices("rank"), method="by_rank", label=_("Rank"))

    def __init__(self, data: QueryDict, *, queryset: Trainees, day: date) -> None:
        self._day = day
        super().__init__(data, queryset=queryset)
        for name in TODAY_ALONE:
            self.filters.pop(name, None)

    @property
    def day(self) -> date:
        return self._day

    def by_rank(self, queryset: Trainees, name: str, value: str) -> Trainees:
        """The rank of that day."""
        if self.day >= timezone.localdate():
            return queryset.filter(rank=value)
        then: Any = Subquery(records_until(self.day).values("rank")[:1])
        return queryset.annotate(rank_asked=then).filter(Q(rank_asked=value))
