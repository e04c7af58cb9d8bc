"""What annual assessments announce to the registries."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal import demands, tabs
from cadre_app.appraisal.figures import annual as figures
from cadre_app.appraisal.importing.annual import SHEET
from cadre_app.appraisal.lists import annual as lists
from cadre_app.appraisal.lists import years
from cadre_app.appraisal.panels import desk
from cadre_app.appraisal.permissions import rooms
from cadre_app.appraisal.rules import annual as rules
from cadre_app.appraisal.services.years import sweep_years
from cadre_app.core.appraisal_tabs import appraisal_pages, own_appraisal_pages
from cadre_app.core.registries import (
    DeskPanel,
    JobKind,
    NavItem,
    desk_panels,
    import_sheets,
    job_kinds,
    nav,
    sweeps,
    verbs,
)

VERBS = {
    "appraisal.assessmentyear.opened": _("Assessment of a year opened"),
    "appraisal.assessmentyear.changed": _("Days of an assessment changed"),
    "appraisal.assessmentyear.voided": _("Assessment of a year voided"),
    "appraisal.assessmentyear.restored": _("Assessment of a year restored"),
    "appraisal.unitquota.opened": _("Unit takes part in the assessment"),
    "appraisal.unitquota.set": _("Quota of the unit entered"),
    "appraisal.annualassessment.opened": _("Annual assessment opened"),
    "appraisal.annualassessment.moved": _("Annual assessment went to the present unit"),
    "appraisal.annualassessment.entered": _("Annual assessment entered"),
    "appraisal.annualassessment.entered_from_paper": _("Filed annual assessment entered from paper"),
    "appraisal.annualassessment.import_undone": _("Import of the annual assessment undone"),
    "appraisal.annualassessment.course_recorded": _("Days of the annual assessment recorded"),
    "appraisal.annualassessment.checked": _("Annual assessment checked"),
    "appraisal.annualassessment.sent_back": _("Annual assessment sent back"),
    "appraisal.annualassessment.confirmed": _("Annual assessment signed off"),
    "appraisal.annualassessment.filed": _("Annual assessment filed"),
    "appraisal.annualassessment.signed": _("Annual assessment signed by the person"),
    "appraisal.annualassessment.review_asked": _("Review of the annual assessment asked for"),
    "appraisal.annualassessment.review_answered": _("Review of the annual assessment answered"),
    "appraisal.annualassessment.corrected": _("Annual assessment corrected"),
    "appraisal.annualassessment.voided": _("Annual assessment voided"),
    "appraisal.annualassessment.restored": _("Annual assessment restored"),
    "appraisal.annualcorrection.proposed": _("Correction of the annual assessment proposed"),
    "appraisal.annualcorrection.signed_off": _("Correction of the annual assessment signed off"),
    "appraisal.annualcorrection.declined": _("Correction of the annual assessment declined"),
    "appraisal.annualcorrection.review_kept": _("Earlier review kept with the correction of the annual assessment"),
    "appraisal.annualcorrection.voided": _("Correction of the annual assessment withdrawn"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    rules.announce()
    figures.announce()
    demands.announce()
    tabs.announce()
    import_sheets.register(SHEET.key, SHEET)
    sweeps.register("appraisal.years", sweep_years)
    nav.register(
        "appraisal",
        NavItem(
            label=_("Appraisal"),
            short=pgettext_lazy("short", "Appraisal"),
            icon="clipboard-check",
            url_name="appraisal:year_board",
            group="following",
            order=230,
            visible=rooms.can_see_appraisal,
            beside=appraisal_pages.keys,
        ),
    )
    nav.register(
        "own_appraisal",
        NavItem(
            label=_("My assessments"),
            short=pgettext_lazy("short", "Assessments"),
            icon="clipboard-check",
            url_name="appraisal:mine",
            group="following",
            order=243,
            visible=rooms.can_see_own,
            beside=own_appraisal_pages.keys,
        ),
    )
    may_run = rooms.can_see_appraisal
    annual = JobKind(label=_("Annual assessments"), may_run=may_run, table=lists.exported_annual, desk_alone=True)
    job_kinds.register(lists.EXPORT, annual)
    units = JobKind(label=_("Annual assessment by unit"), may_run=may_run, table=years.exported_units)
    job_kinds.register(years.EXPORT, units)
    desk_panels.register("appraisal.queue", DeskPanel(order=32, visible=rooms.can_see_appraisal, items=desk.desk_items))
