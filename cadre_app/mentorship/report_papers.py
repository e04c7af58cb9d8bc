"""The half-year report as a paper: what a print view, Word and PDF are made of."""

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from cadre_app.mentorship.models import Half, MentorReport

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User

HEADING = re.compile(r"^[一二三四五六七八九十]{1,3}、")


def report_context(user: "User", pk: UUID) -> dict[str, Any] | None:
    """Title, sections (heading and paragraphs), signature and day of a report that `user` may read, else None."""
    report = MentorReport.objects.visible_to(user).standing().select_related("mentor").filter(pk=pk).first()
    if report is None:
        return None
    return {
        "report": report,
        "title": "导师工作小结",
        "subtitle": f"（{report.year}年{'上' if report.half == Half.FIRST else '下'}半年）",
        "sections": sections_of(report.text),
        "signature": report.mentor.name,
        "day": paper_day(report),
    }


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
