"""The half-year report as a paper: what a print view, Word and PDF are made of."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cadre_app.core.documents import DocumentKind, Paper, document_kinds
from cadre_app.documents.wording import day_text
from cadre_app.mentorship.models import Half, MentorReport

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User

REPORT = "mentorship.report"
HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、")


def report_paper(user: "User", owner_id: UUID) -> Paper | None:
    """For whoever reads the report: the mentor, staff and leaders in whose scope all of its mentees are."""
    report = MentorReport.objects.visible_to(user).standing().select_related("mentor").filter(pk=owner_id).first()
    if report is None:
        return None
    values = report_values(report)
    return Paper(report, f"{values['title']}（{report.mentor.name}）", values)


def report_values(report: MentorReport) -> Mapping[str, Any]:
    """Title, half-year, sections (heading and paragraphs), who signs, and the day."""
    return {
        "title": "导师工作小结",
        "period": f"（{report.year}年{'上' if report.half == Half.FIRST else '下'}半年）",
        "sections": sections_of(report.text),
        "mentor": report.mentor.name,
        "day": day_text(paper_day(report)),
    }


def paper_url(report: MentorReport) -> str:
    """The address of its paper."""
    return reverse("documents:paper", kwargs={"kind": REPORT, "pk": report.pk})


def announce() -> None:
    """Called once, when the app is ready."""
    kind = DocumentKind(
        label=gettext_lazy("Mentor's half-year report"),
        word=Path(__file__).with_name("word") / "report.docx",
        html="mentorship/papers/report.html",
        paper=report_paper,
        page_of=lambda owner_id: reverse("mentorship:report_detail", kwargs={"pk": owner_id}),
        sample=SAMPLE,
    )
    document_kinds.register(REPORT, kind)


def sections_of(text: str) -> list[dict[str, Any]]:
    """Lines under the headings 一、 二、 they follow; what comes before the first has none."""
    found: list[dict[str, Any]] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        if HEADING.match(line):
            found.append({"heading": line, "paragraphs": []})
            continue
        if not found:
            found.append({"heading": "", "paragraphs": []})
        found[-1]["paragraphs"].append(line)
    return found


def paper_day(report: MentorReport) -> "date":
    """The day on which it was sent; before that, the day on which it was made."""
    return timezone.localdate(report.sent_at or report.generated_at)


SAMPLE: Mapping[str, Any] = {
    "title": "导师工作小结",
    "period": "（2026年上半年）",
    "sections": [{"heading": "一、总体情况", "paragraphs": ["上半年帮带1名同志，形成帮带记录6条。"]}],
    "mentor": "张某某",
    "day": "2026年7月5日",
}
