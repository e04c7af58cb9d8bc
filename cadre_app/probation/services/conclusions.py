"""考核结论 What staff conclude: 合格 with a grading, 延期 with a new end, 不合格 with cancelling; checked and signed next."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.history import services as history
from cadre_app.people.models import Status
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future, refuse_numberless
from cadre_app.people.services.identity import check_code
from cadre_app.people.services.posts import check_status_fits
from cadre_app.probation.grading import proposed
from cadre_app.probation.models import Conclusion, Probation, State
from cadre_app.probation.policies import EXTENSION_TIMES, RANKS
from cadre_app.probation.services.effects import refuse_other_record
from cadre_app.probation.services.records import end_of, lock_probation, longest_end, refuse_closed
from cadre_app.probation.services.steps import induction_of
from cadre_app.probation.terms import terms_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

CONCLUDED = "probation.probation.concluded"
DECIDED_BEFORE = timedelta(days=30)  # a document on the end of probation is not older than this


@transaction.atomic
def conclude_passed(
    one: Probation,
    *,
    comment: str,
    post: str,
    rank: str = "",
    rank_reason: str = "",
    post_grade: str = "",
    document_number: str = "",
    document_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Probation:
    """合格 With the grading: post and rank (institution staff: post grade) from the day on which probation ended.

    Another rank than by education needs `rank_reason`; the document can follow until the sign-off. Raises Stale; ValidationError by field, also before probation ends,
    without summary or opinion, and while induction training is neither completed nor waived.
    """
    one = _lock_open(one, version)
    check_grounds(one)
    before = one.rank
    with history.change(one, actor=actor, verb=CONCLUDED):
        one.comment, one.post, one.rank, one.post_grade = comment.strip(), post.strip(), rank, post_grade.strip()
        one.rank_reason, one.extended_to, one.reason, one.missing_reason = rank_reason.strip(), None, "", ""
        one.document_number, one.document_on = document_number.strip(), document_on
        check_grading(one, keep=before)
        _enter(one, Conclusion.PASSED, actor)
    return one


@transaction.atomic
def conclude_deferred(
    one: Probation,
    *,
    comment: str,
    extended_to: date,
    reason: str,
    missing_reason: str = "",
    document_number: str = "",
    document_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Probation:
    """延期 Probation goes on until `extended_to`, and is assessed once more then.

    Without own summary or opinion of the unit `missing_reason` says why. Raises Stale; ValidationError by field.
    """
    one = _lock_open(one, version)
    with history.change(one, actor=actor, verb=CONCLUDED):
        one.comment, one.extended_to, one.reason = comment.strip(), extended_to, reason.strip()
        one.missing_reason = missing_reason.strip()
        one.document_number, one.document_on = document_number.strip(), document_on
        check_extension(one)
        check_written(one)
        check_document(one, required=False)
        _enter(one, Conclusion.DEFERRED, actor)
    return one


@transaction.atomic
def conclude_failed(
    one: Probation,
    *,
    comment: str,
    reason: str,
    missing_reason: str = "",
    document_number: str,
    document_on: date,
    version: int | None = None,
    actor: "User",
) -> Probation:
    """不合格 Employment is cancelled (取消录用); the departure is recorded in the growth file.

    Without own summary or opinion of the unit `missing_reason` says why. Raises Stale; ValidationError by field.
    """
    one = _lock_open(one, version)
    with history.change(one, actor=actor, verb=CONCLUDED):
        one.comment, one.reason, one.extended_to = comment.strip(), reason.strip(), None
        one.missing_reason = missing_reason.strip()
        one.document_number, one.document_on = document_number.strip(), document_on
        check_written(one)
        check_document(one, required=True, is_early=True)
        _enter(one, Conclusion.FAILED, actor)
    return one


def check_grounds(one: Probation) -> None:
    """What a grading stands on: probation is over, summary and opinion are there, induction training is done or waived."""
    end = end_of(one)
    if end > timezone.localdate():
        message = _("Probation ends on %(day)s: who passed is graded from that day on.")
        raise ValidationError(message % {"day": formats.date_format(end)}, code="not_over")
    if one.summary_on is None:
        raise ValidationError(_("The own summary is missing."), code="missing_step")
    if one.opinion_on is None:
        raise ValidationError(_("The opinion of the unit is missing."), code="missing_step")
    if not one.waiver_reason and induction_of(one)[0] is None:
        message = _(
            "%(training)s is not completed. It is a condition of the conclusion “qualified”, unless it is waived."
        )
        raise ValidationError(message % {"training": terms_of(one).training}, code="induction")


def check_written(one: Probation) -> None:
    """Summary and opinion stand, or staff say why not: for whoever did not pass. Raises ValidationError by field."""
    if one.summary_on is not None and one.opinion_on is not None:
        one.missing_reason = ""
    elif not one.missing_reason:
        message = _("The own summary or the opinion of the unit is missing. Have it written, or say why it is missing.")
        raise refusal("missing_reason", message, code="missing_step")


def check_grading(one: Probation, *, keep: str = "") -> None:
    """Post, rank or post grade of this person, and the document where it is known. Raises ValidationError by field."""
    trainee = one.trainee
    if not one.post:
        raise refusal("post", _("Write the post."), code="required")
    check_code("rank", "rank", one.rank, keep=keep)
    check_status_fits(trainee.status, rank=one.rank, post_grade=one.post_grade)
    if trainee.status == Status.INSTITUTION:
        one.rank_reason = ""
        if not one.post_grade:
            raise refusal("post_grade", _("Staff of public institutions are given a post grade."), code="required")
    elif not one.rank:
        raise refusal("rank", _("Please choose."), code="required")
    else:
        _check_rank(one)
    refuse_other_record(one, end_of(one))
    check_document(one, required=False)


def check_extension(one: Probation) -> None:
    """Later than the present end and within the longest extension. Raises ValidationError by field."""
    end, arrived_on, wanted = end_of(one), one.trainee.arrived_on, one.extended_to
    today = timezone.localdate()
    times = EXTENSION_TIMES.on(today)
    if not may_go_on(one):
        message = ngettext(
            "Probation is extended %(times)d time at most.", "Probation is extended %(times)d times at most.", times
        )
        raise ValidationError(message % {"times": times}, code="too_often")
    if wanted is None:
        raise refusal("extended_to", _("Please fill this in."), code="required")
    if wanted <= end:
        message = _("Probation ends on %(day)s so far: enter a later day.") % {"day": formats.date_format(end)}
        raise refusal("extended_to", message, code="not_later")
    if wanted <= today:
        raise refusal("extended_to", _("The extension would be over already: enter a later day."), code="past")
    last = longest_end(arrived_on)
    if wanted > last:
        message = _("Probation is extended until %(day)s at most.") % {"day": formats.date_format(last)}
        raise refusal("extended_to", message, code="too_long")


def may_go_on(one: Probation) -> bool:
    """Whether the setting in force allows one more extension."""
    return one.round <= EXTENSION_TIMES.now()


def _check_rank(one: Probation) -> None:
    if one.rank not in dict(RANKS):
        raise refusal("rank", _("A first grading does not give this rank. Choose another one."), code="no_first_rank")
    found = proposed(one.trainee, end_of(one))
    if one.rank == found.rank:
        one.rank_reason = ""
    elif not one.rank_reason:
        label = Probation.word_of("rank", found.rank) if found.rank else ""
        message = (
            _("By education the rank would be: %(rank)s. Say why it is another one.") % {"rank": label}
            if label
            else _("No full-time education is entered. Say how the rank was found.")
        )
        raise refusal("rank_reason", message, code="other_rank")


def check_document(one: Probation, *, required: bool, is_early: bool = False) -> None:
    """Number and day, both or none unless `required`; `is_early`: also long before the end of probation. Raises ValidationError by field."""
    number, day = one.document_number, one.document_on
    if required and not number:
        raise refusal("document_number", _("Please fill this in."), code="required")
    if (number and day is None) or (day is None and required):
        raise refusal("document_on", _("Enter the day of the document."), code="required")
    if day is None:
        return
    if not number:
        raise refusal("document_number", _("Enter the number of the document."), code="required")
    refuse_numberless("document_number", number)
    refuse_future("document_on", day)
    end = end_of(one)
    if not is_early:
        message = _("Probation ends on %(day)s: the document is at most 30 days older.")
        refuse_before("document_on", day, end - DECIDED_BEFORE, message % {"day": formats.date_format(end)})
    known = {"day": formats.date_format(one.trainee.arrived_on)}
    refuse_before("document_on", day, one.trainee.arrived_on, _("The person reported for duty on %(day)s.") % known)


def _lock_open(one: Probation, version: int | None) -> Probation:
    one = lock_probation(one, version)
    refuse_closed(one)
    return one


def _enter(one: Probation, conclusion: str, actor: "User") -> None:
    """待审批 经办: saved as the conclusion that is checked and signed off next, anew where it was already."""
    if not one.comment:
        raise refusal("comment", _("Please fill this in."), code="required")
    if conclusion != Conclusion.PASSED:
        one.post = one.rank = one.rank_reason = one.post_grade = ""
        if not one.reason:
            raise refusal("reason", _("Please fill this in."), code="required")
    one.conclusion, one.state = conclusion, State.WAITING
    one.entered_by, one.entered_on = actor, timezone.localdate()
    one.checked_by, one.checked_on = None, None
    one.returned_on, one.return_reason, one.was_unsigned = None, "", False
    clean(one)
    one.save()
