"""The page of the criteria check: findings of a few people beside each other, blockers first; nothing is counted or ordered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.criteria import Criterion, Finding, Standing, criteria

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.people.models import Trainee

MISSING = Finding(Standing.UNKNOWN)
MARKS: "dict[tuple[bool, Standing], tuple[str, _StrPromise | str]]" = {
    (False, Standing.MET): ("ok", pgettext_lazy("criteria check", "Met")),
    (False, Standing.NOT_MET): ("miss", pgettext_lazy("criteria check", "Not met")),
    (False, Standing.UNKNOWN): ("none", pgettext_lazy("criteria check", "Not known")),
    (True, Standing.MET): ("ok", pgettext_lazy("criteria check", "None")),
    (True, Standing.NOT_MET): ("over", pgettext_lazy("criteria check", "In effect")),
    (True, Standing.UNKNOWN): ("none", pgettext_lazy("criteria check", "Not known")),
}
NO_EVIDENCE = _("Nothing is on record.")


@dataclass(frozen=True)
class Cell:
    """One person against one criterion; `state` and `label` are the mark."""

    trainee: "Trainee"
    finding: Finding
    state: str
    label: str


@dataclass(frozen=True)
class Line:
    """One criterion with its rule, and everybody against it in the order of the page."""

    label: str
    source: str
    is_blocker: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Lack:
    """What the record lacks of one person: the criteria for which something is missing, and what."""

    trainee: "Trainee"
    is_insufficient: bool
    items: list[tuple[str, str]]


def lines_of(trainees: "Collection[Trainee]", day: date) -> list[Line]:
    """Blockers, then the others in their order; the same queries however many people."""
    found = sorted(criteria.values(), key=lambda one: (not one.is_blocker, one.order))
    return [_line(one, trainees, day) for one in found]


def lacks_of(lines: list[Line]) -> list[Lack]:
    """By person in the order of the page; `is_insufficient` where nothing but blockers is known."""
    found: list[Lack] = []
    for place, cell in enumerate(lines[0].cells if lines else []):
        unknown = [line for line in lines if line.cells[place].finding.standing is Standing.UNKNOWN]
        others = [line for line in lines if not line.is_blocker]
        lacking = [(line.label, line.cells[place].finding) for line in unknown]
        items = [(label, finding.gap or str(NO_EVIDENCE)) for label, finding in lacking if finding.is_lack]
        if items:
            found.append(Lack(cell.trainee, all(line in unknown for line in others), items))
    return found


def _line(criterion: Criterion, trainees: "Collection[Trainee]", day: date) -> Line:
    findings = criterion.find(trainees, day)
    cells = [_cell(criterion, one, findings.get(one.pk, MISSING)) for one in trainees]
    return Line(str(criterion.label), criterion.source(day), criterion.is_blocker, cells)


def _cell(criterion: Criterion, trainee: "Trainee", finding: Finding) -> Cell:
    state, label = MARKS[criterion.is_blocker, finding.standing]
    return Cell(trainee, finding, state, str(label))
