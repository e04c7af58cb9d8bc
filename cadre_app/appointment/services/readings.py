"""Each reading of an appointment form is on record (committed) before the first byte leaves; outside a transaction."""

from typing import TYPE_CHECKING

from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.appointment.models import AppointmentForm, IntakeFile
    from cadre_app.people.models import Trainee


def read_form(form: "AppointmentForm", *, actor: "User") -> None:
    """Somebody opens a form, to read or to edit it."""
    history.record_reading("appointment.form.read", actor=actor, obj=form)


def take_file(form: "AppointmentForm", *, reason: str, actor: "User") -> None:
    """The .lrmx of a form leaves the house, the ID number in clear in it."""
    history.record_reading("appointment.form.lrmx", actor=actor, obj=form, reason=reason)


def take_many(people: "list[Trainee]", *, reason: str, actor: "User") -> None:
    """The .lrmx of several people leave the house in one archive, each with the ID number in clear."""
    history.record_readings("appointment.form.exported", actor=actor, objs=people, reason=reason)


def read_file(file: "IntakeFile", *, actor: "User") -> None:
    """Somebody compares a form that was brought in with the growth file."""
    history.record_reading("appointment.intake.read", actor=actor, obj=file)
