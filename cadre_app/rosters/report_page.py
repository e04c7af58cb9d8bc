"""What the page of one report shows: its numbers compared with last year's, its steps, who may do what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.days import add_years
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
    before: SuperiorReport | None
    moved: list[str]
    units: UnitsMoved | None = None
    other_units: UnitsMoved | None = None


def shown(report: SuperiorReport) -> Shown:
    """A draft as it counts now; what was submitted or frozen as it is kept."""
    before = last_year(report)
    is_draft = report.state == ReportState.DRAFT
    sheet = counted_sheet(report.kind, report.unit, report.as_of) if is_draft else kept_sheet(report)
    moved = []
    if report.state == ReportState.SUBMITTED and not report.is_voided:
        moved = sheet.differing(counted_sheet(report.kind, report.unit, report.as_of))
    now = units_below(report.unit)
    own = now if is_draft else kept_units(report)
    return Shown(
        sheet.compared(kept_sheet(before) if before is not None else None),
        before,
        moved,
        units_moved(own, now),
        units_moved(kept_units(before), own) if before is not None else None,
    )


def last_year(report: SuperiorReport) -> SuperiorReport | None:
    """The frozen report of the same unit as of the same day a year before, else the latest of that calendar year."""
    rows = SuperiorReport.objects.standing().filter(
        kind=report.kind, unit=report.unit_id, state=ReportState.FROZEN, as_of__year=report.as_of.year - 1
    )
    same = add_years(report.as_of, -1)
    found = list(rows.order_by("-as_of")[:20])
    return next((one for one in found if one.as_of == same), found[0] if found else None)


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
