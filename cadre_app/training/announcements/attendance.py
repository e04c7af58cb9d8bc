"""What attendance announces to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import import_sheets, verbs
from cadre_app.training.rules import attendance as rules
from cadre_app.training.services import attendance_import

VERBS = {
    "training.attendance.recorded": _("Attendance recorded"),
    "training.attendance.changed": _("Attendance changed"),
    "training.attendance.signed_in": _("Attendance recorded by code"),
    "training.attendance.voided": _("Attendance taken out"),
    "training.attendance.taken_back": _("Imported attendance taken back"),
    "training.classmeeting.recorded": _("Attendance of a class recorded"),
    "training.classmeeting.taken_back": _("Attendance of a class no longer complete"),
    "training.classmeeting.code_opened": _("Code of a class shown"),
    "training.classmeeting.code_closed": _("Code of a class shown no longer"),
    "training.coursesession.finished": _("Session finished"),
    "training.coursesession.reopened": _("Session opened again"),
    "training.coursesession.posted": _("Training hours of a session posted"),
    "training.coursesession.taken_back": _("Training hours of a session taken back"),
    "training.enrolment.finished": _("Outcome of a session for one person"),
    "training.enrolment.reopened": _("Outcome of a session taken back"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    import_sheets.register(attendance_import.SHEET.key, attendance_import.SHEET)
    rules.announce()
