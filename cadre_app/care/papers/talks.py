"""谈心谈话登记表 The form of one talk: with its head alone before the talk, filled in afterwards.

What `documents` opens never holds a restricted text; views.sheets puts it in for whoever may read it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cadre_app.care.models import Problem, Talk
from cadre_app.core.documents import DocumentKind, Mark, Paper, document_kinds
from cadre_app.core.guides import guides
from cadre_app.documents.wording import day_text
from cadre_app.people.models import VillageTerm

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

SHEET = "care.talk"
WORD = Path(__file__).resolve().parent.parent / "word" / "talk.docx"
RELATED = ("trainee__person", "trainee__home_unit", "interviewer")
RESTRICTED = ["限定知悉"]
ROWS = 2  # room for what is raised


def talk_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For staff and leaders of the unit; what was said is left out."""
    rows = Talk.objects.worked_on(user).standing().without_texts().select_related(*RELATED)
    talk = rows.filter(pk=owner_id).first()
    if talk is None:
        return None
    return Paper(talk, f"谈心谈话登记表（{talk.trainee.person.name}）", talk_values(talk))


def talk_values(talk: Talk) -> Mapping[str, Any]:
    """What the form prints; what is not known yet stays empty, to be written by hand."""
    file = talk.trainee
    term = VillageTerm.objects.standing().filter(trainee=file, ended_on=None).select_related("village").first()
    named = [guide for room in guides.values() for guide in room(file.pk)]
    said = RESTRICTED if talk.has_texts else []
    with translation.override("zh-hans"):
        words = {
            "kind": str(talk.get_kind_display()),
            "occasion": str(talk.get_occasion_display()),
            "topics": talk.topics_text,
        }
    return {
        **words,
        "trainee": file.person.name,
        "unit": file.home_unit.name,
        "post": file.post,
        "village": term.village.name if term is not None else "",
        "mentors": "；".join(f"{guide.role}{guide.name}" for guide in named),
        "time": _time(talk),
        "place": talk.place,
        "interviewer": _interviewer(talk),
        "content": said,
        "response": said,
        "problems": _problems(talk),
    }


def lines_of(text: str) -> list[str]:
    """A text as the form prints it: one paragraph for each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        SHEET,
        DocumentKind(
            label=_("Form of a heart-to-heart talk"),
            word=WORD,
            html="care/papers/talk.html",
            paper=talk_paper,
            page_of=lambda owner_id: reverse("care:talk_detail", kwargs={"pk": owner_id}),
            sample=SAMPLE,
            mark=Mark.FOOT,
        ),
    )


def _time(talk: Talk) -> str:
    """When it was held, else for when it is booked; the clock only where the booking was for that day."""
    local = timezone.localtime(talk.booked_at) if talk.booked_at is not None else None
    day = talk.held_on or (local.date() if local is not None else None)
    if day is None:
        return ""
    return f"{day_text(day)}{local.hour}:{local.minute:02d}" if local and local.date() == day else day_text(day)


def _interviewer(talk: Talk) -> str:
    who = talk.interviewer
    return f"{who.display_name} {who.post}".strip() if who is not None else ""


def _problems(talk: Talk) -> list[dict[str, str]]:
    raised = Problem.objects.standing().filter(talk=talk).select_related("handler").order_by("due_on", "pk")
    lines = [
        {
            "text": one.text,
            "handled_by": f"{one.handling_unit}（{one.handler.display_name}）" if one.handler else one.handling_unit,
            "due": day_text(one.due_on),
            "answer": one.answer,
            "revisited": day_text(one.revisited_on) if one.revisited_on else "",
        }
        for one in raised
    ]
    empty = dict.fromkeys(("text", "handled_by", "due", "answer", "revisited"), "")
    return lines + [empty] * (ROWS - len(lines))


SAMPLE: Mapping[str, Any] = {
    "trainee": "李某某",
    "unit": "某镇",
    "post": "一级科员",
    "village": "某村",
    "mentors": "政治淬炼导师张某某；群众工作导师王某某",
    "kind": "日常",
    "occasion": "日常谈话",
    "topics": "在村工作与群众关系",
    "time": "2026年9月1日15:00",
    "place": "某镇会议室",
    "interviewer": "赵某某 干部科科长",
    "content": RESTRICTED,
    "response": RESTRICTED,
    "problems": [
        {
            "text": "办公电脑老旧",
            "handled_by": "党政办（赵某某）",
            "due": "2026年10月8日",
            "answer": "已更换",
            "revisited": "2026年10月20日",
        }
    ],
}
