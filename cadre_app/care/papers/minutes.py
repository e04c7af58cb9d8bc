"""座谈会纪要 the minutes as a paper: what a print view, Word and PDF are made of. Nothing restricted stands in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from cadre_app.care.models import Presence, Symposium
from cadre_app.core.documents import DocumentKind, Paper, document_kinds
from cadre_app.documents.wording import day_text

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.care.models import Problem, Remark

MINUTES = "care.minutes"
NOBODY = "无"


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        MINUTES,
        DocumentKind(
            label=gettext_lazy("Minutes of a symposium"),
            word=Path(__file__).resolve().parent.parent / "word" / "minutes.docx",
            html="care/papers/minutes.html",
            paper=minutes_paper,
            page_of=lambda owner_id: reverse("care:symposium_detail", kwargs={"pk": owner_id}),
            sample=SAMPLE,
        ),
    )


def minutes_url(symposium: Symposium) -> str:
    """The address of the paper."""
    return reverse("documents:paper", kwargs={"kind": MINUTES, "pk": symposium.pk})


def minutes_paper(user: "User", owner_id: UUID) -> Paper | None:
    """For staff and leaders of the unit that held it, once it took place."""
    rows = Symposium.objects.worked_on(user).took_place().without_texts().select_related("unit")
    symposium = rows.filter(pk=owner_id).first()
    if symposium is None:
        return None
    return Paper(symposium, f"{symposium.title}纪要", minutes_values(symposium))


def minutes_values(symposium: Symposium) -> Mapping[str, Any]:
    """Time, place, who was there, the agenda, what was said, and what was raised with who takes care of it."""
    invited = list(
        symposium.invitations.standing().select_related("trainee__person").order_by("trainee__stroke_key", "pk")
    )
    by_presence = {
        presence: [one.trainee.person.name for one in invited if one.presence == presence] for presence in Presence
    }
    remarks = symposium.remarks.standing().select_related("trainee__person").order_by("created_at", "pk")
    problems = symposium.problems.standing().order_by("due_on", "pk")
    span = f"{symposium.starts_at:%H:%M}至{symposium.ends_at:%H:%M}"
    return {
        "title": f"{symposium.title}纪要",
        "time": f"{day_text(symposium.day)} {span}",
        "place": symposium.place,
        "chair": symposium.chair,
        "unit": symposium.unit.name,
        "present": _names(by_presence[Presence.PRESENT]),
        "excused": _names(by_presence[Presence.EXCUSED]),
        "absent": _names(by_presence[Presence.ABSENT]),
        "guests": _names(symposium.guest_names),
        "agenda": [f"{number}．{item}" for number, item in enumerate(symposium.agenda_items, 1)],
        "minutes": [line.strip() for line in symposium.minutes.splitlines() if line.strip()] or [NOBODY],
        "remarks": [_said(one) for one in remarks] or [NOBODY],
        "problems": [_raised(number, one) for number, one in enumerate(problems, 1)] or [NOBODY],
    }


def _names(names: list[str]) -> str:
    return "、".join(names) or NOBODY


def _said(remark: "Remark") -> str:
    if remark.is_anonymous:
        return f"不记名：{remark.text}"
    name = remark.trainee.person.name if remark.trainee is not None else remark.speaker
    return f"{name}：{remark.text}"


def _raised(number: int, problem: "Problem") -> str:
    unit = f"（{problem.handling_unit}办理，{day_text(problem.due_on)}前答复）" if problem.handling_unit else ""
    return f"{number}．{problem.text}{unit}"


SAMPLE: Mapping[str, Any] = {
    "title": "某区引进生、选调生上半年座谈会纪要",
    "time": "2026年5月4日 09:00至11:00",
    "place": "区委组织部会议室",
    "chair": "张某某",
    "unit": "某区委组织部",
    "present": "李某某、王某某",
    "excused": "无",
    "absent": "无",
    "guests": "无",
    "agenda": ["1．学习传达有关精神", "2．意见建议"],
    "minutes": ["会议听取了到村任职情况交流。"],
    "remarks": ["李某某：最大的收获是学会把一件小事办到底。"],
    "problems": ["1．建议多安排跨镇交流（区委组织部办理，2026年6月4日前答复）"],
}
