"""A unit that was closed by the day of a report, or not opened yet: told on the page, and as a fact on paper."""

from datetime import date
from typing import TYPE_CHECKING, Any

from cadre_app.reports.absence import absence_on_paper, absent_text
from cadre_app.rosters.models import ReportState, SuperiorReport

if TYPE_CHECKING:
    from cadre_app.org.models import Unit

DAYS = "unit_days"


def days_kept(unit: "Unit") -> dict[str, Any]:
    """The days of the unit, for `SuperiorReport.numbers`: what is frozen does not change when a day of a unit does."""
    closed = unit.closed_on.isoformat() if unit.closed_on is not None else None
    return {DAYS: [unit.opened_on.isoformat(), closed]}


def told_on_page(report: SuperiorReport) -> str:
    """With what to ask instead; of a frozen report the fact alone."""
    if report.state == ReportState.FROZEN:
        return told_on_paper(report)
    return absent_text(report.unit, report.as_of)


def told_on_paper(report: SuperiorReport) -> str:
    """Of a frozen report as its unit was when it was counted; empty where that was not kept yet."""
    if report.state != ReportState.FROZEN:
        unit = report.unit
        return absence_on_paper(unit.name, unit.opened_on, unit.closed_on, report.as_of)
    if DAYS not in report.numbers:
        return ""
    opened, closed = report.numbers[DAYS]
    name = report.numbers.get("names", {}).get("unit", report.unit.name)
    closed_on = date.fromisoformat(closed) if closed is not None else None
    return absence_on_paper(name, date.fromisoformat(opened), closed_on, report.as_of)
