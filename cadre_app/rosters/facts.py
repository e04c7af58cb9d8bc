"""What reports to the superior count: one set of facts for each growth file of a unit, as of a day. Read set-based."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.core.days import months_between
from cadre_app.core.rosters import report_facts
from cadre_app.people import conditions
from cadre_app.people.models import Education, PostRecord, Trainee, Transfer, TransferKind, VillageTerm

if TYPE_CHECKING:
    from cadre_app.org.models import Unit

CHUNK = 2_000
FIELDS = ("pk", "kind", "sub_kind", "status", "arrived_on", "departed_on", "arrival_year")
PERSON = ("person__sex", "person__birth_month", "person__political_status")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One person as of the day. `is_here`: reported for duty and not left; else the person left in the year of the day.

    `education` is the highest level of GB/T 4658 that was finished by then; post and rank are those of the day; `term` is running, interrupted or
    empty, `term_ended`: a term was completed in the year, by its last day, whether its end is entered yet or not. `grade` is the assessment of the year before, signed off by the
    day: a grade, a case without one, or empty. `outcomes` are those announced in the year, `left` how somebody left in it.
    """

    pk: UUID
    kind: str
    sub_kind: str
    status: str
    is_here: bool
    arrival_year: int
    arrived_on: date
    sex: str = ""
    age: int | None = None
    political: str = ""
    education: str = ""
    post_level: str = ""
    rank: str = ""
    post_grade: str = ""
    term: str = ""
    term_ended: bool = False
    grade: str = ""
    outcomes: tuple[str, ...] = ()
    left: str = ""
    hours: Decimal = Decimal(0)
    has_hours: bool = False


def facts_of(unit: "Unit", day: date) -> list[Facts]:
    """Everybody of `unit` and below on that day, and who left in its year until then.

    Counted for the unit as a whole, whoever fills the report in: numbers must not depend on whose relatives are in it.
    """
    year = (date(day.year, 1, 1), day)
    asked = conditions.here(day) | conditions.left(*year)
    files = conditions.of_unit(Trainee.objects.order_by().standing().filter(asked), unit, day)
    finished = Q(graduated_on=None) | Q(graduated_on__lte=day)
    levels = Education.objects.standing().filter(finished, person=OuterRef("person")).order_by("level").values("level")
    rows = files.annotate(education=Subquery(levels[:1])).values(*FIELDS, *PERSON, "education")
    rest = rows.iterator(chunk_size=CHUNK)
    found: list[Facts] = []
    while chunk := list(islice(rest, CHUNK)):
        found += _read(chunk, day)
    return found


def _read(rows: Collection[Mapping[str, Any]], day: date) -> Iterator[Facts]:
    keys = [row["pk"] for row in rows]
    sources: list[Source] = [
        _posts(keys, day),
        _terms(keys, day),
        _grades(keys, day),
        _outcomes(keys, day),
        _departures(keys, day),
    ]
    sources += [of(keys, day) for of in report_facts.values()]
    for row in rows:
        more: dict[str, Any] = {}
        for source in sources:
            more |= source.get(row["pk"], {})
        born, left_on = row["person__birth_month"], row["departed_on"]
        yield Facts(
            pk=row["pk"],
            kind=row["kind"],
            sub_kind=row["sub_kind"],
            status=row["status"],
            is_here=left_on is None or left_on > day,
            arrival_year=row["arrival_year"],
            arrived_on=row["arrived_on"],
            sex=row["person__sex"],
            age=months_between(born, day) // 12 if born is not None else None,
            political=row["person__political_status"],
            education=row["education"] or "",
            **more,
        )


Source = Mapping[UUID, Mapping[str, Any]]


def _posts(keys: list[UUID], day: date) -> Source:
    """The latest record of post and rank by the day."""
    rows = PostRecord.objects.standing().filter(trainee__in=keys, started_on__lte=day).order_by("started_on")
    names = ("post_level", "rank", "post_grade")
    return {pk: dict(zip(names, rest, strict=True)) for pk, *rest in rows.values_list("trainee_id", *names)}


def _terms(keys: list[UUID], day: date) -> Source:
    """Where somebody stands in the village term of the day, and whether one was completed in the year."""
    found: defaultdict[UUID, dict[str, Any]] = defaultdict(dict)
    files = Trainee.objects.filter(pk__in=keys).order_by()
    for state, condition in (("running", conditions.in_village(day)), ("interrupted", conditions.interrupted(day))):
        for pk in files.filter(condition).values_list("pk", flat=True):
            found[pk]["term"] = state
    terms = VillageTerm.objects.standing().filter(trainee__in=keys, is_cut_short=False).order_by()
    over = terms.alias(last_on=Coalesce("ended_on", "due_on")).filter(last_on__range=(date(day.year, 1, 1), day))
    for pk in over.values_list("trainee_id", flat=True):
        if found[pk].get("term") != "interrupted":
            found[pk]["term_ended"] = True
    return found


def _grades(keys: list[UUID], day: date) -> Source:
    rows = AnnualAssessment.objects.standing().filter(
        trainee__in=keys, year=day.year - 1, confirmed_on__lte=day, quota__campaign__voided_at=None
    )
    return {pk: {"grade": grade or case} for pk, grade, case in rows.values_list("trainee_id", "grade", "no_grade")}


def _outcomes(keys: list[UUID], day: date) -> Source:
    """Announced in the year by the day, in that order. Signed off by now: what waits for that at the end of a year would
    else be in no year's report.
    """
    rows = Outcome.objects.in_file().filter(trainee__in=keys, published_on__range=(date(day.year, 1, 1), day))
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for pk, kind in rows.order_by("published_on", "pk").values_list("trainee_id", "kind"):
        found[pk].append(kind)
    return {pk: {"outcomes": tuple(kinds)} for pk, kinds in found.items()}


def are_outcomes_waiting(unit: "Unit", day: date) -> bool:
    """Whether something was announced in the year of `day` by then for somebody of the unit and is not signed off."""
    files = conditions.of_unit(Trainee.objects.order_by().standing(), unit, day)
    rows = Outcome.objects.standing().exclude(state=OutcomeState.IN_FILE)
    return rows.filter(published_on__range=(date(day.year, 1, 1), day), trainee__in=files.values("pk")).exists()


def _departures(keys: list[UUID], day: date) -> Source:
    rows = Transfer.objects.standing().filter(trainee__in=keys, effective_on__range=(date(day.year, 1, 1), day))
    rows = rows.exclude(kind=TransferKind.INTERNAL)
    return {pk: {"left": kind} for pk, kind in rows.values_list("trainee_id", "kind")}
