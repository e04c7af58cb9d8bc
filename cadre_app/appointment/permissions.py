"""Who may do what with appointment forms: staff of the unit make and issue them, leaders read; nobody their own or a
relative's (回避).
"""

from typing import TYPE_CHECKING

from cadre_app.appointment.models.intakes import IntakeState
from cadre_app.core.roles import Role
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.appointment.models import AppointmentForm, FormIntake, IntakeFile
    from cadre_app.people.models import Trainee


def can_read_forms(user: "User", trainee: "Trainee") -> bool:
    """The forms of one person: staff and leaders of the unit."""
    return _works_on(user, trainee, Role.STAFF, Role.LEADER)


def can_make(user: "User", trainee: "Trainee") -> bool:
    """Staff of the unit, as long as the file is open."""
    return _works_on(user, trainee, Role.STAFF) and not trainee.is_read_only


def can_edit(user: "User", form: "AppointmentForm") -> bool:
    """Staff of the unit, a draft that stands, as long as the file is open."""
    return can_make(user, form.trainee) and form.is_draft and not form.is_voided


def can_take_file(user: "User", form: "AppointmentForm") -> bool:
    """Staff and leaders of the unit, a form that was issued and stands: a file for other programs bears no mark."""
    return _works_on(user, form.trainee, Role.STAFF, Role.LEADER) and form.is_handed_on


def can_void(user: "User", form: "AppointmentForm") -> bool:
    """Staff of the unit, whatever stands."""
    return _works_on(user, form.trainee, Role.STAFF) and not form.is_voided


def can_restore(user: "User", form: "AppointmentForm") -> bool:
    """Staff of the unit, a voided one."""
    return _works_on(user, form.trainee, Role.STAFF) and form.is_voided


def can_export_forms(user: "User") -> bool:
    """The forms of several people at once: staff; whose they are lies in their scope."""
    return user.has_role(Role.STAFF)


def can_bring_in(user: "User") -> bool:
    """Files of forms: staff; what is found lies in their scope."""
    return user.has_role(Role.STAFF)


def can_take_over(user: "User", file: "IntakeFile") -> bool:
    """Staff of the unit of whoever was found, a form that can be compared, as long as the growth file is open."""
    return file.trainee is not None and file.is_comparable and can_make(user, file.trainee)


def can_assign(user: "User", file: "IntakeFile") -> bool:
    """Whoever brought it in, as long as nothing of it was taken over; the growth file lies in their scope."""
    return file.intake.owner_id == user.pk and file.is_assignable


def can_close_file(user: "User", file: "IntakeFile") -> bool:
    """Whoever brought it in, as long as it waits."""
    return file.intake.owner_id == user.pk and file.waits


def can_close(user: "User", intake: "FormIntake") -> bool:
    """Whoever brought it in, as long as forms wait."""
    return intake.owner_id == user.pk and intake.state == IntakeState.OPEN and intake.is_under_way


def can_undo(user: "User", intake: "FormIntake") -> bool:
    """Whoever brought it in, once something was taken over."""
    return intake.owner_id == user.pk and intake.can_be_undone


def _works_on(user: "User", trainee: "Trainee", *roles: str) -> bool:
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)
