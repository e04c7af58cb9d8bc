"""Which hints are open: what the grades of the last assessments suggest and nobody entered since. Hints, never decisions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from cadre_app.appraisal.models import AnnualAssessment, Grade
from cadre_app.conduct.hints import BASIC, Graded, Hint, HintKind, hints_of
from cadre_app.conduct.models import Admonition, Reward
from cadre_app.people.models import Status

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet

# Kinds of rewards (conduct.kinds) by what a hint suggests and the personnel status of that year.
REWARDS = {
    (HintKind.COMMENDATION, Status.CIVIL_SERVANT.value): "civil_servant-1",
    (HintKind.COMMENDATION, Status.INSTITUTION.value): "institution-1",
    (HintKind.MERIT, Status.CIVIL_SERVANT.value): "civil_servant-2",
}


@dataclass(frozen=True)
class OpenHint:
    """What the assessment `assessment` suggests; `reward` is the kind to be entered, empty for an admonition."""

    assessment: UUID
    trainee: UUID
    hint: Hint
    reward: str


def hinted_years() -> tuple[int, ...]:
    """Years whose rewards may still be given: until the end of the year after."""
    year = timezone.localdate().year
    return (year - 1, year)


def reward_hints(scope: "Q") -> dict[UUID, OpenHint]:
    """By key of the assessment, of people in `scope` (a condition on rows that lead to a file by `trainee`); one query."""
    rows = _graded(scope, grade=Grade.EXCELLENT).annotate(
        commended=_rewarded(HintKind.COMMENDATION), merited=_rewarded(HintKind.MERIT)
    )
    return _open(rows, {HintKind.COMMENDATION: "commended", HintKind.MERIT: "merited"})


def admonition_hints(scope: "Q") -> dict[UUID, OpenHint]:
    """As `reward_hints`, of grades that suggest an admonition: for readers of these alone, since it ends with an entry."""
    given = Admonition.objects.standing().filter(trainee=OuterRef("trainee")).order_by("given_on")
    rows = _graded(scope, grade__in=BASIC).annotate(warned=ArraySubquery(given.values("given_on")))
    return _open(rows, {HintKind.ADMONITION: "warned"})


def _graded(scope: "Q", **narrow: Any) -> "QuerySet[AnnualAssessment, Any]":
    """Every confirmed year of open files in scope that have a suggestive one among the hinted years."""
    confirmed = AnnualAssessment.objects.standing().filter(
        confirmed_on__isnull=False, quota__campaign__voided_at=None, trainee__departed_on=None, trainee__voided_at=None
    )
    asked = confirmed.filter(scope, year__in=hinted_years(), **narrow).order_by().values("trainee")
    return confirmed.filter(trainee__in=asked).order_by()


def _open(rows: Any, given: dict[HintKind, str]) -> dict[UUID, OpenHint]:
    """Hints of the hinted years that no day of the column in `given` answers."""
    by_file: defaultdict[UUID, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in rows.values("pk", "trainee_id", "year", "grade", "status", *given.values()):
        by_file[row["trainee_id"]][row["year"]] = row
    found: dict[UUID, OpenHint] = {}
    for trainee, years in by_file.items():
        graded = [Graded(year, row["grade"], row["status"]) for year, row in years.items() if row["grade"]]
        days = {kind: list(next(iter(years.values()))[name]) for kind, name in given.items()}
        for hint in hints_of(graded):
            if hint.kind not in given or _is_answered(hint, days[hint.kind]) or hint.year not in hinted_years():
                continue
            row = years[hint.year]
            found[row["pk"]] = OpenHint(row["pk"], trainee, hint, REWARDS.get((hint.kind, row["status"]), ""))
    return found


def _is_answered(hint: Hint, days: list[date]) -> bool:
    """Whether one of `days` lies from the last month of its year to the end of the next one: that one is taken, for each
    answers one year alone, the earliest that it can.
    """
    first, last = date(hint.year, 12, 1), date(hint.year + 1, 12, 31)
    taken = next((day for day in days if first <= day <= last), None)
    if taken is not None:
        days.remove(taken)
    return taken is not None


def _rewarded(kind: HintKind) -> ArraySubquery:
    """The days on which rewards of this kind were given, the earliest first."""
    codes = [code for (of, _status), code in REWARDS.items() if of is kind]
    rows = Reward.objects.standing().filter(trainee=OuterRef("trainee"), kind__in=codes).order_by("awarded_on")
    return ArraySubquery(rows.values("awarded_on"))
