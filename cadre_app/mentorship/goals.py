"""The goals that a new pairing starts with, in Chinese as agreements are written (demo-texts B7); staff edit them."""

from dataclasses import dataclass

from cadre_app.mentorship.models import MentorKind, Pairing

MENTEE_NAME, BOTH_NAME = "帮带对象", "双方"
NAMES = ("政治导师", "政治淬炼导师", "群众工作导师", "导师", MENTEE_NAME, BOTH_NAME)

MENTOR = {
    MentorKind.POLITICAL: (
        "政治导师：每月至少与帮带对象谈一次思想和工作，每半年指导参加一次党委（党组）理论学习或重要会议；指导完成一项急难工作并复盘。",
        "政治导师：帮助制定两年成长计划，明确熟悉业务、独立承担、带头攻坚三个阶段的任务。",
    ),
    MentorKind.COMMUNITY: (
        "群众工作导师：三个月内带着走遍各自然村（小组），半年内独立入户，一年内能独立调解一般邻里纠纷。",
        "群众工作导师：指导参与“四议两公开”全过程不少于两次，独立主持一次村民小组会议。",
    ),
}
MENTEE = {
    MentorKind.POLITICAL: ("帮带对象：到村任职期间完成一篇国情调研报告，办成一件群众看得见的实事。",),
    MentorKind.COMMUNITY: ("帮带对象：一年内走访农户不少于全村户数的三分之二，两年内全部走访一遍，记好民情台账。",),
}
BOTH = ("双方：坚持实事求是，不以帮带名义安排与工作无关的事项，不增加基层负担。",)


def usual_goals(kind: str) -> str:
    """One goal a line, each with whose it is."""
    of_kind = MentorKind(kind)
    return "\n".join((*MENTOR[of_kind], *MENTEE[of_kind], *BOTH))


@dataclass(frozen=True)
class GoalLine:
    """One goal; `whose` is how papers name its side, empty where it says none."""

    whose: str
    text: str


def goals_for_paper(pairing: Pairing) -> list[GoalLine]:
    """The goals as the agreement prints them: one a line, with whose it is before the colon."""
    found = []
    for line in pairing.goals.splitlines():
        whose, colon, text = line.strip().partition("：")
        known = bool(colon) and whose in NAMES
        if line.strip():
            found.append(GoalLine(whose if known else "", text.strip() if known else line.strip()))
    return found
