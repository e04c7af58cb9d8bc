"""What the page of a village term shows of its leave, its report and its review."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cadre_app.assignments.leave_words import days_text, leave_mark, span_text
from cadre_app.assignments.models import Leave, LeaveState, TermReview
from cadre_app.assignments.permissions import term_reviews as permissions
from cadre_app.assignments.services.term_decisions import last_day
from cadre_app.assignments.services.term_reviews import days_of_term, report_of
from cadre_app.assignments.term_words import (
    FILING,
    HAND_OVER,
    NOTICE,
    PAPERS,
    PROLONG,
    PROPOSAL,
    SUMMARY,
    TALKS,
    steps_of,
    waiting_step,
)
from cadre_app.people import permissions as people
from cadre_app.people.file.sections import term_row

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PAGES = {
    SUMMARY: "term_summary",
    PAPERS: "term_papers",
    TALKS: "term_talks",
    PROPOSAL: "term_proposal",
    NOTICE: "term_notice",
    HAND_OVER: "term_hand_over",
    FILING: "term_file",
    PROLONG: "term_prolong",
}
BEFORE_SIGNING = (PAPERS, TALKS, PROPOSAL)
AFTER_SIGNING = (NOTICE, HAND_OVER)


def facts_of(user: "User", term: Any) -> dict[str, Any]:
    """The term in words, its leave with the sum of days, and its research report; two queries."""
    rows = Leave.objects.visible_to(user).standing().filter(term=term).order_by("started_on", "pk")
    leaves = list(rows)
    taken = [row for row in leaves if row.state in (LeaveState.APPROVED, LeaveState.RETURNED)]
    report = report_of(term)
    return {
        "row": term_row(term, term.trainee, list(term.interruptions.all())),
        "leaves": [(one, span_text(one), days_text(one.days), leave_mark(one)) for one in leaves],
        "leave_days": days_text(days_of_term(term, taken)),
        "report": report,
        "report_in": report is not None and report.is_handed_in,
        "report_url": _report_page(user, term, report),
    }


def review_panel(user: "User", term: Any, review: TermReview | None) -> dict[str, Any] | None:
    """The steps with what their reader reads, and the acts that are theirs now."""
    if review is None:
        return None
    review.term = term
    own, result = people.is_own(user, term.trainee), permissions.reads_result(user, review)
    texts = permissions.reads_texts(user, review)
    works = permissions.can_work_review(user, review)
    return {
        "object": review,
        "steps": [
            (step, _link(user, review, step.key, works=works))
            for step in steps_of(review, texts=texts, own=own, result=result)
        ],
        "waits": waiting_step(review),
        "hint": not_yet(review) if waiting_step(review) == FILING else "",
        "next_url": _next(user, review, works=works),
        "is_late": review.filed_on is None and not term.is_cut_short and review.due_on < timezone.localdate(),
        "may_sign": permissions.can_sign_review(user, review),
        "may_unsign": permissions.can_unsign_review(user, review),
        "may_unfile": works and review.filed_on is not None,
        "may_void": works and review.filed_on is None,
        "reads_paper": permissions.reads_paper(user, review),
        "failed": result and permissions.is_failed(review),
    }


def earlier_review(user: "User", term: Any, review: TermReview) -> dict[str, Any]:
    """A review that was voided, or ended by prolonging the term, as far as its reader reads it."""
    review.term = term
    own, result = people.is_own(user, term.trainee), permissions.reads_result(user, review)
    return {
        "object": review,
        "conclusion": review.get_conclusion_display() if result and review.signed_on is not None else "",
        "proposal": review.proposal if permissions.reads_texts(user, review) or (own and result) else "",
        "reads_paper": review.prolonged_on is not None and permissions.reads_paper(user, review),
        "may_restore": permissions.can_restore_review(user, review),
    }


def takes(review: TermReview, key: str) -> bool:
    """The step can be recorded or corrected as the review stands."""
    if review.filed_on is not None or review.prolonged_on is not None or review.term.is_cut_short:
        return False
    if key in BEFORE_SIGNING:
        return review.signed_on is None
    failed = permissions.is_failed(review)
    if key in AFTER_SIGNING:
        return review.signed_on is not None and not failed
    return failed if key == PROLONG else key == waiting_step(review)


def not_yet(review: TermReview) -> str:
    """Why the review cannot be filed today; empty where it can."""
    try:
        last_day(review)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def _link(user: "User", review: TermReview, key: str, *, works: bool) -> str:
    """Where the step is corrected: what is done already, as long as it can be changed."""
    if key == SUMMARY:
        return _page(review, key) if review.summary_on and permissions.can_write_summary(user, review) else ""
    days = {PAPERS: review.papers_on, TALKS: review.talks_on, PROPOSAL: review.proposed_on, NOTICE: review.notice_from}
    days[HAND_OVER] = review.handed_over_on
    return _page(review, key) if works and days.get(key) is not None and takes(review, key) else ""


def _next(user: "User", review: TermReview, *, works: bool) -> str:
    """Where the viewer records the step that waits."""
    key = waiting_step(review)
    if key == SUMMARY:
        return _page(review, key) if permissions.can_write_summary(user, review) else ""
    if key == FILING and not_yet(review):
        return ""
    return _page(review, key) if works and key in PAGES and takes(review, key) else ""


def _page(review: TermReview, key: str) -> str:
    return reverse(f"assignments:{PAGES[key]}", kwargs={"pk": review.pk})


def _report_page(user: "User", term: Any, report: Any) -> str:
    """The report's own page, for whom it opens: field research is not a liaison's (ACCESS.md)."""
    if report is None or not (people.is_own(user, term.trainee) or people.can_read_history(user, term.trainee)):
        return ""
    try:
        return reverse("assignments:project_detail", kwargs={"pk": report.pk})
    except NoReverseMatch:
        return ""
