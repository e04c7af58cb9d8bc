"""Appointment forms, and files of forms that were brought in."""

from cadre_app.appointment.models.forms import AppointmentForm, FormState
from cadre_app.appointment.models.intakes import WAITING, FileState, FormIntake, IntakeFile, IntakeState

__all__ = ["WAITING", "AppointmentForm", "FileState", "FormIntake", "FormState", "IntakeFile", "IntakeState"]
