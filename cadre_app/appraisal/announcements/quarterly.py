"""What quarterly assessments announce to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.appraisal.growth import entries as growth
from cadre_app.appraisal.importing.quarterly import SHEET
from cadre_app.appraisal.lists import quarterly as lists
from cadre_app.appraisal.permissions import rooms
from cadre_app.core.registries import JobKind, import_sheets, job_kinds, verbs

VERBS = {
    "appraisal.quarterlyassessment.entered": _("Quarterly assessment entered"),
    "appraisal.quarterlyassessment.entered_from_paper": _("Confirmed quarterly assessment entered from paper"),
    "appraisal.quarterlyassessment.confirmed": _("Quarterly assessment confirmed"),
    "appraisal.quarterlyassessment.voided": _("Quarterly assessment voided"),
    "appraisal.quarterlyassessment.restored": _("Quarterly assessment restored"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    growth.announce()
    import_sheets.register(SHEET.key, SHEET)
    job_kinds.register(
        lists.EXPORT,
        JobKind(label=_("Quarterly assessments"), may_run=rooms.can_see_appraisal, table=lists.exported_quarters),
    )
