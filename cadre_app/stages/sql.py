"""The stage of many rows at once, for any query whose rows have the columns arrived_on, term_ends_on, departed_on.

Tested against `rules.py`: the same stage, grade and day for every date. Cut-off days are worked out in Python, so that
conditions are plain ranges of the columns and their indexes serve.
"""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Case, CharField, DateField, Expression, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear, Greatest
from django.db.models.lookups import GreaterThanOrEqual

from cadre_app.core.days import add_years
from cadre_app.stages.rules import FIRST, GRADES, SECOND, THIRD, Rules, StageKey

QS = TypeVar("QS", bound="QuerySet[Any, Any]")

FEBRUARY = 2
SHORTEST = 28
LEAP_DAY = (2, 29)
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def with_stage(queryset: QS, day: date, rules: Rules | None = None, prefix: str = "") -> QS:
    """Annotate `stage` (text), `grade` (1 to 3, else NULL) and `stage_since` (date, NULL before arrival) as of `day`.

    `prefix` leads to the columns from other rows ("trainee__"); rows without a trainee have NULL.
    """
    rules = rules or Rules.on(day)
    parts = [
        (Q(**{f"{prefix}arrived_on__gt": day}), StageKey.NOT_ARRIVED, None, None),
        (Q(**{f"{prefix}departed_on__lte": day}), StageKey.LEFT, None, F(f"{prefix}departed_on")),
        (Q(**{f"{prefix}term_ends_on__lt": day}), StageKey.ADVANCED, None, _advanced_since(prefix)),
        *[
            (Q(**{f"{prefix}arrived_on__lt": bound}), StageKey.CAMP, grade, _grade_since(prefix, years, rules))
            for grade, years, bound in _bounds(day, rules)
        ],
        (Q(**{f"{prefix}arrived_on__lte": day}), StageKey.CAMP, FIRST, F(f"{prefix}arrived_on")),
    ]
    return queryset.annotate(
        stage=Case(*[When(q, then=Value(stage.value)) for q, stage, _, _ in parts], output_field=CharField()),
        grade=Case(*[When(q, then=Value(grade)) for q, _, grade, _ in parts], output_field=IntegerField()),
        stage_since=Case(*[When(q, then=since or Value(None)) for q, _, _, since in parts], output_field=DateField()),
    )


def in_stage(
    stage: StageKey | str, grade: int | None = None, *, day: date, rules: Rules | None = None, prefix: str = ""
) -> Q:
    """The condition that a row is in `stage` on `day`, as ranges of columns; a `grade` narrows the camp.

    Raises ValueError for a stage or grade that does not exist.
    """
    stage = StageKey(stage)
    arrived = Q(**{f"{prefix}arrived_on__lte": day})
    if stage is StageKey.NOT_ARRIVED:
        return Q(**{f"{prefix}arrived_on__gt": day})
    if stage is StageKey.LEFT:
        return arrived & Q(**{f"{prefix}departed_on__lte": day})
    here = arrived & (Q(**{f"{prefix}departed_on": None}) | Q(**{f"{prefix}departed_on__gt": day}))
    if stage is StageKey.ADVANCED:
        return here & Q(**{f"{prefix}term_ends_on__lt": day})
    camp = here & (Q(**{f"{prefix}term_ends_on": None}) | Q(**{f"{prefix}term_ends_on__gte": day}))
    return camp if grade is None else camp & _in_grade(grade, day, rules or Rules.on(day), prefix)


def _in_grade(grade: int, day: date, rules: Rules, prefix: str) -> Q:
    if grade not in GRADES:
        raise ValueError(f"grade {grade}")
    bounds = {found: bound for found, _, bound in _bounds(day, rules)}
    lower = max((bound for found, bound in bounds.items() if found > grade), default=None)
    found = Q(**{f"{prefix}arrived_on__lt": bounds[grade]}) if grade in bounds else Q()
    return found if lower is None else found & Q(**{f"{prefix}arrived_on__gte": lower})


def _bounds(day: date, rules: Rules) -> list[tuple[int, int, date]]:
    """(grade, its years, first day of arrival that is too late for it), the highest grade first."""
    reference = rules.latest_reference(day)
    years_of = ((THIRD, rules.third_years), (SECOND, rules.second_years))
    return [(grade, years, _too_late(reference, years)) for grade, years in years_of]


def _too_late(reference: date | None, years: int) -> date:
    """The first day from which `years` are not completed on the reference date; everything is, where none was."""
    if reference is None:
        return date.min
    try:
        found = add_years(reference, -years) + timedelta(days=1)
    except OverflowError:
        return date.min
    is_leap_day = (found.month, found.day) == LEAP_DAY
    # 29 February completes its years on the 28th.
    return found + timedelta(days=1) if is_leap_day and add_years(found, years) <= reference else found


def _advanced_since(prefix: str) -> Expression:
    return Greatest(
        F(f"{prefix}arrived_on"),
        Func(F(f"{prefix}term_ends_on"), template="(%(expressions)s + 1)"),
        output_field=DateField(),
    )


def _grade_since(prefix: str, years: int, rules: Rules) -> Expression:
    """The first reference date not before `arrived_on` plus `years`."""
    done = Func(
        F(f"{prefix}arrived_on"),
        template=f"(%(expressions)s + make_interval(years => {int(years)}))::date",
        output_field=DateField(),
    )
    year = ExtractYear(done)
    this, following = _reference_in(year, rules), _reference_in(year + 1, rules)
    return Case(When(GreaterThanOrEqual(this, done), then=this), default=following)


def _reference_in(year: Any, rules: Rules) -> Func:
    month, day = rules.month, min(rules.day, LENGTHS[rules.month - 1])
    template = f"make_date((%(expressions)s)::int, {int(month)}, {int(day)})"
    if month == FEBRUARY and day > SHORTEST:
        template = "(make_date((%(expressions)s)::int, 3, 1) - 1)"
    return Func(year, template=template, output_field=DateField())
