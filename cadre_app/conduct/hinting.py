"""Which hints are open: what the grades of the last assessments suggest and nobody entered since. Hints, never decisions."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
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
        commended=_given(HintKind.COMMENDATION), merited=_given(HintKind.MERIT)
    )
    known = {HintKind.COMMENDATION: "commended", HintKind.MERIT: "merited"}
    return {key: one for key, (one, row) in _hints(rows, frozenset(known)).items() if not row[known[one.hint.kind]]}


def admonition_hints(scope: "Q") -> dict[UUID, OpenHint]:
    """As `reward_hints`, of grades that suggest an admonition: for readers of these alone, since it ends with an entry."""
    given = Admonition.objects.standing().filter(
        trainee=OuterRef("trainee"), given_on__gte=_first(), given_on__lte=_last()
    )
    rows = _graded(scope, grade__in=BASIC).annotate(warned=Exists(given))
    found = _hints(rows, frozenset({HintKind.ADMONITION}))
    return {key: one for key, (one, row) in found.items() if not row["warned"]}


def _graded(scope: "Q", **narrow: Any) -> "QuerySet[AnnualAssessment, Any]":
    """Every confirmed year of open files in scope that have a suggestive one among the hinted years."""
    confirmed = AnnualAssessment.objects.standing().filter(
        confirmed_on__isnull=False, quota__campaign__voided_at=None, trainee__departed_on=None, trainee__voided_at=None
    )
    asked = confirmed.filter(scope, year__in=hinted_years(), **narrow).order_by().values("trainee")
    return confirmed.filter(trainee__in=asked).order_by()


def _hints(rows: Any, kinds: frozenset[HintKind]) -> dict[UUID, tuple[OpenHint, dict[str, Any]]]:
    by_file: defaultdict[UUID, dict[int, dict[str, Any]]] = defaultdict(dict)
    names = [name for name in ("commended", "merited", "warned") if name in rows.query.annotations]
    for row in rows.values("pk", "trainee_id", "year", "grade", "status", *names):
        by_file[row["trainee_id"]][row["year"]] = row
    found: dict[UUID, tuple[OpenHint, dict[str, Any]]] = {}
    for trainee, years in by_file.items():
        graded = [Graded(year, row["grade"], row["status"]) for year, row in years.items() if row["grade"]]
        for hint in hints_of(graded):
            row = years[hint.year]
            if hint.kind in kinds and hint.year in hinted_years():
                reward = REWARDS.get((hint.kind, row["status"]), "")
                found[row["pk"]] = OpenHint(row["pk"], trainee, hint, reward), row
    return found


def _given(kind: HintKind) -> Exists:
    """A reward of this kind, given from the last month of the year until the end of the next one."""
    codes = [code for (of, _status), code in REWARDS.items() if of is kind]
    rows = Reward.objects.standing().filter(trainee=OuterRef("trainee"), kind__in=codes)
    return Exists(rows.filter(awarded_on__gte=_first(), awarded_on__lte=_last()))


def _first() -> Cast:
    return Cast(Concat(OuterRef("year"), Value("-12-01")), DateField())


def _last() -> Cast:
    return Cast(Concat(OuterRef("year") + 1, Value("-12-31")), DateField())
