"""What a report is compared with: the frozen one of the year before, kept with whatever is frozen beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cadre_app.core.days import year_before
from cadre_app.rosters.cohorts import Number
from cadre_app.rosters.definitions import definition_of
from cadre_app.rosters.models import ReportState, SuperiorReport
from cadre_app.rosters.sheets import kept_sheet
from cadre_app.rosters.units_below import Names, kept_units

COMPARED = "compared"


@dataclass(frozen=True)
class Compared:
    """The report of the year before: its day, its numbers by line and column, the units that it counted."""

    pk: UUID
    as_of: date
    numbers: Mapping[tuple[str, str], Number]
    units: Names | None

    def beside(self, report: SuperiorReport) -> Mapping[tuple[str, str], Number]:
        """Its numbers as far as they can stand beside those of `report`: of another part of the year only how things stood."""
        if self.is_same_day(report):
            return self.numbers
        lines = definition_of(report.kind, report.as_of.year).lines
        return {
            (line, column): number
            for (line, column), number in self.numbers.items()
            if line not in lines or not lines[line].in_year
        }

    def is_same_day(self, report: SuperiorReport) -> bool:
        """Whether it is of the same day of the year before, by which both count the same part of their years."""
        return self.as_of == year_before(report.as_of)


def compared_with(report: SuperiorReport) -> Compared | None:
    """Of a frozen report what it was compared with then; of any other, and of one frozen before that was kept, what there is."""
    if report.state == ReportState.FROZEN and COMPARED in report.numbers:
        kept = report.numbers[COMPARED]
        return _read(kept) if kept is not None else None
    before = last_year(report)
    if before is None:
        return None
    return Compared(before.pk, before.as_of, kept_sheet(before).numbers, kept_units(before))


def comparison_of(report: SuperiorReport) -> dict[str, Any] | None:
    """What is kept with `SuperiorReport.numbers` when the report is frozen; None where there is nothing to compare."""
    before = last_year(report)
    if before is None:
        return None
    numbers = [[line, column, number] for (line, column), number in kept_sheet(before).numbers.items()]
    return {
        "report": str(before.pk),
        "as_of": before.as_of.isoformat(),
        "numbers": numbers,
        "units": kept_units(before),
    }


def last_year(report: SuperiorReport) -> SuperiorReport | None:
    """The frozen report of the same unit as of the same day a year before, else the latest of that calendar year."""
    rows = SuperiorReport.objects.standing().filter(
        kind=report.kind, unit=report.unit_id, state=ReportState.FROZEN, as_of__year=report.as_of.year - 1
    )
    same = year_before(report.as_of)
    found = list(rows.order_by("-as_of")[:20])
    return next((one for one in found if one.as_of == same), found[0] if found else None)


def _read(kept: Mapping[str, Any]) -> Compared:
    numbers = {(line, column): number for line, column, number in kept["numbers"]}
    return Compared(UUID(kept["report"]), date.fromisoformat(kept["as_of"]), numbers, kept["units"])
