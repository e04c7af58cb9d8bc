"""The steps of the review of a village term, each with its day: none before the one before, none in the future."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.assignments.models import TermConclusion, TermReview
from cadre_app.assignments.policies import NOTICE_DAYS
from cadre_app.assignments.services.term_reviews import has_report, lock_review, refuse_filed
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal, refuse_future
from cadre_app.policy import workdays

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DAY = timedelta(days=1)
# The days in their order, with what each of them says.
DAYS = {
    "summary_on": gettext_lazy("own summary handed in"),
    "papers_on": gettext_lazy("papers looked at"),
    "talks_on": gettext_lazy("talks held"),
    "proposed_on": gettext_lazy("proposed"),
    "signed_on": gettext_lazy("signed off"),
    "notice_from": gettext_lazy("public notice begun"),
    "notice_until": gettext_lazy("public notice ended"),
    "handed_over_on": gettext_lazy("form handed over"),
}
MISSING = {
    "summary_on": gettext_lazy("The own summary is missing."),
    "papers_on": gettext_lazy("The papers have to be looked at first."),
    "talks_on": gettext_lazy("The talks with villagers have to be held first."),
    "proposed_on": gettext_lazy("The proposal is missing."),
    "signed_on": gettext_lazy("A leader has to sign the proposal off first."),
    "notice_from": gettext_lazy("The public notice has to be recorded first."),
    "notice_until": gettext_lazy("The public notice has to be recorded first."),
    "handed_over_on": gettext_lazy("The form has to be handed over first."),
}


@transaction.atomic
def write_summary(
    review: TermReview, *, summary: str, summary_on: date | None = None, version: int | None = None, actor: "User"
) -> TermReview:
    """本人总结 By the person (today), or by staff from paper with its day; until the papers were looked at.

    Raises Stale, ValidationError by field.
    """
    review = lock_review(review, version)
    refuse_filed(review)
    if review.papers_on is not None:
        message = _("The papers were looked at on %(day)s: the summary stands as it is.")
        raise ValidationError(message % {"day": formats.date_format(review.papers_on)}, code="papers")
    if not summary.strip():
        raise refusal("summary", _("Please fill this in."), code="required")
    by_person = review.term.trainee.person.account_id == actor.pk
    with history.change(review, actor=actor, verb="assignments.termreview.summary_written"):
        review.summary = summary
        date_step(review, "summary_on", timezone.localdate() if by_person or summary_on is None else summary_on)
        clean(review)
        review.save()
    return review


@transaction.atomic
def record_papers(
    review: TermReview, *, papers_on: date, finding_papers: str, version: int | None = None, actor: "User"
) -> TermReview:
    """查阅材料. Raises Stale, ValidationError by field."""
    return _recorded(review, "papers_on", papers_on, version, actor, finding_papers=finding_papers)


@transaction.atomic
def record_talks(
    review: TermReview,
    *,
    talks_on: date,
    talks_held: int,
    finding_talks: str,
    version: int | None = None,
    actor: "User",
) -> TermReview:
    """听取党员群众意见 With how many, and what they said. Raises Stale, ValidationError by field."""
    if talks_held < 1:
        raise refusal("talks_held", _("At least one person is talked with."), code="too_few")
    return _recorded(review, "talks_on", talks_on, version, actor, talks_held=talks_held, finding_talks=finding_talks)


@transaction.atomic
def propose(
    review: TermReview,
    *,
    proposed_on: date,
    proposal: str,
    conclusion: str,
    no_report_reason: str = "",
    version: int | None = None,
    actor: "User",
) -> TermReview:
    """提出考核意见 Comment and conclusion, with the research report handed in or the reason why there is none.

    Raises Stale, ValidationError by field.
    """
    if conclusion not in TermConclusion.values:
        raise refusal("conclusion", _("Please choose."), code="required")
    if not proposal.strip():
        raise refusal("proposal", _("Please fill this in."), code="required")
    if has_report(review.term):
        no_report_reason = ""
    elif not no_report_reason.strip():
        message = _("The research report of this village term is not handed in. Say why there is none.")
        raise refusal("no_report_reason", message, code="no_report")
    values = {"proposal": proposal, "conclusion": conclusion, "no_report_reason": no_report_reason}
    return _recorded(review, "proposed_on", proposed_on, version, actor, act="proposed", **values)


@transaction.atomic
def record_notice(
    review: TermReview,
    *,
    notice_from: date,
    notice_until: date,
    objections: str = "",
    version: int | None = None,
    actor: "User",
) -> TermReview:
    """公示 At least so many working days, first and last included; what was raised is added to it until the hand-over.

    Raises Stale, ValidationError by field.
    """
    review = lock_review(review, version)
    refuse_filed(review)
    if review.conclusion == TermConclusion.FAILED:
        raise ValidationError(_("Not passed: there is no public notice, the term is prolonged."), code="failed")
    with history.change(review, actor=actor, verb="assignments.termreview.notice_recorded"):
        date_step(review, "notice_from", notice_from)
        if notice_until <= notice_from:
            raise refusal("notice_until", _("The public notice ends before it begins."), code="before_start")
        _check_workdays(notice_from, notice_until)
        review.notice_until, review.objections = notice_until, objections
        if review.handed_over_on is not None and review.handed_over_on <= notice_until:
            _refuse_later("notice_until", review.handed_over_on, "handed_over_on")
        clean(review)
        review.save()
    return review


@transaction.atomic
def hand_over(
    review: TermReview, *, handed_over_on: date, handed_to: str, version: int | None = None, actor: "User"
) -> TermReview:
    """移交考核表 After the last day of the public notice, received by somebody. Raises Stale, ValidationError by field."""
    if not handed_to.strip():
        raise refusal("handed_to", _("Please fill this in."), code="required")
    review = lock_review(review, version)
    until = review.notice_until
    if until is not None and handed_over_on <= until:
        message = _("The public notice lasts until %(day)s: the form is handed over after it.")
        raise refusal("handed_over_on", message % {"day": formats.date_format(until)}, code="during_notice")
    return _recorded(review, "handed_over_on", handed_over_on, None, actor, act="handed_over", handed_to=handed_to)


def workdays_from(first: date, last: date) -> int:
    """Working days from `first` to `last`, both included."""
    return workdays.workdays_between(first - DAY, last)


def earliest_end(first: date) -> date:
    """The first day on which a public notice from `first` can end."""
    return workdays.add_workdays(first - DAY, NOTICE_DAYS.on(first))


def _recorded(
    review: TermReview, field: str, day: date, version: int | None, actor: "User", *, act: str = "", **values: Any
) -> TermReview:
    review = lock_review(review, version)
    refuse_filed(review)
    if review.signed_on is not None and field in ("papers_on", "talks_on", "proposed_on"):
        message = _("The proposal is signed off. The sign-off has to be taken back first.")
        raise ValidationError(message, code="signed_off")
    act = act or f"{field.removesuffix('_on')}_recorded"
    with history.change(review, actor=actor, verb=f"assignments.termreview.{act}"):
        date_step(review, field, day)
        for name, value in values.items():
            setattr(review, name, value)
        clean(review)
        review.save()
    return review


def date_step(review: TermReview, field: str, day: date) -> None:
    """Set the day of a step, checked against today and the steps beside it."""
    refuse_future(field, day)
    names = list(DAYS)
    at = names.index(field)
    for name in names[:at]:
        before = getattr(review, name)
        if before is None:
            raise ValidationError(str(MISSING[name]), code="missing_step")
        if day < before:
            message = _("%(step)s on %(day)s: this step cannot lie before it.")
            known = {"step": _capital(str(DAYS[name])), "day": formats.date_format(before)}
            raise refusal(field, message % known, code="before_step")
    if field == "summary_on" and day < review.term.started_on:
        message = _("The village term began on %(day)s.") % {"day": formats.date_format(review.term.started_on)}
        raise refusal(field, message, code="before_term")
    for name in names[at + 1 :]:
        after = getattr(review, name)
        if after is not None and after < day:
            _refuse_later(field, after, name)
    setattr(review, field, day)


def _refuse_later(field: str, after: date, name: str) -> None:
    message = _("%(step)s on %(day)s: this step cannot lie after it.")
    known = {"step": _capital(str(DAYS[name])), "day": formats.date_format(after)}
    raise refusal(field, message % known, code="after_step")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _check_workdays(first: date, last: date) -> None:
    least = NOTICE_DAYS.on(first)
    there = workdays_from(first, last)
    if there >= least:
        return
    text = ngettext(
        "A public notice lasts at least %(least)d working day; these days hold %(there)d. The earliest end is %(day)s.",
        "A public notice lasts at least %(least)d working days; these days hold %(there)d. The earliest end is %(day)s.",
        least,
    )
    known = {"least": least, "there": there, "day": formats.date_format(earliest_end(first))}
    raise refusal("notice_until", text % known, code="too_short")
