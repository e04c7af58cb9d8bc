"""Guidance notes of the fictional district (demo texts B8), spread over the year before the as-of day, and its check-ins.

The three last ones are of pairings that were completed: they were written before the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.core.days import last_of_month
from cadre_app.mentorship.models import MentorKind, Pairing, Way
from cadre_app.mentorship.services.note_bulk import NewCheckIn, NewNote, add_check_ins_many, add_notes_many

POLITICAL, COMMUNITY = MentorKind.POLITICAL, MentorKind.COMMUNITY
READ_AT = time(8, 30)
PLACES = {POLITICAL: "会议室", COMMUNITY: "村部"}
# Nobody has met these for a while: the board and the desks have something to say.
UNMET: dict[tuple[str, str], int] = {("蔡文琪", COMMUNITY): 70, ("许哲宁", COMMUNITY): 45}
MET_BEFORE = timedelta(days=5)
PLANNED_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class DemoNote:
    """`before`: days before the as-of day, or before the end of a completed pairing. `step_days`: by when, counted from
    the note; 0 is the end of its month, None leaves the day open.
    """

    trainee: str
    kind: MentorKind
    way: Way
    before: int
    topic: str
    text: str
    step: str
    step_days: int | None = None
    is_read: bool = True
    answer: str = ""


NOTES = (
    DemoNote(
        "林知远", POLITICAL, Way.FACE, 12, "角色转变",
        "林知远到镇三个月，做事主动，但习惯先写材料再下村。和他谈了一个小时，要求把顺序倒过来：先到现场，再动笔。建议：每周至少两天在村，材料不超过一页。",
        "月底前交一份梧头村水渠问题的现场记录。", 0, answer="谢谢书记，水渠的现场记录月底前交。",
    ),
    DemoNote(
        "陈嘉穗", COMMUNITY, Way.VISIT, 6, "入户走访",
        "今天带小陈走了西坑组9户，听不懂方言的地方我当场翻译给他听。他记得细，但问话像查户口。教他先拉家常再问事。",
        "下周他自己走3户，我在后面听。", 7, is_read=False,
    ),
    DemoNote(
        "黄雨桐", COMMUNITY, Way.SITE, 16, "纠纷调解",
        "黄家和郑家为排水沟吵到村部。让雨桐主持，我在旁边。她先让两家各讲五分钟，再一起去看沟，最后定下两家各出一半工、村里出水泥。处理得稳。",
        "一周后回头看沟修好没有。", 7, answer="今天两家都同意了，沟已经开挖。",
    ),
    DemoNote(
        "吴承翰", POLITICAL, Way.PHONE, 74, "台风值守",
        "台风期间承翰负责渔排人员清点，两次报数不一致，及时发现并更正。提醒他：数字要到人、到户、签字，宁可慢五分钟。",
        "复盘写清三个教训。", 10, answer="三个教训已写好，放在附件里。",
    ),
    DemoNote(
        "蔡文琪", POLITICAL, Way.FACE, 128, "文稿修改",
        "一起改了乡村振兴半年小结，从3800字改到1500字。问题主要是套话多、数据没出处。要求每个数字注明来源。",
        "下次信息稿由他独立起草。",
    ),
    DemoNote(
        "郑可欣", COMMUNITY, Way.FIELD, 38, "集体经济",
        "和可欣去看了三块撂荒地，请老农讲土质和水源。她提出试种迟熟枇杷，想法可以，但还没算账。让她先把成本和销路列清楚再上会。",
        "两周内拿出一页测算表。", 14, is_read=False,
    ),
    DemoNote(
        "许哲宁", POLITICAL, Way.FACE, 21, "心态",
        "哲宁最近参加指挥部工作压力大，觉得征迁工作不被理解。和他说，被群众骂过才知道群众急什么。让他列出最难的三户，一户一策。",
        "我陪他走最难的一户。",
    ),
    DemoNote(
        "谢若楠", COMMUNITY, Way.SITE, 150, "村民会议",
        "第一次让若楠主持小组会，开头有点紧张，后面能接住话。表决程序没有漏。提醒：会前要先和几个老党员通气。",
        "村规民约修订由她牵头收集意见。",
    ),
    DemoNote(
        "苏沐阳", POLITICAL, Way.WRITTEN, 100, "廉洁",
        "节前给帮带对象发了提醒，讲了两条：不收土特产，不坐企业的车。沐阳回复说有企业送过海产，已退回并登记。做法对。",
        "把退回情况在支部会上说明。",
    ),
    DemoNote(
        "曾砚秋", POLITICAL, Way.FACE, 60, "期满打算",
        "砚秋到村任职还有两个月期满，自己想去区直单位。和他谈了优势和短板：群众工作扎实，综合文稿偏弱。建议先补写作课，再谈去向，一切服从组织安排。",
        "点一门公文写作课。",
    ),
)  # fmt: skip


def load_notes(as_of: date) -> None:
    """The ten notes and the check-ins of every running pairing, as they stand on `as_of`."""
    begun = Pairing.objects.standing().filter(started_on__lte=as_of).select_related("trainee__person")
    latest: dict[tuple[str, str], Pairing] = {}
    for pairing in begun.order_by("started_on"):
        latest[pairing.trainee.person.name, pairing.kind] = pairing
    add_notes_many([_note(one, latest[one.trainee, one.kind], as_of) for one in NOTES], actor=None)
    running = [pairing for pairing in latest.values() if pairing.ended_on is None]
    add_check_ins_many([new for pairing in running for new in _check_ins(pairing, as_of)], actor=None)


def _note(one: DemoNote, pairing: Pairing, as_of: date) -> NewNote:
    day = max((pairing.ended_on or as_of) - timedelta(days=one.before), pairing.started_on)
    read_on = min(day + timedelta(days=1), as_of)
    by = _step_day(one, day)
    is_done = by is not None and by < as_of and bool(one.answer)
    return NewNote(
        pairing=pairing,
        happened_on=day,
        way=one.way,
        topic=one.topic,
        text=one.text,
        next_step=one.step,
        next_step_on=by,
        next_step_done_on=by if is_done or (by is not None and pairing.ended_on is not None) else None,
        acknowledged_at=timezone.make_aware(datetime.combine(read_on, READ_AT)) if one.is_read else None,
        answer=one.answer,
    )


def _step_day(one: DemoNote, day: date) -> date | None:
    if one.step_days is None:
        return None
    if one.step_days:
        return day + timedelta(days=one.step_days)
    return last_of_month(day)


def _check_ins(pairing: Pairing, as_of: date) -> Iterator[NewCheckIn]:
    """Held by cadence until a few days ago, and the next one arranged; the unmet ones stopped earlier."""
    key = (pairing.trainee.person.name, pairing.kind)
    until = as_of - timedelta(days=UNMET.get(key, 0)) - MET_BEFORE
    known: Any = {"pairing": pairing, "place": PLACES[MentorKind(pairing.kind)]}
    step = timedelta(days=pairing.check_in_days)
    day = pairing.started_on + step
    while day <= until:
        yield NewCheckIn(planned_on=day, held_on=day, **known)
        day += step
    if key not in UNMET:
        yield NewCheckIn(planned_on=max(day, as_of + PLANNED_AFTER), **known)
