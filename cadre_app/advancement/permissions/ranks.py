"""Who reads the rank timeline: staff and leaders over their units, and everybody the own one (ACCESS.md, "annual assessment").

Periods of effect are shown to whoever reads discipline and admonitions (conduct.permissions.restricted), and to the person.
"""

from typing import TYPE_CHECKING

from cadre_app.conduct.permissions import restricted
from cadre_app.core.roles import Role
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models.trainees import TraineeQuerySet

READERS = (Role.STAFF, Role.LEADER)


def can_list_ranks(user: "User") -> bool:
    """The list over units and its workbook."""
    return user.has_role(*READERS)


def can_read_rank(user: "User", trainee: "Trainee") -> bool:
    """The reckoning of one person: readers of the unit, never of a relative; and the own one."""
    is_read = user.holds(trainee.home_unit, *READERS) and trainee.person_id not in avoided_persons(user)
    return is_read or people.is_own(user, trainee)


def reads_periods(user: "User", trainee: "Trainee") -> bool:
    """Periods of effect as grounds of the reckoning."""
    return restricted.reads_about(user, trainee) or people.is_own(user, trainee)


def files_listed(user: "User") -> "TraineeQuerySet":
    """Whose rank stands in the list of `user`; own file and declared relatives taken out."""
    return Trainee.objects.in_scope(user, *READERS)
