"""Who may read and do what with pairing reviews (ACCESS.md, "pairings" and "notes shared").

Staff and leaders of the unit read everything, a liaison states and dates. Mentor and mentee read their own part, and
the rest once it is signed off. Own files and declared relatives are never worked on (回避).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.mentorship.models import PairingReview, ReturnedTo, ReviewState
from cadre_app.mentorship.models.reviews import TO_MENTOR, TO_TRAINEE
from cadre_app.mentorship.permissions.pairings import is_own_mentee
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Reads:
    """Which texts of one review its reader gets."""

    mentor: bool
    trainee: bool
    conclusion: bool
    reason: bool


def can_see_list(user: "User") -> bool:
    """The list over units: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def lists_texts(user: "User") -> bool:
    """Staff and leaders; of a liaison's rows none is readable."""
    return user.has_role(Role.STAFF, Role.LEADER)


def signs_off(user: "User") -> bool:
    """Leaders pick several of the list to sign them off."""
    return user.has_role(Role.LEADER)


def reads(user: "User", review: PairingReview) -> Reads:
    """What `user`, who sees the pairing, reads of its review."""
    pairing = review.pairing
    works = works_for(user, review)
    is_mentor, is_trainee = is_own_mentee(user, pairing), people.is_own(user, pairing.trainee)
    is_done = review.signed_off_at is not None and (is_mentor or is_trainee)
    asked = (is_mentor and review.returned_to in TO_MENTOR) or (is_trainee and review.returned_to in TO_TRAINEE)
    return Reads(
        mentor=works or is_mentor or is_done,
        trainee=works or is_trainee or is_done,
        conclusion=works or is_done,
        reason=works or asked,
    )


def works_for(user: "User", review: PairingReview) -> bool:
    """Staff or leader of the unit, neither mentor nor mentee of it."""
    return people.can_read_history(user, review.pairing.trainee) and not is_own_mentee(user, review.pairing)


def is_mentors(user: "User", review: PairingReview) -> bool:
    """`user` is the mentor, while the pairing runs."""
    return is_own_mentee(user, review.pairing)


def is_trainees(user: "User", review: PairingReview) -> bool:
    return people.is_own(user, review.pairing.trainee)


def can_write_mentor_part(user: "User", review: PairingReview) -> bool:
    """The mentor; staff from paper, as long as the mentor did not write it or where the mentor cannot complete it."""
    if not _takes_parts(review) or not review.takes_mentors_part:
        return False
    by_author = review.mentor_at is not None and review.mentor_entered_by_id is None
    by_paper = not by_author or review.completes_mentors_part
    return is_mentors(user, review) or (by_paper and _works_as_staff(user, review))


def can_write_trainee_part(user: "User", review: PairingReview) -> bool:
    """The mentee; staff from paper, as for the mentor's part."""
    if not _takes_parts(review) or not review.takes_trainees_part:
        return False
    by_author = review.trainee_at is not None and review.trainee_entered_by_id is None
    by_paper = not by_author or review.completes_trainees_part
    return is_trainees(user, review) or (by_paper and _works_as_staff(user, review))


def can_conclude(user: "User", review: PairingReview) -> bool:
    """Staff of the unit, once both parts are in, until it is signed off."""
    return _takes_parts(review) and review.takes_conclusion and _works_as_staff(user, review)


def can_return(user: "User", review: PairingReview) -> bool:
    """Staff what waits for a conclusion, staff and leaders what waits for the sign-off."""
    if not _is_at_work(review):
        return False
    if review.state == ReviewState.CONCLUSION:
        return _works_as_staff(user, review)
    return review.state == ReviewState.SIGN_OFF and (_works_as_staff(user, review) or _leads(user, review))


def can_take_return_back(user: "User", review: PairingReview) -> bool:
    """Whoever could return it, as long as mentor or mentee are asked: nobody has to wait for somebody who is gone."""
    if not _is_at_work(review) or review.returned_to in ("", ReturnedTo.DEPARTMENT):
        return False
    return _works_as_staff(user, review) or (review.concluded_at is not None and _leads(user, review))


def can_sign_off(user: "User", review: PairingReview) -> bool:
    """A leader of the unit, never the own conclusion."""
    is_waiting = _takes_parts(review) and review.state == ReviewState.SIGN_OFF
    return is_waiting and review.concluded_by_id != user.pk and _leads(user, review)


def can_unsign(user: "User", review: PairingReview) -> bool:
    """A leader of the unit; the service says where something followed."""
    return review.signed_off_at is not None and not review.is_voided and _leads(user, review)


def can_read_history(user: "User", review: PairingReview) -> bool:
    """What was done when: staff and leaders."""
    return works_for(user, review)


def _is_at_work(review: PairingReview) -> bool:
    """Also of a pairing that ended with something written in its review."""
    return review.is_open and not review.pairing.is_voided and not review.pairing.trainee.is_read_only


def _takes_parts(review: PairingReview) -> bool:
    """Nothing is written, concluded or signed off long before the last day of what it is about."""
    return _is_at_work(review) and not review.is_early


def _works_as_staff(user: "User", review: PairingReview) -> bool:
    return people.can_edit(user, review.pairing.trainee) and not is_own_mentee(user, review.pairing)


def _leads(user: "User", review: PairingReview) -> bool:
    trainee = review.pairing.trainee
    is_free = trainee.person_id not in avoided_persons(user) and not is_own_mentee(user, review.pairing)
    return user.holds(trainee.home_unit, Role.LEADER) and is_free and not trainee.is_read_only
