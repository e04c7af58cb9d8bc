"""What rosters and reports announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import DeskPanel, JobKind, desk_panels, job_kinds, verbs
from cadre_app.core.report_pages import ReportPage, report_pages
from cadre_app.rosters import exports, panels
from cadre_app.rosters.permissions import reports
from cadre_app.rosters.permissions import rosters as permissions

VERBS = {
    "rosters.roster.printed": _("Roster opened for printing"),
    "rosters.rosterlayout.remembered": _("Layout of the roster kept"),
    "rosters.superiorreport.started": _("Report to the superior begun"),
    "rosters.superiorreport.changed": _("Report to the superior changed"),
    "rosters.superiorreport.submitted": _("Report to the superior submitted"),
    "rosters.superiorreport.returned": _("Report to the superior returned for completion"),
    "rosters.superiorreport.frozen": _("Report to the superior frozen"),
    "rosters.superiorreport.numbered": _("Filing number of a report to the superior entered"),
    "rosters.superiorreport.voided": _("Report to the superior voided"),
    "rosters.superiorreport.restored": _("Report to the superior restored"),
    "rosters.superiorreport.printed": _("Report to the superior opened for printing"),
    "rosters.superiorreport.exported": _("Report to the superior exported"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    kinds = (
        (exports.WORKBOOK, _("Printed roster as Excel"), exports.write_workbook),
        (exports.PDF, _("Printed roster as PDF"), exports.write_pdf),
    )
    for key, label, run in kinds:
        job_kinds.register(key, JobKind(label=label, may_run=permissions.can_make_roster, run=run))
    desk_panels.register(
        "rosters.reports", DeskPanel(order=33, visible=reports.can_list_reports, items=panels.desk_items)
    )
    pages = (
        ReportPage(_("Printed roster"), "rosters:roster", 30, permissions.can_make_roster),
        ReportPage(_("Reports to the superior"), "rosters:report_list", 40, reports.can_list_reports),
    )
    for page in pages:
        report_pages.register(page.url_name, page)
