"""What annual grades suggest: awards and admonition, as hints for people to look at, never as decisions (PRODUCT.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cadre_app.appraisal.models import Grade
from cadre_app.people.models import Status

BASIC = (Grade.BASIC_COMPETENT, Grade.BASIC_QUALIFIED)
IN_A_ROW = 3


class HintKind(StrEnum):
    COMMENDATION = "commendation"
    MERIT = "merit"
    ADMONITION = "admonition"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True)
class Graded:
    """The grade of one year, as the codes of annual assessment write it, and the personnel status of that year."""

    year: int
    grade: str
    status: str


@dataclass(frozen=True)
class Hint:
    """What the grade of `year` suggests; `years` are those it rests on."""

    kind: HintKind
    year: int
    years: tuple[int, ...]


def hints_of(graded: Iterable[Graded]) -> tuple[Hint, ...]:
    """What these grades of one person suggest, by year.

    优秀 → 嘉奖; civil servants with 优秀 three years running → 三等功 in place of the third 嘉奖, after which the count
    begins anew; 基本称职 → an admonition, and a year that does not count for the rank.
    """
    found: list[Hint] = []
    running: list[int] = []
    for one in sorted(graded, key=lambda one: one.year):
        if one.grade != Grade.EXCELLENT:
            running = []
        if one.grade in BASIC:
            found += _of_basic(one)
        if one.grade == Grade.EXCELLENT:
            running = _continued(running, one)
            is_merit = len(running) == IN_A_ROW
            found.append(_of_excellent(one.year, running) if is_merit else _commended(one.year))
            running = [] if is_merit else running
    return tuple(found)


def _continued(running: Sequence[int], one: Graded) -> list[int]:
    """The years running with this one; only those as a civil servant count, and a gap breaks them."""
    if one.status != Status.CIVIL_SERVANT:
        return []
    return [*running, one.year] if running and running[-1] == one.year - 1 else [one.year]


def _commended(year: int) -> Hint:
    return Hint(HintKind.COMMENDATION, year, (year,))


def _of_excellent(year: int, running: Sequence[int]) -> Hint:
    return Hint(HintKind.MERIT, year, tuple(running))


def _of_basic(one: Graded) -> list[Hint]:
    kinds = [HintKind.ADMONITION]
    if one.status == Status.CIVIL_SERVANT:
        kinds.append(HintKind.NOT_COUNTED)
    return [Hint(kind, one.year, (one.year,)) for kind in kinds]
