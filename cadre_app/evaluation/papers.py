"""群众评价结果 The result of one person on paper; there is no other way to take results out of the system."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.documents import DocumentKind, Paper, document_kinds
from cadre_app.documents.wording import day_text
from cadre_app.evaluation import permissions
from cadre_app.evaluation.models import Remark, Subject
from cadre_app.evaluation.reading import Spread, spreads
from cadre_app.evaluation.services.box import LEAST
from cadre_app.policy.values import CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

RESULT = "evaluation.result"
WORD = Path(__file__).resolve().parent / "word" / "result.docx"
RELATED = ("campaign__unit", "trainee__person", "trainee__home_unit")


def result_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For whoever reads the result."""
    subject = Subject.objects.visible_to(user).select_related(*RELATED).filter(pk=owner_id).first()
    if subject is None or not permissions.can_read_result(user, subject):
        return None
    remarks = Remark.objects.filter(subject=subject).order_by("pk")
    if not permissions.reads_remarks(user, subject):
        remarks = remarks.filter(is_released=True)
    texts = list(remarks.values_list("text", flat=True))
    return Paper(subject, f"群众评价结果（{subject.trainee.person.name}）", result_values(subject, texts))


def result_values(subject: Subject, remarks: list[str]) -> Mapping[str, Any]:
    """What the paper prints."""
    campaign, left_out = subject.campaign, subject.codes_left_out
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        "title": campaign.title,
        "trainee": subject.trainee.person.name,
        "unit": subject.trainee.home_unit.name,
        "place": campaign.unit.name,
        "period": _period(subject),
        "sheets": f"{subject.sheets}份",
        "left_out": f"另有{left_out}份扫码填写不足{LEAST}份，为防止推知个人意见，未计入结果。" if left_out else "",
        "lines": [_line(spread) for spread in spreads(subject)],
        "remarks": [f"{number}．{text}" for number, text in enumerate(remarks, start=1)],
        "counted_on": day_text(subject.decided_on or campaign.closes_on),
    }


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        RESULT,
        DocumentKind(
            label=_("Result of a community evaluation"),
            word=WORD,
            html="evaluation/papers/result.html",
            paper=result_paper,
            page_of=lambda owner_id: reverse("evaluation:result_detail", kwargs={"pk": owner_id}),
            sample=SAMPLE,
        ),
    )


def _period(subject: Subject) -> str:
    first, last = day_text(subject.campaign.opens_on), day_text(subject.last_day)
    return first if first == last else f"{first}至{last}"


def _line(spread: Spread) -> str:
    head = f"{spread.question.number}．{spread.question.text.zh}"
    if spread.is_small:
        return f"{head}作出判断的不足{spread.least}份，为防止推知个人意见，不列各项情况。"
    shares = "，".join(f"{share.text.zh}{share.count}份（{share.percent or '0%'}）" for share in spread.shares)
    left_out = f"另有{spread.left_out}份填“{spread.question.way_out.zh}”，不计入比例。" if spread.left_out else ""
    return f"{head}{shares}。{left_out}"


SAMPLE: Mapping[str, Any] = {
    "department": "中共某区委组织部",
    "title": "某村群众评价",
    "trainee": "李某某",
    "unit": "某镇",
    "place": "某村",
    "period": "2026年9月1日至2026年9月10日",
    "sheets": "24份",
    "left_out": "另有3份扫码填写不足10份，为防止推知个人意见，未计入结果。",
    "lines": [
        "1．他（她）经常到村里、到农户家中走动吗？经常18份（75%），有时6份（25%），很少0份（0%），没有见过0份（0%）。"
    ],
    "remarks": ["1．办事有回音，办不成也说清楚为什么。"],
    "counted_on": "2026年9月13日",
}
