"""What the page of one report shows: its numbers compared with last year's, its steps, who may do what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.rosters.comparing import Compared, compared_with
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
        sheet.compared(before.numbers if before is not None else None),
        before,
        moved,
        units_moved(own, now),
        units_moved(before.units, own) if before is not None else None,
    )


def notes_on_paper(report: SuperiorReport, found: Shown) -> list[str]:
    """What stands below the numbers in print: what the differences are."""
    if found.before is None:
        return []
    day = formats.date_format(found.before.as_of)
    return [_("Numbers in brackets: the difference to the frozen report as of %(day)s.") % {"day": day}]


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
