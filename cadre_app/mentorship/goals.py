"""The goals that a new pairing starts with, in Chinese as agreements are written (demo-texts B7); staff edit them."""

from cadre_app.mentorship.models import GoalSide, MentorKind, Pairing, PairingGoal

ADDED_LATER = "（协议签订后新增）"

MENTOR = {
    MentorKind.POLITICAL: (
        "每月至少与帮带对象谈一次思想和工作，每半年指导参加一次党委（党组）理论学习或重要会议；指导完成一项急难工作并复盘。",
        "帮助制定两年成长计划，明确熟悉业务、独立承担、带头攻坚三个阶段的任务。",
    ),
    MentorKind.COMMUNITY: (
        "三个月内带着走遍各自然村（小组），半年内独立入户，一年内能独立调解一般邻里纠纷。",
        "指导参与“四议两公开”全过程不少于两次，独立主持一次村民小组会议。",
    ),
}
MENTEE = {
    MentorKind.POLITICAL: ("到村任职期间完成一篇国情调研报告，办成一件群众看得见的实事。",),
    MentorKind.COMMUNITY: ("一年内走访农户不少于全村户数的三分之二，两年内全部走访一遍，记好民情台账。",),
}
BOTH = ("坚持实事求是，不以帮带名义安排与工作无关的事项，不增加基层负担。",)


def usual_goals(kind: str) -> list[tuple[GoalSide, str]]:
    """Whose it is and the goal, in the order of the agreement."""
    of_kind = MentorKind(kind)
    return [
        *((GoalSide.MENTOR, text) for text in MENTOR[of_kind]),
        *((GoalSide.TRAINEE, text) for text in MENTEE[of_kind]),
        *((GoalSide.BOTH, text) for text in BOTH),
    ]


def goals_for_paper(pairing: Pairing) -> list[tuple[GoalSide, str]]:
    """The goals as the agreement prints them; what was added after it was signed says so."""
    rows = PairingGoal.objects.standing().filter(pairing=pairing).order_by("position", "pk")
    is_signed = pairing.signed_on is not None
    return [(GoalSide(row.side), row.text + (ADDED_LATER if is_signed and not row.is_agreed else "")) for row in rows]
