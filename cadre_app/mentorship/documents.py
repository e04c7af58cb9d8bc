"""结对协议、聘书 The papers of a pairing: the agreement that three sign, and the letter of appointment of the mentor.

Neither tells why somebody else than the holder of an office was chosen, nor a phone number.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.documents import DocumentKind, Mark, Paper, Series, document_kinds
from cadre_app.core.guides import Guide, guides
from cadre_app.documents.wording import day_text
from cadre_app.mentorship.goals import goals_for_paper
from cadre_app.mentorship.models import GoalSide, MentorKind, Pairing
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.policies import AGREEMENT_PREFIX, LETTER_PREFIX, NOTE_DAYS
from cadre_app.people.models import OfficeHolding
from cadre_app.people.writing.posts import place_and_post
from cadre_app.policy.values import CORE_ORGANIZATION_NAME

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

AGREEMENT, LETTER = "mentorship.agreement", "mentorship.letter"
WORD = Path(__file__).with_name("word")
RELATED = ("trainee__person", "trainee__home_unit", "mentor", "office__unit")
ROLES = {MentorKind.POLITICAL: "政治淬炼导师", MentorKind.COMMUNITY: "群众工作导师"}
FIGURES = "一二三四五六七八九十"
MONTH = 31
FIRM = "不以帮带名义安排与工作无关的事项"
RULES = (
    "帮带记录如实、简要，不写入国家秘密、工作秘密、信访人信息以及与工作无关的个人隐私。",
    "帮带情况不打分、不排名。",
    "乙方职务变动或者丙方工作调动的，由甲方办理结对交接。",
)


def agreement_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For whoever sees the pairing: staff, leaders, the liaison, the mentor while it runs, the trainee."""
    pairing = _pairing(user, owner_id)
    if pairing is None:
        return None
    return Paper(
        pairing, f"结对协议（{pairing.trainee.person.name}、{pairing.mentor.name}）", agreement_values(pairing)
    )


def letter_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """As the agreement, but not for the trainee: it is handed to the mentor."""
    pairing = _pairing(user, owner_id)
    if pairing is None or not permissions.can_read_letter(user, pairing):
        return None
    return Paper(pairing, f"聘书（{pairing.mentor.name}）", letter_values(pairing))


def may_number(user: "User", owner_id: "UUID") -> bool:
    """Staff who work on the pairing."""
    pairing = _pairing(user, owner_id)
    return pairing is not None and permissions.can_number(user, pairing)


def agreement_values(pairing: Pairing) -> Mapping[str, Any]:
    """Parties, term, goals by side, how they keep in touch, and what all three hold to."""
    goals = goals_for_paper(pairing)
    both = [text for side, text in goals if side == GoalSide.BOTH]
    first = [] if any(FIRM in text for text in both) else [f"坚持实事求是，{FIRM}，不增加基层负担。"]
    return {
        **letter_values(pairing),
        "mentor": _with_post(pairing.mentor.name, _office_of(pairing)),
        "trainee": _with_post(
            pairing.trainee.person.name, place_and_post(pairing.trainee.home_unit.name, pairing.trainee.post)
        ),
        "goals": _by_side(goals),
        "ways": _numbered([f"乙方与丙方至少每{pairing.check_in_days}天见面一次。", _notes_text(pairing)]),
        "rules": _numbered([*both, *first, *RULES]),
    }


def letter_values(pairing: Pairing) -> Mapping[str, Any]:
    """Who appoints whom as what, for whom and for how long."""
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        "role": ROLES[MentorKind(pairing.kind)],
        "mentor": pairing.mentor.name,
        "trainee": pairing.trainee.person.name,
        "since": day_text(pairing.started_on),
        "until": day_text(pairing.due_on),
    }


def papers_of(user: "User", pairing: Pairing) -> list[tuple[Any, str]]:
    """Name and address of each paper that `user` may open, for the page of the pairing; no query."""
    if pairing.is_voided:
        return []
    kinds = [AGREEMENT, LETTER] if permissions.can_read_letter(user, pairing) else [AGREEMENT]
    return [
        (document_kinds[kind].label, reverse("documents:paper", kwargs={"kind": kind, "pk": pairing.pk}))
        for kind in kinds
    ]


def guides_of(trainee: "UUID") -> list[Guide]:
    """The mentors of running pairings, the political one first; one query."""
    running = Pairing.objects.running().filter(trainee=trainee).order_by("started_on", "pk")
    found = dict(running.values_list("kind", "mentor__name"))
    return [Guide(role, found[kind]) for kind, role in ROLES.items() if kind in found]


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(AGREEMENT, _kind("agreement", _("Pairing agreement"), agreement_paper, Mark.FOOT))
    document_kinds.register(LETTER, _kind("letter", _("Letter of appointment"), letter_paper, Mark.NONE))
    guides.register("mentorship", guides_of)


def _kind(name: str, label: Any, paper: Any, mark: Mark) -> DocumentKind:
    prefix = AGREEMENT_PREFIX if name == "agreement" else LETTER_PREFIX
    return DocumentKind(
        label=label,
        word=WORD / f"{name}.docx",
        html=f"mentorship/papers/{name}.html",
        paper=paper,
        page_of=lambda owner_id: reverse("mentorship:pairing_detail", kwargs={"pk": owner_id}),
        sample=SAMPLE,
        mark=mark,
        pages_numbered=name == "agreement",
        series=Series(f"mentorship.{name}", prefix.now),
        may_number=may_number,
    )


def _pairing(user: "User", owner_id: "UUID") -> Pairing | None:
    """A standing pairing that `user` sees; what is recorded by mistake goes on no paper."""
    return Pairing.objects.visible_to(user).standing().select_related(*RELATED).filter(pk=owner_id).first()


def _office_of(pairing: Pairing) -> str:
    """The office that makes the mentor one; of somebody chosen the first office held now, if any."""
    if pairing.office is not None:
        return pairing.office.in_full
    held = OfficeHolding.objects.current().filter(person=pairing.mentor_id).select_related("office__unit")
    first = held.order_by("office__unit__path", "office__order").first()
    return first.office.in_full if first is not None else ""


def _with_post(name: str, post: str) -> str:
    return f"{name}，{post}" if post else name


def _notes_text(pairing: Pairing) -> str:
    days = NOTE_DAYS.on(pairing.started_on)
    return "乙方每月撰写帮带记录不少于1次。" if days == MONTH else f"乙方至少每{days}天撰写一次帮带记录。"


def _by_side(goals: list[tuple[GoalSide, str]]) -> list[dict[str, Any]]:
    """The goals of the mentor and those of the mentee, each under its heading; a side without goals has none."""
    sides = (
        ("乙方目标", [text for side, text in goals if side == GoalSide.MENTOR]),
        ("丙方目标", [text for side, text in goals if side == GoalSide.TRAINEE]),
    )
    found = [(title, texts) for title, texts in sides if texts]
    return [
        {"title": f"（{FIGURES[number]}）{title}", "lines": [f"{count}．{text}" for count, text in enumerate(texts, 1)]}
        for number, (title, texts) in enumerate(found)
    ]


def _numbered(texts: list[str]) -> list[str]:
    """（一）… as articles are counted; past ten by figures."""
    marks = [*FIGURES, *(str(number) for number in range(len(FIGURES) + 1, len(texts) + 1))]
    return [f"（{mark}）{text}" for mark, text in zip(marks, texts, strict=False)]


SAMPLE: Mapping[str, Any] = {
    "department": "中共某区委组织部",
    "role": "政治淬炼导师",
    "mentor": "张某某，某某镇党委书记",
    "trainee": "李某某，某某镇科员",
    "since": "2026年9月1日",
    "until": "2028年8月31日",
    "goals": [
        {"title": "（一）乙方目标", "lines": ["1．每月至少与丙方谈一次思想和工作。"]},
        {"title": "（二）丙方目标", "lines": ["1．一年内走访农户不少于全村户数的三分之二。"]},
    ],
    "ways": ["（一）乙方与丙方至少每30天见面一次。"],
    "rules": ["（一）坚持实事求是，不以帮带名义安排与工作无关的事项。"],
}
