"""Periods of effect of one person, of decisions and of admonitions: for whoever reads these, on record before it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from cadre_app.conduct.models import Admonition, Sanction

if TYPE_CHECKING:
    from collections.abc import Collection

DAY = timedelta(days=1)
DISCIPLINE, ADMONITION = "discipline", "admonition"


@dataclass(frozen=True)
class PeriodOfEffect:
    """From the first to the last day, both included; no last one while the decision sets none and is not lifted."""

    trainee: UUID
    kind: str
    start: date
    end: date | None
    url: str

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or self.end >= day)


def periods_of(trainees: "Collection[UUID]") -> list[PeriodOfEffect]:
    """Of both, by their first day; two queries."""
    return sorted([*sanctions_of(trainees), *admonitions_of(trainees)], key=lambda one: one.start)


def sanctions_of(trainees: "Collection[UUID]") -> list[PeriodOfEffect]:
    """Of decisions that stand."""
    found = [_of_sanction(one) for one in Sanction.objects.standing().filter(trainee__in=trainees)]
    return [one for one in found if one.end is None or one.end >= one.start]


def admonitions_of(trainees: "Collection[UUID]") -> list[PeriodOfEffect]:
    """Of admonitions that stand and have a period."""
    rows = Admonition.objects.standing().filter(~Q(ends_on=None), trainee__in=trainees)
    return [_of_admonition(one) for one in rows]


def _of_sanction(one: Sanction) -> PeriodOfEffect:
    """Lifted early, it counts until the day before."""
    ends = [day for day in (one.ends_on, one.lifted_on - DAY if one.lifted_on else None) if day is not None]
    url = reverse("conduct:sanction_detail", kwargs={"pk": one.pk})
    return PeriodOfEffect(one.trainee_id, DISCIPLINE, one.decided_on, min(ends, default=None), url)


def _of_admonition(one: Admonition) -> PeriodOfEffect:
    url = reverse("conduct:admonition_detail", kwargs={"pk": one.pk})
    return PeriodOfEffect(one.trainee_id, ADMONITION, one.given_on, one.ends_on, url)
