"""Appointment forms, and files of forms that were brought in."""

from cadre_app.appointment.models.forms import AppointmentForm, FormState

__all__ = ["AppointmentForm", "FormState"]
