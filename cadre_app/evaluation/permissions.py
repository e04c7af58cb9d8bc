"""Who may do what with the community evaluation (ACCESS.md, "community evaluation").

The unit's liaison runs it and enters what was collected; staff do the same where a unit has no liaison, void and restore,
and release comments; leaders read. Nobody runs or enters what is about themself or a declared relative (回避); the person
evaluated reads the own valid result.
"""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.evaluation.models import Campaign, CampaignState, PaperBatch, Subject, Way
from cadre_app.evaluation.models.choices import TAKES_PAPER
from cadre_app.evaluation.policies import CODES_ON
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

OFFICE = (Role.STAFF, Role.LIAISON)


def can_list(user: "User") -> bool:
    """The list over units: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_start(user: "User") -> bool:
    """Set one up: liaisons and staff, for people of their units."""
    return user.has_role(*OFFICE)


def starts_about(user: "User", trainee: "Trainee") -> bool:
    """As `can_start`, about somebody of the own units; never oneself or a relative."""
    return user.holds(trainee.home_unit, *OFFICE) and trainee.person_id not in avoided_persons(user)


def can_change(user: "User", campaign: Campaign) -> bool:
    """Before it is opened: whoever runs it."""
    return campaign.state == CampaignState.PLANNED and _runs(user, campaign)


def can_extend(user: "User", campaign: Campaign) -> bool:
    """Under way, closed or with too few sheets: whoever runs it."""
    return campaign.state in TAKES_PAPER and _runs(user, campaign)


def can_close(user: "User", campaign: Campaign) -> bool:
    """Under way: whoever runs it."""
    return campaign.state == CampaignState.OPEN and _runs(user, campaign)


def can_settle(user: "User", campaign: Campaign) -> bool:
    """Count the sheets: closed, or with too few so far; whoever runs it."""
    is_waiting = campaign.state == CampaignState.CLOSED or _is_small(campaign)
    return is_waiting and _runs(user, campaign)


def can_keep_small(user: "User", campaign: Campaign) -> bool:
    """Say that too few sheets stay too few: whoever runs it."""
    return _is_small(campaign) and _runs(user, campaign)


def can_enter(user: "User", subject: Subject) -> bool:
    """Paper sheets about one person, until the result is valid: whoever runs it."""
    return subject.campaign.takes_paper and not subject.is_settled and _runs(user, subject.campaign)


def can_make_codes(user: "User", subject: Subject) -> bool:
    """Where codes are switched on and the evaluation is not closed, until the result is valid: whoever runs it."""
    campaign = subject.campaign
    is_ahead = campaign.state in (CampaignState.PLANNED, CampaignState.OPEN) and not subject.is_settled
    return campaign.way == Way.CODE and CODES_ON.now() and is_ahead and _runs(user, campaign)


def can_print(user: "User", subject: Subject) -> bool:
    """Blank sheets and covers, as long as sheets about the person are waited for: whoever runs it."""
    campaign = subject.campaign
    is_awaited = campaign.state == CampaignState.PLANNED or campaign.takes_paper
    return is_awaited and not subject.is_settled and _runs(user, campaign)


def can_void(user: "User", campaign: Campaign) -> bool:
    """Staff of the unit."""
    return not campaign.is_voided and _works(user, campaign, Role.STAFF)


def can_restore(user: "User", campaign: Campaign) -> bool:
    """As `can_void`, what is voided."""
    return campaign.is_voided and _works(user, campaign, Role.STAFF)


def can_write_batch(user: "User", batch: PaperBatch) -> bool:
    """A batch that is still being entered, as `can_enter`."""
    return not batch.is_voided and not batch.is_counted and _enters(user, batch)


def can_void_batch(user: "User", batch: PaperBatch) -> bool:
    """Also one that was counted by question, until the result is valid."""
    return not batch.is_voided and (batch.is_tally or not batch.is_counted) and _enters(user, batch)


def can_restore_batch(user: "User", batch: PaperBatch) -> bool:
    """A voided one, as `can_enter`."""
    return batch.is_voided and _enters(user, batch)


def can_read_result(user: "User", subject: Subject) -> bool:
    """A valid result that stands: business roles of the unit, and the person."""
    stands = subject.is_valid and not subject.is_voided and not subject.campaign.is_voided
    return stands and (people.is_own(user, subject.trainee) or _oversees(user, subject, *BUSINESS_ROLES))


def can_release(user: "User", subject: Subject) -> bool:
    """Say which comments the person reads: staff of the unit."""
    return subject.is_valid and not subject.campaign.is_voided and _oversees(user, subject, Role.STAFF)


def can_read_changes(user: "User", campaign: Campaign) -> bool:
    """Changes in words: staff and leaders of the unit."""
    return _works(user, campaign, Role.STAFF, Role.LEADER)


def reads_remarks(user: "User", subject: Subject) -> bool:
    """All comments: business roles of the unit; the person reads those that were released."""
    return _oversees(user, subject, *BUSINESS_ROLES)


def goes_on_elsewhere(user: "User", campaign: Campaign) -> bool:
    """Whoever runs some of it, while somebody in it belongs to a unit that is not theirs by now: a level above goes on."""
    held = [user.holds(subject.trainee.home_unit, *OFFICE) for subject in campaign.standing_subjects]
    is_under_way = campaign.state == CampaignState.PLANNED or campaign.takes_paper
    return is_under_way and not campaign.is_voided and any(held) and not all(held)


def _enters(user: "User", batch: PaperBatch) -> bool:
    return can_enter(user, batch.subject)


def _is_small(campaign: Campaign) -> bool:
    return campaign.state == CampaignState.SMALL and campaign.kept_small_on is None


def _runs(user: "User", campaign: Campaign) -> bool:
    return not campaign.is_voided and _works(user, campaign, *OFFICE)


def _works(user: "User", campaign: Campaign, *roles: str) -> bool:
    """One of `roles` on the unit of everybody in it, and none of them oneself or a relative."""
    return all(_oversees(user, subject, *roles) for subject in campaign.standing_subjects)


def _oversees(user: "User", subject: Subject, *roles: str) -> bool:
    trainee = subject.trainee
    return user.holds(trainee.home_unit, *roles) and trainee.person_id not in avoided_persons(user)
