"""Who may do what with 工作实绩 (ACCESS.md, "achievements").

The person writes, submits and withdraws; the liaison of the unit verifies first, staff of the department after that; both
return with a comment; leaders read; the mentor of a running pairing comments. Nobody verifies or returns the own entry or
that of a declared relative (回避). Staff verify directly where the unit has no liaison who may: it would wait for nobody.
"""

from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.accounts.models import Grant, User
from cadre_app.achievements.models import Achievement, AchievementComment, AchievementState
from cadre_app.achievements.models.achievements import MENTOR_LEVEL
from cadre_app.achievements.models.choices import EDITABLE, WAITING
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.paths import prefixes
from cadre_app.people import permissions as people
from cadre_app.people.access import resolve
from cadre_app.people.models.persons import avoided_persons, own_keys, relatives_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from cadre_app.people.models import Trainee

VERIFIERS = (Role.STAFF, Role.LIAISON)


def can_list_achievements(user: "User") -> bool:
    """The list over units, and its workbook: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def reads_texts(user: "User") -> bool:
    """The search looks for them through achievements: business roles, and persons on record, whose own or whose mentees' these are."""
    return can_list_achievements(user) or own_keys(user)[0] is not None


def can_see_own_achievements(user: "User") -> bool:
    """我的工作实绩: somebody with a growth file."""
    return people.has_own_file(user)


def can_see_mentees(user: "User") -> bool:
    """What the mentees of running pairings submitted: their mentor."""
    return Achievement.objects.of_mentees(user).exists()


def verifies(user: "User") -> bool:
    """Has entries to verify at all: liaisons and staff."""
    return user.has_role(*VERIFIERS)


def verifies_for_unit(user: "User") -> bool:
    """Liaisons say the first word."""
    return user.has_role(Role.LIAISON)


def works_here(user: "User") -> bool:
    """Staff say the last one."""
    return user.has_role(Role.STAFF)


def can_write_achievement(user: "User", trainee: "Trainee") -> bool:
    """The person, as long as the file is open."""
    return people.is_own(user, trainee) and not trainee.is_read_only


def can_change_achievement(user: "User", achievement: Achievement) -> bool:
    """The person, a draft or what was returned; also its evidence."""
    return _is_with_the_person(user, achievement)


def can_submit_achievement(user: "User", achievement: Achievement) -> bool:
    """As a change."""
    return _is_with_the_person(user, achievement)


def can_withdraw_achievement(user: "User", achievement: Achievement) -> bool:
    """The person, while it waits."""
    return _waits(achievement, *WAITING) and people.is_own(user, achievement.trainee)


def can_verify_for_unit(user: "User", achievement: Achievement) -> bool:
    """The liaison of the unit, what was submitted."""
    return _waits(achievement, AchievementState.UNIT) and _works(user, achievement.trainee, Role.LIAISON)


def can_verify(user: "User", achievement: Achievement) -> bool:
    """Staff of the unit or above: what somebody else verified for the unit, or what waits for a liaison that there is not."""
    if (
        has_spoken_for_unit(user, achievement)
        or not _waits(achievement, *WAITING)
        or not _works(user, achievement.trainee, Role.STAFF)
    ):
        return False
    return achievement.state == AchievementState.DEPARTMENT or not has_liaison(achievement.trainee)


def has_spoken_for_unit(user: "User", achievement: Achievement) -> bool:
    """True for the account that verified it for the unit: the department's word is somebody else's."""
    return achievement.unit_verified_by_id == user.pk


def can_return_achievement(user: "User", achievement: Achievement) -> bool:
    """Whoever would verify it next."""
    at_unit = _waits(achievement, AchievementState.UNIT) and _works(user, achievement.trainee, Role.LIAISON)
    if at_unit or not _works(user, achievement.trainee, Role.STAFF):
        return at_unit
    if _waits(achievement, AchievementState.DEPARTMENT):
        return True
    return _waits(achievement, AchievementState.UNIT) and not has_liaison(achievement.trainee)


def can_correct_achievement(user: "User", achievement: Achievement) -> bool:
    """The person, a verified entry: by a later one that goes the same way."""
    is_locked = achievement.state == AchievementState.VERIFIED and not achievement.is_voided
    return is_locked and can_write_achievement(user, achievement.trainee)


def can_void_achievement(user: "User", achievement: Achievement) -> bool:
    """Staff, what was submitted; the person, a draft."""
    if achievement.is_voided:
        return False
    if achievement.is_draft:
        return _is_with_the_person(user, achievement)
    return people.can_edit(user, achievement.trainee)


def can_restore_achievement(user: "User", achievement: Achievement) -> bool:
    """As voiding: what staff took out is not put back by its author."""
    if not achievement.is_voided:
        return False
    if achievement.is_draft:
        return people.is_own(user, achievement.trainee) and not achievement.trainee.is_read_only
    return people.can_edit(user, achievement.trainee)


def can_comment(user: "User", achievement: Achievement) -> bool:
    """The mentor of a running pairing, on what was submitted and stands."""
    is_open = not achievement.is_voided and not achievement.is_draft and not achievement.trainee.is_read_only
    return is_open and MENTOR_LEVEL in resolve(user, achievement.trainee).levels


def can_void_comment(user: "User", comment: AchievementComment) -> bool:
    """The author, as long as they mentor the person; staff of the unit."""
    if comment.is_voided:
        return False
    is_author = comment.author_id == user.pk and can_comment(user, comment.achievement)
    return is_author or people.can_edit(user, comment.achievement.trainee)


def can_restore_comment(user: "User", comment: AchievementComment) -> bool:
    """Staff of the unit."""
    return comment.is_voided and people.can_edit(user, comment.achievement.trainee)


def can_read_achievement_changes(user: "User", achievement: Achievement) -> bool:
    """Changes in words: staff and leaders."""
    return people.can_read_history(user, achievement.trainee)


def may_read_evidence(user: "User", owner_id: "UUID") -> bool:
    """Evidence: whoever reads the achievement, as long as it stands."""
    return Achievement.objects.visible_to(user).standing().filter(pk=owner_id).exists()


def liaisons_of(trainee: "Trainee") -> "QuerySet[User]":
    """Active accounts that are liaison of the unit or of one above it today: never the person, never a relative (回避)."""
    path = trainee.home_unit.path
    held = Grant.objects.in_force(timezone.localdate()).filter(
        role=Role.LIAISON, unit__path__in=[*prefixes(path), path]
    )
    avoided = {trainee.person_id, *relatives_of([trainee.person_id])}
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return found.exclude(person__in=avoided)


def has_liaison(trainee: "Trainee") -> bool:
    """True where somebody of the unit may say the first word."""
    return liaisons_of(trainee).exists()


def _is_with_the_person(user: "User", achievement: Achievement) -> bool:
    is_theirs = achievement.state in EDITABLE and not achievement.is_voided
    return is_theirs and can_write_achievement(user, achievement.trainee)


def _waits(achievement: Achievement, *states: str) -> bool:
    return achievement.state in states and not achievement.is_voided and not achievement.trainee.is_read_only


def _works(user: "User", trainee: "Trainee", *roles: str) -> bool:
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)
