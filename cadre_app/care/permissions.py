"""Who may do what with talks (ACCESS.md, "Who sees what"): staff work, leaders read, the person concerned sees the own ones.

Nobody works on or reads the own file or that of a declared relative (回避). The texts are for their author and for named
readers; a leader opens them with a reason; the person concerned never does.
"""

from typing import TYPE_CHECKING

from cadre_app.care.models import CareVisit, Invitation, Problem, Symposium, SymposiumState, Talk
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee, of_scope
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.care.models import TalkBatch
    from cadre_app.org.models import UnitQuerySet
    from cadre_app.people.models.trainees import TraineeQuerySet


def can_see_list(user: "User") -> bool:
    """The lists over units, and their workbooks: staff and leaders."""
    return user.has_role(Role.STAFF, Role.LEADER)


def can_plan(user: "User", trainee: "Trainee") -> bool:
    """Staff of the unit, as long as the file is open: plan and record talks, enter occasions, pause the plan."""
    return people.can_edit(user, trainee)


def can_plan_many(user: "User") -> bool:
    """Staff; what is planned lies in their scope."""
    return user.has_role(Role.STAFF)


def units_of_planning(user: "User") -> "UnitQuerySet":
    """The units for which staff plan symposiums and a quarter's talks."""
    return Unit.objects.standing().within(user.unit_ranges(Role.STAFF))


def plans_for(user: "User", unit: Unit) -> bool:
    """As `units_of_planning`, for one unit."""
    return user.holds(unit, Role.STAFF)


def files_of_planning(user: "User") -> "TraineeQuerySet":
    """Whom staff may visit, or put on a list; never oneself or a relative (回避)."""
    return Trainee.objects.in_scope(user, Role.STAFF).in_development()


def can_undo_batch(user: "User", batch: "TalkBatch") -> bool:
    """Staff of everybody whose talk is among them, as long as it stands."""
    theirs = Talk.objects.filter(of_scope(user, Role.STAFF, prefix="trainee__"))
    return not batch.is_voided and not batch.talks.exclude(pk__in=theirs.values("pk")).exists()


def can_change(user: "User", talk: Talk) -> bool:
    """As `can_plan`, a talk that stands, with its problems."""
    return people.can_edit(user, talk.trainee) and not talk.is_voided


def can_restore(user: "User", talk: Talk) -> bool:
    """As `can_plan`, a voided talk."""
    return people.can_edit(user, talk.trainee) and talk.is_voided


def can_read_texts(user: "User", talk: Talk) -> bool:
    """Author and named readers, as long as they work on the file."""
    named = talk.recorded_by_id == user.pk or talk.readers.filter(pk=user.pk).exists()
    return named and talk.has_texts and works_on(user, talk.trainee)


def can_reveal_texts(user: "User", talk: Talk) -> bool:
    """查阅（须填事由）: leaders of the unit."""
    return talk.has_texts and works_on(user, talk.trainee, Role.LEADER)


def can_print_texts(user: "User", talk: Talk) -> bool:
    """Whoever reads them, or opens them with a reason; a talk that was voided goes on no paper."""
    return not talk.is_voided and (can_read_texts(user, talk) or can_reveal_texts(user, talk))


def can_write_texts(user: "User", talk: Talk) -> bool:
    """Whoever recorded the talk writes its texts anew and names their readers."""
    return talk.is_held and talk.recorded_by_id == user.pk and can_change(user, talk)


def can_follow_up(user: "User", problem: Problem) -> bool:
    """Staff who may change the talk, symposium or visit that it comes from."""
    source = problem.source
    if isinstance(source, Talk):
        return can_change(user, source)
    if isinstance(source, Symposium):
        return can_change_symposium(user, source)
    return can_change_visit(user, source)


def can_plan_symposiums(user: "User") -> bool:
    """Staff, for the units of their scope."""
    return user.has_role(Role.STAFF)


def can_change_symposium(user: "User", symposium: Symposium) -> bool:
    """Staff of the unit that holds it, unless they are on the list; one that stands."""
    return works_at(user, symposium, Role.STAFF) and not symposium.is_voided


def can_restore_symposium(user: "User", symposium: Symposium) -> bool:
    """As `can_change_symposium`, a voided one."""
    return works_at(user, symposium, Role.STAFF) and symposium.is_voided


def can_answer(user: "User", invitation: Invitation) -> bool:
    """The person invited, from the notice until the symposium begins."""
    symposium = invitation.symposium
    is_own = invitation.trainee.person.account_id == user.pk and not invitation.is_voided
    return is_own and symposium.state == SymposiumState.NOTIFIED and not symposium.has_begun


def can_change_visit(user: "User", visit: CareVisit) -> bool:
    """Staff of the unit, as long as the file is open; a visit that stands."""
    return people.can_edit(user, visit.trainee) and not visit.is_voided


def can_restore_visit(user: "User", visit: CareVisit) -> bool:
    """As `can_change_visit`, a voided one."""
    return people.can_edit(user, visit.trainee) and visit.is_voided


def can_read_note(user: "User", owner: Symposium | CareVisit) -> bool:
    """Author and named readers of the restricted text, as long as they work there."""
    named = owner.recorded_by_id == user.pk or owner.readers.filter(pk=user.pk).exists()
    return named and owner.has_note and works_at(user, owner)


def can_reveal_note(user: "User", owner: Symposium | CareVisit) -> bool:
    """查阅（须填事由）: leaders of the unit."""
    return owner.has_note and works_at(user, owner, Role.LEADER)


def can_write_note(user: "User", owner: Symposium | CareVisit) -> bool:
    """Its author, as long as nobody wrote one any of the staff there; once it took place."""
    is_author = owner.recorded_by_id in (None, user.pk)
    return is_author and owner.has_taken_place and not owner.is_voided and works_at(user, owner, Role.STAFF)


def can_ask(user: "User") -> bool:
    """本人要求谈话: somebody in development."""
    return people.has_own_file(user)


def works_on(user: "User", trainee: "Trainee", *roles: str) -> bool:
    """One of `roles` (staff or leader by default) on the unit; never the own file or a relative's."""
    wanted = roles or (Role.STAFF, Role.LEADER)
    return user.holds(trainee.home_unit, *wanted) and trainee.person_id not in avoided_persons(user)


def works_at(user: "User", owner: Symposium | CareVisit, *roles: str) -> bool:
    """As `works_on`, of whom was visited; of a symposium on the unit that holds it, never for whoever is on the list, or has a
    declared relative there.
    """
    if isinstance(owner, CareVisit):
        return works_on(user, owner.trainee, *roles)
    holds = user.holds(owner.unit, *(roles or (Role.STAFF, Role.LEADER)))
    avoided = avoided_persons(user)
    return holds and not (avoided and owner.invitations.standing().filter(trainee__person__in=avoided).exists())


def sees_talks(user: "User") -> bool:
    """Has a page of talks: over units, or of the own ones."""
    return can_see_list(user) or can_ask(user)
