"""工作简报 on paper: its own head and foot (demo-texts B17), the text, and the table of numbers with their counting rules."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.briefings import composing, services, snapshots
from cadre_app.briefings.models import Briefing, BriefingState
from cadre_app.core.documents import DocumentKind, Mark, Paper, document_kinds
from cadre_app.documents.wording import day_text
from cadre_app.policy.values import CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

BRIEFING = "briefings.briefing"
WORD = Path(__file__).resolve().parent / "word" / "briefing.docx"
UNISSUED: Mapping[str, str] = {BriefingState.DRAFT: "草稿", BriefingState.SUBMITTED: "待签发"}
RULES = "同一人多次派遣按人次计；任职定级不计入提拔晋升。"


def briefing_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For whoever reads the briefing; a voided one is no longer printed."""
    rows = Briefing.objects.visible_to(user).standing().select_related("unit")
    briefing = rows.filter(pk=owner_id).first()
    if briefing is None:
        return None
    year = (briefing.issued_on or briefing.as_of).year
    name = f"{briefing.unit.name}工作简报（{year}年{serial(briefing)}）"
    return Paper(briefing, name, paper_values(briefing), state=_state(briefing))


def _state(briefing: Briefing) -> str:
    """What stands across one that nobody has issued."""
    return UNISSUED.get(briefing.state, "")


def paper_values(briefing: Briefing) -> Mapping[str, Any]:
    """What the paper prints."""
    days = services.days_of(briefing)
    return {
        "department": department_of(briefing),
        "serial": serial(briefing),
        "day": day_text(briefing.issued_on or timezone.localdate()),
        "title": briefing.title,
        "parts": [{"head": head, "text": text} for _name, head, text in paragraphs(briefing)],
        "reported_to": briefing.reported_to,
        "sent_to": briefing.sent_to,
        "copies": str(briefing.copies),
        "period": f"{day_text(briefing.since)}至{day_text(briefing.as_of)}",
        "rows": [
            {
                "label": entry["label"],
                "number": f"{entry['number']}{entry['unit']}",
                "rule": entry["rule"] + _counted_note(entry, days),
            }
            for entry in briefing.figures
        ],
        "rules": RULES,
    }


def department_of(briefing: Briefing) -> str:
    """Its name on the day of the issue; of what is not issued, today's."""
    return briefing.department or CORE_ORGANIZATION_NAME.on(briefing.issued_on or timezone.localdate())


def serial(briefing: Briefing) -> str:
    """第 3 期; without a number room to write it."""
    return f"第 {briefing.number} 期" if briefing.number is not None else "第　期"


def paragraphs(briefing: Briefing) -> list[tuple[str, str, str]]:
    """Part, heading and text of each paragraph; a heading leads its paragraph."""
    found: list[tuple[str, str, str]] = []
    for name in ("opening", "stages", "practice", "following"):
        for line in filter(None, (line.strip() for line in getattr(briefing, name).splitlines())):
            found.append((name, *_split(line)))
    shortcomings, plans = (_written(briefing, text) for text in (briefing.shortcomings, briefing.plans))
    return found + [("last", *_split(line)) for line in composing.last_part(shortcomings, plans).splitlines()]


def _written(briefing: Briefing, text: str) -> str:
    """What was issued as it stands; of anything else that it is still to be written, where it says nothing."""
    is_final = briefing.state == BriefingState.ISSUED and text.strip()
    return text if is_final or composing.says_something(text) else composing.TO_BE_WRITTEN


def _counted_note(entry: dict[str, Any], days: snapshots.Days) -> str:
    """（沿用2025年1月1日至2025年12月31日的数字）: whose number it is, where it is not of this counting."""
    known = days.of(entry)
    if not days.are_of(entry):
        return f"（沿用{day_text(known.since)}至{day_text(known.as_of)}的数字）"
    return f"（保留{day_text(known.on)}统计的数字）" if "kept" in entry else ""


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        BRIEFING,
        DocumentKind(
            label=_("Briefing"),
            word=WORD,
            html="briefings/papers/briefing.html",
            paper=briefing_paper,
            page_of=lambda owner_id: reverse("briefings:briefing_detail", kwargs={"pk": owner_id}),
            sample=SAMPLE,
            mark=Mark.FOOT,
        ),
    )


def _split(line: str) -> tuple[str, str]:
    """一、递进式培养，帮助起好步。 and what follows; a line without such a heading has none."""
    found = composing.HEADING.match(line)
    return (found[0], line[found.end() :].lstrip()) if found is not None else ("", line)


SAMPLE: Mapping[str, Any] = {
    "department": "中共某区委组织部",
    "serial": "第 3 期",
    "day": "2026年11月23日",
    "title": "某区扎实做好引进生、选调生跟踪培养工作",
    "parts": [
        {"head": "", "text": "一年来，区委组织部围绕“选育管用”全链条，扎实做好引进生、选调生培养工作。"},
        {"head": "一、递进式培养，帮助起好步。", "text": "现有结对7对。"},
    ],
    "reported_to": "区委主要领导、分管领导，市委组织部。",
    "sent_to": "各乡镇（街道）党（工）委，区直各单位党组（党委）。",
    "copies": "30",
    "period": "2025年11月24日至2026年11月23日",
    "rows": [{"label": "双导师结对", "number": "7对", "rule": "两名导师均在帮带期内"}],
    "rules": RULES,
}
