"""What the reckoning of ranks rests on, as it is on record today: settings, confirmed years, periods of effect."""

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from cadre_app.advancement import policies
from cadre_app.advancement.ranks import LADDER, Period, Reckoning, Terms, Year, reckon
from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.conduct.periods import periods_of
from cadre_app.people.models import Status, Trainee

if TYPE_CHECKING:
    from cadre_app.people.models.trainees import TraineeQuerySet

MONTHS_A_YEAR = 12


def terms_now() -> Terms:
    """The settings in force today."""
    return Terms(
        base_months=policies.RANK_YEARS.now() * MONTHS_A_YEAR,
        excellent_months=policies.RANK_EXCELLENT_MONTHS.now(),
        skips_basic=policies.RANK_SKIPS_BASIC.now(),
        skips_no_grade=policies.RANK_SKIPS_NO_GRADE.now(),
        skips_periods=policies.RANK_SKIPS_PERIODS.now(),
    )


def is_on_ladder(trainee: Trainee) -> bool:
    """A civil servant with a rank below the last step, and the day from which it is held."""
    is_ranked = trainee.rank in LADDER[:-1] and trainee.rank_since is not None
    return trainee.status == Status.CIVIL_SERVANT and is_ranked


def on_ladder(files: "TraineeQuerySet") -> "TraineeQuerySet":
    """As `is_on_ladder`, of files in development."""
    found = files.in_development().filter(status=Status.CIVIL_SERVANT, rank_since__isnull=False)
    return found.filter(rank__in=LADDER[:-1])


def reckonings_of(files: "TraineeQuerySet") -> dict[UUID, Reckoning]:
    """By key, without periods of effect: these are restricted, and a list shows none of them. Two queries."""
    terms, today = terms_now(), timezone.localdate()
    years = _years(trainee__in=files.order_by().values("pk"))
    ranked = files.order_by().values_list("pk", "rank_since")
    return {key: reckon(since, years[key], (), terms=terms, today=today) for key, since in ranked if since is not None}


def reckoning_of(trainee: Trainee, *, with_periods: bool) -> Reckoning | None:
    """Of one file, None off the ladder; one query, three with periods of effect."""
    if not is_on_ladder(trainee) or trainee.rank_since is None:
        return None
    if with_periods:
        return reckonings_with_periods([trainee])[trainee.pk]
    years = _years(trainee=trainee)
    return reckon(trainee.rank_since, years[trainee.pk], (), terms=terms_now(), today=timezone.localdate())


def reckonings_with_periods(trainees: Collection[Trainee]) -> dict[UUID, Reckoning]:
    """Of a few files on the ladder, for pages that put the reading of periods on record first. Three queries."""
    keys = [one.pk for one in trainees]
    terms, today, years = terms_now(), timezone.localdate(), _years(trainee__in=keys)
    periods: defaultdict[UUID, list[Period]] = defaultdict(list)
    for one in periods_of(keys):
        periods[one.trainee].append(Period(one.start, one.end, one.url))
    return {
        one.pk: reckon(one.rank_since, years[one.pk], periods[one.pk], terms=terms, today=today)
        for one in trainees
        if one.rank_since is not None
    }


def _years(**narrow: Any) -> defaultdict[UUID, list[Year]]:
    """The confirmed years by file. One query."""
    rows = AnnualAssessment.objects.standing().filter(confirmed_on__isnull=False, quota__campaign__voided_at=None)
    rows = rows.filter(**narrow).order_by()
    found: defaultdict[UUID, list[Year]] = defaultdict(list)
    for trainee, year, grade, case, key in rows.values_list("trainee_id", "year", "grade", "no_grade", "pk"):
        found[trainee].append(Year(year, grade or case, str(key)))
    return found
