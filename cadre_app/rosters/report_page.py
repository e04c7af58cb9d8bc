"""What the page of one report shows: its numbers compared with last year's, its steps, who may do what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.rosters.comparing import Compared, compared_with
from cadre_app.rosters.facts import are_outcomes_waiting
from cadre_app.rosters.models import ReportState, SuperiorReport
from cadre_app.rosters.permissions import reports as permissions
from cadre_app.rosters.sheets import Sheet, counted_sheet, kept_sheet
from cadre_app.rosters.units_below import UnitsMoved, kept_units, units_below
from cadre_app.rosters.units_below import moved as units_moved

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

RELATED = ("unit", "entered_by", "frozen_by")


@dataclass(frozen=True)
class Shown:
    """`moved`: lines of a submitted report that count differently by now. `before`: what it is compared with.

    `units`: what stands below its unit otherwise by now than when it was counted; `other_units`: than when `before` was.
    """

    sheet: Sheet
    before: Compared | None
    moved: list[str]
    units: UnitsMoved | None = None
    other_units: UnitsMoved | None = None


def shown(report: SuperiorReport) -> Shown:
    """A draft as it counts now; what was submitted or frozen as it is kept."""
    before = compared_with(report)
    is_draft = report.state == ReportState.DRAFT
    sheet = counted_sheet(report.kind, report.unit, report.as_of) if is_draft else kept_sheet(report)
    moved = []
    if report.state == ReportState.SUBMITTED and not report.is_voided:
        moved = sheet.differing(counted_sheet(report.kind, report.unit, report.as_of))
    now = units_below(report.unit)
    own = now if is_draft else kept_units(report)
    return Shown(
        sheet.compared(before.beside(report)) if before is not None else sheet,
        before,
        moved,
        units_moved(own, now),
        units_moved(before.units, own) if before is not None else None,
    )


def notes_below(report: SuperiorReport, found: Shown) -> list[str]:
    """What stands below the numbers: what the differences are, and which there are none of."""
    return [text for text in (compared_text(found), in_year_text(report, found)) if text]


def waiting_text(report: SuperiorReport) -> str:
    """That outcomes of its year wait for their sign-off, while something can still be done about it."""
    if report.state == ReportState.FROZEN or not are_outcomes_waiting(report.unit, report.as_of):
        return ""
    return _(
        "Outcomes that were announced in this year wait for their sign-off and are not counted. Have them signed off before the "
        "report is submitted: they are in no later report."
    )


def compared_text(found: Shown) -> str:
    """What the numbers in brackets are; empty where there is nothing to compare."""
    if found.before is None:
        return ""
    day = formats.date_format(found.before.as_of)
    return _("Numbers in brackets: the difference to the frozen report as of %(day)s.") % {"day": day}


def in_year_text(report: SuperiorReport, found: Shown) -> str:
    """That some lines are not compared, where the report of the year before counts another part of its year."""
    if found.before is None or found.before.is_same_day(report):
        return ""
    return _(
        "Completed terms, training hours, outcomes and departures count from 1 January on; that report counts another part "
        "of its year, so they are not compared."
    )


def acts_of(user: "User", report: SuperiorReport) -> dict[str, bool]:
    """By act whether its reader may do it now."""
    return {
        "change": permissions.can_change_report(user, report),
        "submit": permissions.can_submit_report(user, report),
        "number": permissions.can_number_report(user, report),
        "freeze": permissions.can_freeze_report(user, report),
        "return": permissions.can_return_report(user, report),
        "void": permissions.can_void_report(user, report),
        "restore": permissions.can_restore_report(user, report),
        "open": permissions.can_open_cell(user, report),
    }


def facts_of(report: SuperiorReport) -> list[tuple[str, str]]:
    """填报单位、填报人、审核人、填报日期, as the superior's forms have them; names as they were when each did their part."""
    checked = report.frozen_by.display_name if report.frozen_by is not None else ""
    filled = report.submitted_on or report.entered_on
    names = report.numbers.get("names", {})
    return [
        (_("Reporting unit"), names.get("unit", report.unit.name)),
        (_("As of"), formats.date_format(report.as_of)),
        (_("Filled in by"), names.get("filled_in_by", report.entered_by.display_name)),
        (_("Checked by"), names.get("checked_by", checked)),
        (pgettext("report to the superior", "Date of filling in"), formats.date_format(filled)),
        (_("Filing number"), report.filing_number),
    ]
