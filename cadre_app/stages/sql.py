"""The stage of many rows at once, for any query whose rows have the columns arrived_on, term_ends_on, departed_on.

Tested against `rules.py`: the same stage, grade and day for every date. Cut-off days are worked out in Python, so that
conditions are plain ranges of the columns and their indexes serve.
"""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import CharField, DateField, F, Field, Func, IntegerField, Q, QuerySet

from cadre_app.core.days import add_years
from cadre_app.stages.rules import FIRST, GRADES, SECOND, THIRD, Rules, StageKey

QS = TypeVar("QS", bound="QuerySet[Any, Any]")

FEBRUARY = 2
SHORTEST = 28
LEAP_DAY = (2, 29)
LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class _Text(Func):
    """SQL over the three columns, which it names {arrived}, {term} and {left}; everything else in it is ours.

    As nested Case and When the same three expressions make Django build ten times as long as at the plain query.
    """

    def __init__(self, sql: str, *columns: F, output_field: "Field[Any, Any]") -> None:
        super().__init__(*columns, sql=sql, output_field=output_field)

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> tuple[str, tuple[()]]:
        arrived, term, left = (compiler.compile(column)[0] for column in self.source_expressions)
        return self.extra["sql"].format(arrived=arrived, term=term, left=left), ()


def with_stage(queryset: QS, day: date, rules: Rules | None = None, prefix: str = "") -> QS:
    """Annotate `stage` (text), `grade` (1 to 3, else NULL) and `stage_since` (date, NULL before arrival) as of `day`.

    `prefix` leads to the columns from other rows ("trainee__"); rows without a trainee have NULL.
    """
    rules = rules or Rules.on(day)
    today = _literal(day)
    parts = [
        (f"{{arrived}} > {today}", StageKey.NOT_ARRIVED, "NULL", "NULL"),
        (f"{{left}} <= {today}", StageKey.LEFT, "NULL", "{left}"),
        (f"{{term}} < {today}", StageKey.ADVANCED, "NULL", "GREATEST({arrived}, {term} + 1)"),
        *[
            (f"{{arrived}} < {_literal(bound)}", StageKey.CAMP, str(grade), _grade_since(years, rules))
            for grade, years, bound in _bounds(day, rules)
        ],
        (f"{{arrived}} <= {today}", StageKey.CAMP, str(FIRST), "{arrived}"),
    ]
    columns = [F(f"{prefix}{name}") for name in ("arrived_on", "term_ends_on", "departed_on")]
    stages = [(condition, f"'{stage.value}'") for condition, stage, _grade, _since in parts]
    grades = [(condition, grade) for condition, _stage, grade, _since in parts]
    days = [(condition, since) for condition, _stage, _grade, since in parts]
    return queryset.annotate(
        stage=_Text(_first_of(stages, "text"), *columns, output_field=CharField()),
        grade=_Text(_first_of(grades, "integer"), *columns, output_field=IntegerField()),
        stage_since=_Text(_first_of(days, "date"), *columns, output_field=DateField()),
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


def _first_of(parts: list[tuple[str, str]], kind: str) -> str:
    """SQL of the value behind the first condition that holds."""
    return f"CASE {' '.join(f'WHEN {condition} THEN {value}' for condition, value in parts)} ELSE NULL::{kind} END"


def _grade_since(years: int, rules: Rules) -> str:
    """SQL of the first reference date not before `arrived_on` plus `years`."""
    done = f"({{arrived}} + interval '{int(years)} years')::date"
    year = f"EXTRACT(YEAR FROM {done})::integer"
    return _reference_in(f"{year} + ({_reference_in(year, rules)} < {done})::integer", rules)


def _reference_in(year: str, rules: Rules) -> str:
    month, day = int(rules.month), min(int(rules.day), LENGTHS[rules.month - 1])
    if month == FEBRUARY and day > SHORTEST:
        return f"(make_date({year}, 3, 1) - 1)"
    return f"make_date({year}, {month}, {day})"


def _literal(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
