"""到村任职期满考核表 The form of the end review of a village term, as it is signed and handed over."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models import Leave, TermConclusion, TermReview
from cadre_app.assignments.permissions.term_reviews import reads_paper, reads_texts
from cadre_app.assignments.services.term_reviews import days_of_term, ends_on, has_report, report_of
from cadre_app.core.documents import DocumentKind, Mark, Paper, document_kinds
from cadre_app.documents.wording import day_text
from cadre_app.policy.values import CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

FORM = "assignments.term_review"
WORD = Path(__file__).resolve().parent.parent / "word" / "term_review.docx"
RELATED = ("term__village", "term__trainee__person", "term__trainee__home_unit")
CONCLUSIONS = {TermConclusion.PASSED: "合格", TermConclusion.FAILED: "不合格"}


def review_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For staff and leaders of the unit; for the person once it is filed."""
    rows = TermReview.objects.visible_to(user).standing().filter(term__voided_at=None)
    review = rows.select_related(*RELATED).filter(pk=owner_id).first()
    if review is None or not reads_paper(user, review):
        return None
    return Paper(
        review,
        f"到村任职期满考核表（{review.term.trainee.person.name}）",
        review_values(review, texts=reads_texts(user, review)),
    )


def review_values(review: TermReview, *, texts: bool = True) -> Mapping[str, Any]:
    """What the form prints; what is not there yet stays empty, and so does the proposal until it is signed off.

    `texts`: the department's reader; the person's copy leaves out what the page does not tell them.
    """
    is_signed = review.signed_on is not None
    term, trainee = review.term, review.term.trainee
    last = ends_on(term)
    with translation.override("zh-hans"):
        role = str(term.get_role_display())
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        "trainee": trainee.person.name,
        "unit": trainee.home_unit.name,
        "post": trainee.post,
        "village": term.village.name,
        "role": role,
        "since": day_text(term.started_on),
        "until": day_text(last) if last is not None else "",
        "leave": f"{_leave_days(review)}天",
        "report": _report(review, texts=texts),
        "summary": _lines(review.summary),
        "papers": _lines(review.finding_papers) if texts else [],
        "talks": f"走访党员群众{review.talks_held}人。" if review.talks_held else "",
        "proposal": _lines(review.proposal) if is_signed else [],
        "conclusion": CONCLUSIONS.get(TermConclusion(review.conclusion), "") if is_signed and review.conclusion else "",
        "notice": _notice(review),
    }


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        FORM,
        DocumentKind(
            label=_("Form of the end-of-village-term assessment"),
            word=WORD,
            html="assignments/papers/term_review.html",
            paper=review_paper,
            page_of=lambda owner_id: reverse(
                "assignments:term_detail", kwargs={"pk": TermReview.objects.get(pk=owner_id).term_id}
            ),
            sample=SAMPLE,
            mark=Mark.FOOT,
        ),
    )


def _leave_days(review: TermReview) -> int:
    return days_of_term(review.term, Leave.objects.taking().filter(term=review.term_id))


def _report(review: TermReview, *, texts: bool) -> str:
    if has_report(review.term):
        report = report_of(review.term)
        return f"《{report.title}》" if report is not None else ""
    if not review.no_report_reason:
        return ""
    return f"未提交电子稿（{review.no_report_reason}）" if texts else "未提交电子稿"


def _notice(review: TermReview) -> str:
    if review.notice_from is None or review.notice_until is None:
        return ""
    return f"自{day_text(review.notice_from)}至{day_text(review.notice_until)}公示。"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


SAMPLE: Mapping[str, Any] = {
    "department": "中共某区委组织部",
    "trainee": "李某某",
    "unit": "某镇",
    "post": "一级科员",
    "village": "某村",
    "role": "村党组织书记助理",
    "since": "2024年9月1日",
    "until": "2026年8月31日",
    "leave": "12天",
    "report": "《山货出村的最后一公里》",
    "summary": ["任职以来，走遍全村农户。"],
    "papers": ["材料齐全。"],
    "talks": "走访党员群众12人。",
    "proposal": ["该同志到村任职两年，吃住在村。"],
    "conclusion": "合格",
    "notice": "自2026年9月1日至2026年9月7日公示。",
}
