"""Who may do what with materials: staff of the unit keep the list, leaders read it; never on the own file or a relative's."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import Role
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.handover.models import HandOver, Material
    from cadre_app.people.models import Trainee


def can_see_list(user: "User") -> bool:
    """材料归档清单 and its workbook: staff and leaders."""
    return user.has_role(Role.STAFF, Role.LEADER)


def keeps_materials_of(user: "User", trainee: "Trainee") -> bool:
    """Staff of the unit enter a paper by hand; also for somebody who left, whose papers are handed over all the same."""
    return _staffs(user, trainee)


def can_change(user: "User", material: "Material") -> bool:
    """Staff of the unit, a paper that stands: correct it, hand it over, take that back, void it."""
    return _staffs(user, material.trainee) and not material.is_voided


def can_restore(user: "User", material: "Material") -> bool:
    """Staff of the unit, a voided paper."""
    return _staffs(user, material.trainee) and material.is_voided


def can_change_hand_over(user: "User", kept: "HandOver") -> bool:
    """Staff of every unit whose papers went along, as long as something of it stands: correct the whole, or take it back."""
    return type(kept).objects.kept_by(user).filter(pk=kept.pk).exists()


def can_hand_over_many(user: "User") -> bool:
    """Staff; what is handed over lies in their scope."""
    return user.has_role(Role.STAFF)


def _staffs(user: "User", trainee: "Trainee") -> bool:
    return user.holds(trainee.home_unit, Role.STAFF) and trainee.person_id not in avoided_persons(user)
