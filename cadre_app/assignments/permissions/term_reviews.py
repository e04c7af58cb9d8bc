"""Who may do what with village terms and the review of their end (ACCESS.md, "postings, village term, leave").

Staff work, leaders sign off and read, liaisons read days and states; the person writes the own summary and reads what was
filed. Nobody works on the own term or that of a declared relative (回避), nor signs off the own proposal.
"""

from typing import TYPE_CHECKING

from cadre_app.assignments.models import TermConclusion, TermReview
from cadre_app.assignments.permissions.rooms import oversees, signs_off
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.people.models import VillageTerm

PROPOSED, SUMMARY_WRITTEN = "assignments.termreview.proposed", "assignments.termreview.summary_written"
# What a proposal stands on: whoever changed it after the proposal wrote with it (ADR 28).
GROUNDS = ("assignments.termreview.papers_recorded", "assignments.termreview.talks_recorded")


def can_list_terms(user: "User") -> bool:
    """到村任职 the list over units: business roles."""
    return oversees(user)


def can_open_review(user: "User", term: "VillageTerm") -> bool:
    """Staff of the unit; the service says when it is too early."""
    return not term.is_voided and not term.is_cut_short and people.can_edit(user, term.trainee)


def can_write_summary(user: "User", review: TermReview) -> bool:
    """The person, until the papers were looked at; staff from paper, as long as the person did not write it."""
    trainee = review.term.trainee
    if not _is_open(review) or review.papers_on is not None or review.term.is_cut_short:
        return False
    if people.is_own(user, trainee):
        return not trainee.is_read_only
    return people.can_edit(user, trainee) and not _is_written_by_person(review)


def can_work_review(user: "User", review: TermReview) -> bool:
    """Staff of the unit, as long as file and review stand and the term was not prolonged after it."""
    return not review.is_voided and review.prolonged_on is None and people.can_edit(user, review.term.trainee)


def can_sign_review(user: "User", review: TermReview) -> bool:
    """A leader of the unit, what was proposed by somebody else; also to send it back."""
    waits = _is_open(review) and review.proposed_on is not None and review.signed_on is None
    return waits and leads(user, review) and user.pk not in writers_of(review)


def can_unsign_review(user: "User", review: TermReview) -> bool:
    """A leader of the unit, until the form is handed over."""
    waits = _is_open(review) and review.signed_on is not None and review.handed_over_on is None
    return waits and leads(user, review)


def can_restore_review(user: "User", review: TermReview) -> bool:
    """Staff of the unit."""
    return review.is_voided and people.can_edit(user, review.term.trainee)


def can_read_term_changes(user: "User", term: "VillageTerm") -> bool:
    """Changes in words: staff and leaders."""
    return people.can_read_history(user, term.trainee)


def reads_texts(user: "User", review: TermReview) -> bool:
    """Summary, findings, proposal: staff and leaders of the unit; what villagers said is for them alone."""
    return people.can_read_history(user, review.term.trainee)


def reads_result(user: "User", review: TermReview) -> bool:
    """The conclusion: business roles once signed off; the person once filed, or not passed and signed off."""
    if people.is_own(user, review.term.trainee):
        return review.filed_on is not None or is_failed(review)
    return reads_texts(user, review) or review.signed_on is not None


def reads_paper(user: "User", review: TermReview) -> bool:
    """The form: staff and leaders; the person once it was filed, or the term prolonged."""
    is_over = review.filed_on is not None or review.prolonged_on is not None
    return reads_texts(user, review) or (people.is_own(user, review.term.trainee) and is_over)


def leads(user: "User", review: TermReview) -> bool:
    """A leader of the unit, never of the own file or a relative's."""
    trainee = review.term.trainee
    is_kin = trainee.person_id in avoided_persons(user)
    return signs_off(user) and user.holds(trainee.home_unit, Role.LEADER) and not is_kin and not trainee.is_read_only


def writers_of(review: TermReview) -> "set[UUID | None]":
    """Who wrote the proposal as it stands, and who changed after it what it stands on; one query."""
    acts = list(Entry.objects.about(review).filter(verb__in=(PROPOSED, *GROUNDS)).values_list("verb", "actor_id", "at"))
    since = next((at for verb, _actor, at in acts if verb == PROPOSED), None)
    return {actor for _verb, actor, at in acts if since is not None and at >= since}


def is_failed(review: TermReview) -> bool:
    """Signed off as not passed: the term is prolonged instead of ended."""
    return review.signed_on is not None and review.conclusion == TermConclusion.FAILED


def _is_open(review: TermReview) -> bool:
    return not review.is_voided and review.filed_on is None and review.prolonged_on is None


def _is_written_by_person(review: TermReview) -> bool:
    if not review.summary:
        return False
    last = Entry.objects.about(review).filter(verb=SUMMARY_WRITTEN).first()
    return last is not None and last.actor_id == review.term.trainee.person.account_id
