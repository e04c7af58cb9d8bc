"""Talks of the fictional district (demo texts B9) as they stand on the as-of day, and what calls for the next ones.

Whoever is not named here has had a regular talk within the half year, but for a few whose talk is overdue.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.care.models import Occasion, ProblemState, TalkKind, TalkState, Topic
from cadre_app.care.services import plans, triggers
from cadre_app.care.services.bulk import NewProblem, NewTalk, add_talks_many
from cadre_app.people.models import Trainee

AT = time(15, 0)
OFFICE = "区委组织部谈话室"
RESTRICTED = (
    "该同志谈到近期睡眠不好，主要是征迁任务集中、担心辜负组织期望。谈话人肯定其工作，建议适当分工，并请镇党委安排轮休。"
)
RESPONSE = "该同志表示理解，愿意继续承担任务。"
OVERDUE = ("区慧敏", "查云帆", "朴正浩")
REGULAR_EVERY = 170
IN_HAND, ANSWERED, REVISITED = ProblemState.IN_HAND, ProblemState.ANSWERED, ProblemState.REVISITED
CLOSED, EXPLAINED, TO_ASSIGN = ProblemState.CLOSED, ProblemState.EXPLAINED, ProblemState.TO_ASSIGN


@dataclass(frozen=True)
class DemoProblem:
    """`due`: days from the as-of day."""

    text: str
    unit: str
    state: ProblemState
    due: int
    answer: str = ""


@dataclass(frozen=True)
class DemoTalk:
    """`day`: days from the as-of day, before it where the talk was held."""

    trainee: str
    occasion: Occasion
    state: TalkState
    day: int
    topics: tuple[Topic, ...]
    kind: TalkKind = TalkKind.ROUTINE
    by: str = "leader"
    place: str = OFFICE
    content: str = ""
    reason: str = ""
    problems: tuple[DemoProblem, ...] = field(default=())


def _done(text: str, unit: str, answer: str) -> DemoProblem:
    return DemoProblem(text, unit, CLOSED, -20, answer)


TALKS = (
    DemoTalk("林知远", Occasion.ARRIVAL, TalkState.CLOSED, -80, (Topic.ADAPTATION, Topic.PLANS), by="staff"),
    DemoTalk(
        "林知远", Occasion.ROUTINE, TalkState.FOLLOW_UP, -12, (Topic.VILLAGE,), place="梧头村村部", content=RESTRICTED,
        problems=(DemoProblem("与驻村工作队分工不清", "梧岭镇党委", IN_HAND, 9),),
    ),
    DemoTalk("陈嘉穗", Occasion.ARRIVAL, TalkState.CLOSED, -78, (Topic.ADAPTATION,), by="staff"),
    DemoTalk("陈嘉穗", Occasion.ROUTINE, TalkState.BOOKED, 3, (Topic.TRAINING, Topic.LIVING), by="staff"),
    DemoTalk(
        "黄雨桐", Occasion.ROUTINE, TalkState.FOLLOW_UP, -40, (Topic.LIVING, Topic.VILLAGE), place="潮前村村部",
        problems=(
            DemoProblem("村部宿舍冬季热水不足", "潮音镇党政办", ANSWERED, -3, "已加装电热水器，水压已调整。"),
        ),
    ),
    DemoTalk(
        "吴承翰", Occasion.COMMENDED, TalkState.HELD, -6, (Topic.HARD_TASKS, Topic.STRENGTHS), TalkKind.FEEDBACK,
        content="该同志对台风期间两次报数不一致作了说明，谈话人肯定其及时更正，提醒今后核对到人到户。",
    ),
    DemoTalk(
        "郑可欣", Occasion.TERM_MIDDLE, TalkState.FOLLOW_UP, -33, (Topic.VILLAGE, Topic.LIVING), by="staff",
        place="云坪乡会议室",
        problems=(DemoProblem("到村公共交通末班车过早，晚上开会返程困难", "云坪乡政府", IN_HAND, -5),),
    ),
    DemoTalk(
        "蔡文琪", Occasion.ROUTINE, TalkState.CLOSED, -95, (Topic.TRAINING,), by="staff",
        problems=(_done("希望参加公文写作培训", "区委党校", "已列入本季度点单课程。"),),
    ),
    DemoTalk("蔡文琪", Occasion.ROUTINE, TalkState.PLANNED, 14, (Topic.ADAPTATION, Topic.STRENGTHS)),
    DemoTalk(
        "许哲宁", Occasion.SETBACK, TalkState.HELD, -9, (Topic.STRESS, Topic.HARD_TASKS), TalkKind.CARE,
        place="沧浦镇会议室", content=RESTRICTED,
    ),
    DemoTalk(
        "谢若楠", Occasion.ROUTINE, TalkState.FOLLOW_UP, -26, (Topic.TEAM, Topic.VILLAGE), place="石埕镇会议室",
        problems=(
            DemoProblem("同时承担三项临时任务，难以保证在村时间", "石埕镇党委", REVISITED, 2, "已调整为一项，每周在村不少于四天。"),
        ),
    ),
    DemoTalk("苏沐阳", Occasion.ROUTINE, TalkState.BOOKED, 0, (Topic.INTEGRITY, Topic.THOUGHT), place="东碣镇会议室"),
    DemoTalk("苏沐阳", Occasion.ASSESSMENT, TalkState.CLOSED, -150, (Topic.ASSESSMENT,), TalkKind.FEEDBACK),
    DemoTalk(
        "曾砚秋", Occasion.TERM_END, TalkState.FOLLOW_UP, -18, (Topic.NEXT_POST, Topic.PLANS),
        content="该同志希望期满后到区直综合部门工作。谈话人说明去向由组织统筹考虑，不作承诺。",
        problems=(
            DemoProblem(
                "希望有一次市直部门跟班学习机会", "区委组织部", EXPLAINED, 12, "到村任职期间一般不安排跟班学习，已说明政策。"
            ),
            DemoProblem("办公电脑老旧", "澜桥街道党政办", IN_HAND, 12),
        ),
    ),
    DemoTalk(
        "单一鸣", Occasion.RETURN, TalkState.CLOSED, -62, (Topic.ADAPTATION, Topic.VILLAGE), by="staff",
        place="港尾村村部",
    ),
    DemoTalk("解思源", Occasion.ROUTINE, TalkState.CANCELLED, -15, (Topic.THOUGHT,), by="staff", reason="本人参加防汛值守，另行安排"),
    DemoTalk("解思源", Occasion.ROUTINE, TalkState.PLANNED, 6, (Topic.THOUGHT,), by="staff"),
    DemoTalk("解思源", Occasion.ROUTINE, TalkState.CLOSED, -175, (Topic.VILLAGE,), by="staff"),
    DemoTalk(
        "仇雅文", Occasion.FAMILY, TalkState.FOLLOW_UP, -22, (Topic.FAMILY,), TalkKind.CARE, by="staff",
        problems=(DemoProblem("孩子入园手续咨询", "区教育局", ANSWERED, 5, "已告知所需材料，按学区登记。"),),
    ),
    DemoTalk(
        "盖新宇", Occasion.REQUEST, TalkState.FOLLOW_UP, -10, (Topic.STRESS, Topic.LIVING), TalkKind.CARE,
        place="潮音镇会议室",
        problems=(
            DemoProblem("体检安排在台风值守期间，申请改期", "区卫生健康局", IN_HAND, 4),
            DemoProblem("村部网络不稳定", "", TO_ASSIGN, 20),
        ),
    ),
    DemoTalk(
        "翟晓棠", Occasion.COMPLAINT, TalkState.HELD, -4, (Topic.VILLAGE, Topic.STRENGTHS), TalkKind.REMINDER, by="staff",
        content="群众反映台账更新不及时。该同志说明情况并作了检讨，谈话人要求两周内补齐。",
    ),
    DemoTalk("缪诗涵", Occasion.APPOINTMENT, TalkState.CLOSED, -55, (Topic.INTEGRITY, Topic.ADAPTATION), TalkKind.APPOINTMENT),
    DemoTalk("尉迟安", Occasion.ROUTINE, TalkState.BOOKED, 8, (Topic.PLANS,), by="staff"),
    DemoTalk("欧阳朔", Occasion.NEW_POST, TalkState.CLOSED, -70, (Topic.ADAPTATION, Topic.TEAM), TalkKind.APPOINTMENT),
    DemoTalk("万俟宁", Occasion.ROUTINE, TalkState.PLANNED, 20, (Topic.TRAINING,), by="staff"),
)  # fmt: skip
OCCASIONS = (
    ("邓书恒", Occasion.COMMENDED, 20, "调研报告获市级二等奖"),
    ("石可馨", Occasion.SETBACK, 33, "项目申报未通过"),
)
ROTATING = (
    (Topic.VILLAGE, Topic.TEAM),
    (Topic.ADAPTATION,),
    (Topic.TRAINING, Topic.PLANS),
    (Topic.INTEGRITY, Topic.THOUGHT),
    (Topic.HARD_TASKS, Topic.STRENGTHS),
    (Topic.LIVING, Topic.FAMILY),
)


def load_talks(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> None:
    """The talks, the occasions that wait for one, and a plan for everybody."""
    here = set(Trainee.objects.in_development().values_list("pk", flat=True))
    open_files = {name: file for name, file in files.items() if file.pk in here}
    told = [_talk(one, open_files[one.trainee], users, as_of) for one in TALKS if one.trainee in open_files]
    add_talks_many([*told, *_regular(open_files, users, as_of)], actor=None)
    for name, occasion, before, subject in OCCASIONS:
        if name in open_files:
            day = _after_arrival(open_files[name], as_of, -before)
            triggers.add_trigger(
                open_files[name], occasion=occasion, happened_on=day, subject=subject, actor=users["staff"]
            )
    plans.sweep_plans()


def _talk(one: DemoTalk, file: Trainee, users: dict[str, User], as_of: date) -> NewTalk:
    day = _after_arrival(file, as_of, one.day)
    is_held = one.state in (TalkState.HELD, TalkState.FOLLOW_UP, TalkState.CLOSED)
    is_booked = one.state == TalkState.BOOKED
    return NewTalk(
        trainee=file,
        planned_on=day,
        state=one.state,
        topics=tuple(one.topics),
        kind=one.kind,
        occasion=one.occasion,
        booked_at=timezone.make_aware(datetime.combine(day, AT)) if is_booked or is_held else None,
        place=one.place if is_booked or is_held else "",
        interviewer=users[one.by],
        held_on=day if is_held else None,
        content=one.content,
        response=RESPONSE if one.content else "",
        recorded_by=users["staff"] if is_held else None,
        closed_on=min(day + timedelta(days=3), as_of) if one.state == TalkState.CLOSED else None,
        cancel_reason=one.reason,
        problems=tuple(_problem(each, day, as_of, users["staff"]) for each in one.problems),
    )


def _problem(one: DemoProblem, held_on: date, as_of: date, staff: User) -> NewProblem:
    done: dict[str, Any] = {}
    if one.answer:
        done = {"answer": one.answer, "answered_on": max(held_on, as_of - timedelta(days=4))}
    if one.state in (REVISITED, CLOSED):
        done["revisited_on"] = max(held_on, as_of - timedelta(days=2))
    if one.state == CLOSED:
        done["closed_on"] = done["revisited_on"]
    due_on = max(as_of + timedelta(days=one.due), held_on)
    done["handler"] = staff if one.unit else None
    return NewProblem(text=one.text, handling_unit=one.unit, state=one.state, due_on=due_on, **done)


def _regular(files: dict[str, Trainee], users: dict[str, User], as_of: date) -> Iterator[NewTalk]:
    """One talk for everybody else who is long enough in service, spread over the half year; closed."""
    named = {one.trainee for one in TALKS if one.day < 0 and one.state != TalkState.CANCELLED}
    for number, (name, file) in enumerate(sorted(files.items())):
        before = 8 + number * 37 % (REGULAR_EVERY - 8) if name not in OVERDUE else 200 + number % 9
        day = as_of - timedelta(days=before)
        if name in named or day < file.arrived_on:
            continue
        yield NewTalk(
            trainee=file,
            planned_on=day,
            state=TalkState.CLOSED,
            topics=tuple(ROTATING[number % len(ROTATING)]),
            place=OFFICE,
            interviewer=users["staff" if number % 3 else "leader"],
            held_on=day,
            recorded_by=users["staff"],
            closed_on=day,
        )


def _after_arrival(file: Trainee, as_of: date, days: int) -> date:
    """The day as it is told, not before the person came, and a held one not after the as-of day."""
    day = as_of + timedelta(days=days)
    return day if days >= 0 else max(day, min(file.arrived_on + timedelta(days=1), as_of))
