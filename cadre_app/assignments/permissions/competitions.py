"""Who does what with comparisons of results (夺旗争先): staff run them, liaisons enter results of their units' teams, named
reviewers score, a leader who did none of it signs off. Nobody acts where they or a declared relative are in a team (回避).
"""

from typing import TYPE_CHECKING
from uuid import UUID

from cadre_app.assignments.models import (
    Competition,
    CompetitionEntry,
    CompetitionMember,
    CompetitionReviewer,
    CompetitionState,
    EntryState,
)
from cadre_app.assignments.models.competition_scores import reviewed_by
from cadre_app.assignments.permissions.rooms import is_department, oversees, works_here
from cadre_app.core.roles import Role
from cadre_app.core.signing import is_third
from cadre_app.people.models.persons import avoided_persons, own_keys

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

VOIDABLE = (CompetitionState.OPEN, CompetitionState.REVIEW)


# Who may set a comparison for a unit, and who may enter a result for one.
SETTERS = (Role.STAFF,)
ENTERING = (Role.STAFF, Role.LIAISON)


def can_list_competitions(user: "User") -> bool:
    """Business roles; liaisons see those that touch their units."""
    return oversees(user)


def can_plan_competitions(user: "User") -> bool:
    return works_here(user)


def can_run_competition(user: "User", competition: Competition) -> bool:
    """Staff of its unit who are in none of its teams: criteria, results, reviewers and its course."""
    return user.holds(competition.unit, *SETTERS) and _is_free(user, competition)


def can_sign_competition(user: "User", competition: Competition) -> bool:
    """A leader of its unit, who neither set it up, entered, changed or verified a result, nor scores in it."""
    return leads_it(user, competition) and not _has_verified(user, competition)


def leads_it(user: "User", competition: Competition) -> bool:
    """As `can_sign_competition`, also for whoever verified a result of it."""
    person, _file = own_keys(user)
    scores = person is not None and competition.reviewers.standing().filter(person=person).exists()
    is_other = is_third(user, entered=competition.set_by_id) and not scores
    leads = is_other and user.holds(competition.unit, Role.LEADER) and _is_free(user, competition)
    return leads and not _has_recorded(user, competition)


def has_only_checked(user: "User", competition: Competition) -> bool:
    """A leader who would sign it off, had they not verified a result of it."""
    is_closed = competition.state == CompetitionState.CLOSED and not competition.is_voided
    return is_closed and leads_it(user, competition) and _has_verified(user, competition)


def oversees_it(user: "User", competition: Competition) -> bool:
    """Staff and leaders of its unit who are in none of its teams read who scored what."""
    return user.holds(competition.unit, Role.STAFF, Role.LEADER) and _is_free(user, competition)


def can_enter_result(user: "User", competition: Competition) -> bool:
    """Staff who run it; liaisons of units below its own. While it is open, which the service says in words."""
    from_below = any(each.start in competition.unit.range for each in user.unit_ranges(Role.LIAISON))
    return can_enter_front(user, competition) or from_below


def can_enter_front(user: "User", competition: Competition) -> bool:
    """The result of a front as a whole: staff who run it, and a liaison of the unit that holds the comparison."""
    return can_run_competition(user, competition) or user.holds(competition.unit, Role.LIAISON)


def can_change_result(user: "User", entry: CompetitionEntry) -> bool:
    """Staff who run it; the liaison who may enter such a one, of the team's unit, until it is verified."""
    if can_run_competition(user, entry.competition):
        return True
    unit = entry.unit if entry.unit is not None else entry.competition.unit
    return user.holds(unit, Role.LIAISON) and entry.state != EntryState.VERIFIED


def can_verify_result(user: "User", entry: CompetitionEntry) -> bool:
    """Staff or a leader of the comparison's unit, never what one has entered or changed."""
    is_other = user.pk not in (entry.entered_by_id, entry.changed_by_id)
    return is_other and oversees_it(user, entry.competition)


def can_open_sheet(user: "User", reviewer: CompetitionReviewer) -> bool:
    """The reviewer in person, from the scoring on, also once it is closed or they are barred from going on."""
    return is_own_sheet(user, reviewer)


def is_own_sheet(user: "User", reviewer: CompetitionReviewer) -> bool:
    return reviewer.person_id == own_keys(user)[0] and not reviewer.is_voided


def can_score_results(user: "User", reviewer: CompetitionReviewer) -> bool:
    """The reviewer in person while it is scored, unless something bars them (回避)."""
    is_scored = reviewer.competition.state == CompetitionState.REVIEW
    return is_scored and is_own_sheet(user, reviewer) and not is_barred(reviewer)


def is_barred(reviewer: CompetitionReviewer) -> bool:
    """Whether the reviewer must not score, also where that came after they were named."""
    return CompetitionReviewer.objects.filter(pk=reviewer.pk).barred().exists()


def reads_results(user: "User", competition: Competition) -> bool:
    """Averages: whoever sees it once it is published; before, who follows it from above and owes no scores themselves."""
    if competition.state == CompetitionState.PUBLISHED:
        return True
    owes = reviewed_by(user).waiting().filter(competition=competition)
    return is_department(user) and oversees_it(user, competition) and not owes.exists()


def is_competition_reviewer(user: "User") -> bool:
    """Somebody with results to score; asked once per request, of persons alone."""
    person, _file = own_keys(user)
    if person is None:
        return False
    known: bool | None = user.__dict__.get("_scores")
    if known is None:
        known = CompetitionReviewer.objects.waiting().filter(person=person).impartial().exists()
        user.__dict__["_scores"] = known
    return known


def has_competition_work(user: "User") -> bool:
    """Who finds comparisons on the desk: business roles, and reviewers."""
    return oversees(user) or is_competition_reviewer(user)


def may_read_evidence(user: "User", owner: UUID) -> bool:
    """The files of a result: as the result."""
    return CompetitionEntry.objects.visible_to(user).filter(pk=owner, competition__voided_at=None).exists()


def _has_verified(user: "User", competition: Competition) -> bool:
    return _part_in(user, competition)[1]


def _has_recorded(user: "User", competition: Competition) -> bool:
    """Entered or changed a result of it."""
    return _part_in(user, competition)[0]


def _part_in(user: "User", competition: Competition) -> tuple[bool, bool]:
    """Whether `user` has entered or changed, and verified, a result of it; asked once per request and comparison."""
    known: dict[UUID, tuple[bool, bool]] = user.__dict__.setdefault("_part_in", {})
    if competition.pk not in known:
        entries = competition.entries.standing()
        mine = entries.recorded_by(user) | entries.filter(verified_by=user)
        found = list(mine.order_by().values_list("entered_by", "changed_by", "verified_by", "state"))
        known[competition.pk] = (
            any(user.pk in row[:2] for row in found),
            any(row[2] == user.pk and row[3] == EntryState.VERIFIED for row in found),
        )
    return known[competition.pk]


def _is_free(user: "User", competition: Competition) -> bool:
    """Neither in one of its teams nor a declared relative of a member; asked once per request and comparison."""
    avoided = avoided_persons(user)
    if not avoided:
        return True
    known: dict[UUID, bool] = user.__dict__.setdefault("_free_of", {})
    if competition.pk not in known:
        members = CompetitionMember.objects.in_teams().filter(
            team__competition=competition, trainee__person__in=avoided
        )
        known[competition.pk] = not members.exists()
    return known[competition.pk]
