"""Who may do what with discipline and 提醒函询诫勉 (ACCESS.md): named staff keep them, leaders read, the person sees the own.

Named are staff of the unit, by a leader, one by one. Nobody reads or keeps by office what is about oneself or a declared
relative (回避).
"""

from typing import TYPE_CHECKING

from cadre_app.conduct.models.readers import named_ranges
from cadre_app.conduct.permissions.rewards import works_on
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.conduct.models import Admonition, NamedStaff, Sanction
    from cadre_app.org.models import Unit
    from cadre_app.org.paths import PathRange
    from cadre_app.people.models import Trainee

    Entry = Sanction | Admonition


def can_list_restricted(user: "User") -> bool:
    """The lists over units and their workbooks: leaders and named staff."""
    return user.has_role(Role.LEADER) or keeps_some(user)


def can_enter_restricted(user: "User") -> bool:
    """Named staff choose somebody of the units they are named for."""
    return keeps_some(user)


def can_enter_about(user: "User", trainee: "Trainee") -> bool:
    """Named staff, as long as the file is open."""
    return keeps(user, trainee) and not trainee.is_read_only


def can_change_entry(user: "User", entry: "Entry") -> bool:
    """Named staff, as long as it stands and the file is open."""
    return keeps(user, entry.trainee) and not entry.is_voided and not entry.trainee.is_read_only


def can_restore_entry(user: "User", entry: "Entry") -> bool:
    """Named staff, a voided one of an open file."""
    return keeps(user, entry.trainee) and entry.is_voided and not entry.trainee.is_read_only


def can_see_named(user: "User") -> bool:
    """Who is named: leaders."""
    return user.has_role(Role.LEADER)


def leading_units(user: "User") -> "list[Unit]":
    """The units on which `user` holds the role of a leader themself."""
    return [grant.unit for grant in user.standing_grants if grant.role == Role.LEADER and grant.unit is not None]


def ranges_of_naming(user: "User") -> "tuple[PathRange, ...]":
    """Units whose page of naming is there for `user`: staff read that they may not."""
    return user.unit_ranges(Role.LEADER, Role.STAFF)


def can_name(user: "User", unit: "Unit") -> bool:
    """Leaders, for a unit they lead."""
    return user.holds(unit, Role.LEADER)


def can_withdraw_naming(user: "User", named: "NamedStaff") -> bool:
    """Leaders of the unit, what stands."""
    return user.holds(named.unit, Role.LEADER) and not named.is_voided


def reads_about(user: "User", trainee: "Trainee") -> bool:
    """Reads by office: leaders and named staff of the unit."""
    return works_on(user, trainee, Role.LEADER) or keeps(user, trainee)


def keeps_some(user: "User") -> bool:
    """Is named for some unit, and staff."""
    return bool(named_ranges(user))


def keeps(user: "User", trainee: "Trainee") -> bool:
    """Named staff of the unit; never for the own file or a relative's."""
    path = trainee.home_unit.path
    return any(path in one for one in named_ranges(user)) and works_on(user, trainee, Role.STAFF)
