"""Symposiums and visits of the fictional district (demo texts B16, B20) as they stand on the as-of day."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from cadre_app.accounts.models import User
from cadre_app.care.models import Answer, Presence, ProblemState, SymposiumKind, SymposiumState, VisitState
from cadre_app.care.services.bulk import NewProblem
from cadre_app.care.services.meetings_bulk import (
    Invited,
    NewSymposium,
    NewVisit,
    Said,
    add_symposiums_many,
    add_visits_many,
)
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee

AGENDA = "学习传达有关精神\n到村任职情况交流（每人不超过5分钟）\n意见建议\n部领导讲话"
REMARKS = (
    "刚到村时最怕开会，现在最怕漏接电话。",
    "最大的收获是学会把一件小事办到底。",
    "建议多安排跨镇交流，少发问卷。",
    "希望写作课多讲改稿、少讲理论。",
)
MINUTES = "会议听取了到村任职情况交流，与会同志围绕到村履职、培训需求和生活保障提出意见建议。\n部领导逐项回应，要求有关单位按时答复。"
RAISED = ("建议多安排跨镇交流", "希望村部食堂改善夜间值班用餐", "希望增加驻村用车保障")
ANSWERS = ("已列入下季度片区交流安排。", "已商镇政府增设夜餐。", "已协调镇里统筹安排值班用车。")
NOTE = "会后个别同志反映任务安排不均，已请镇党委了解情况，暂不扩大知悉范围。"
HALL = "区委组织部会议室"
ON_LIST = 14
EXCUSED, LEAVE_ASKED, UNANSWERED, LAST, FIRST_MONTHS = 4, 5, 3, 3, 6
SPRING = {2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2028: (1, 26)}


@dataclass(frozen=True)
class DemoVisit:
    """`day`: days from the as-of day, before it where the visit was made."""

    trainee: str
    occasion: str
    state: VisitState
    day: int
    brought: str = ""
    summary: str = ""
    subject: str = ""
    place: str = ""
    note: str = ""
    reason: str = ""
    amount: int = 0
    problem: str = ""


VISITS = (
    DemoVisit(
        "盖新宇", "02", VisitState.CLOSED, -120, "慰问品一份", "术后恢复良好，已返岗。", place="区医院", amount=500
    ),
    DemoVisit("仇雅文", "03", VisitState.CLOSED, -21, "", note="家中情况已当面了解，请勿扩大知悉范围。", amount=1000),
    DemoVisit("黄雨桐", "06", VisitState.CLOSED, -88, "防暑用品", "汛期值守期间状态良好。", place="潮前村村部"),
    DemoVisit(
        "郑可欣", "07", VisitState.HELD, -16, "生活用品一批", "在村工作安心，往返交通不便。", place="云坪乡",
        problem="冬季宿舍取暖设备不足",
    ),
    DemoVisit("林知远", "07", VisitState.CLOSED, -25, "生活用品一份", "到村工作已适应，一切安好。", place="梧头村村部"),
    DemoVisit("谢若楠", "04", VisitState.CLOSED, -200, "贺信", "新婚，已协调婚假。"),
    DemoVisit("单一鸣", "08", VisitState.CLOSED, -52, "电话问候、慰问品一份", "中秋在村值班，一切安好。", place="港尾村村部"),
    DemoVisit("许哲宁", "07", VisitState.PLANNED, 5, subject="一线慰问", place="沧浦镇"),
    DemoVisit("石可馨", "02", VisitState.PLANNED, 2, place="区医院"),
    DemoVisit("邓书恒", "05", VisitState.CANCELLED, -30, reason="本人婉谢，改为电话问候"),
)  # fmt: skip


def load_meetings(users: dict[str, User], files: dict[str, Trainee], district: Unit, as_of: date) -> None:
    """The symposiums of a year and one that is coming; visits before the Spring Festival and on single occasions."""
    here = set(Trainee.objects.in_development().values_list("pk", flat=True))
    people = {name: file for name, file in sorted(files.items()) if file.pk in here}
    own = Trainee.objects.filter(person__account=users["trainee"]).values_list("pk", flat=True).first()
    # Whoever has an account is on every list, so that the phone pages hold something.
    first = sorted(people.values(), key=lambda file: (file.pk != own, file.person.name))
    staff = users["staff"]
    add_symposiums_many(_symposiums(first, staff, district, as_of), actor=None)
    told = [_visit(one, people[one.trainee], users["leader"], as_of) for one in VISITS if one.trainee in people]
    add_visits_many([*told, *_holidays(first, staff, as_of)], actor=None)


def _symposiums(files: list[Trainee], staff: User, district: Unit, as_of: date) -> list[NewSymposium]:
    known: dict[str, Any] = {
        "unit": district, "starts_at": time(9), "ends_at": time(11, 30), "place": HALL, "chair": "部长", "agenda": AGENDA,
        "prepared_by": staff,
    }  # fmt: skip
    made = [_held(files, known, as_of, days, turn) for turn, days in enumerate((-330, -215, -130, -20))]
    coming = as_of + timedelta(days=9)
    made.append(
        NewSymposium(
            title=f"望屿区引进生、选调生{_half(coming)[1]}座谈会", kind=_half(coming)[0], day=coming,
            state=SymposiumState.NOTIFIED, notified_on=as_of - timedelta(days=2), guests="区委党校培训科负责人",
            invited=tuple(_answers(file, number) for number, file in enumerate(_there_on(files, as_of)[:ON_LIST])), **known,
        )
    )  # fmt: skip
    later = as_of + timedelta(days=40)
    made.append(
        NewSymposium(
            title="片区交流座谈会", kind=SymposiumKind.QUARTER, day=later, state=SymposiumState.PLANNED, **known
        )
    )
    gone = as_of - timedelta(days=70)
    made.append(
        NewSymposium(
            title="新到岗同志座谈会", kind=SymposiumKind.TOPIC, day=gone, state=SymposiumState.CANCELLED,
            cancel_reason="防汛应急响应期间，另行安排", **known,
        )
    )  # fmt: skip
    return made


def _held(files: list[Trainee], known: dict[str, Any], as_of: date, days: int, turn: int) -> NewSymposium:
    day = as_of + timedelta(days=days)
    here = _there_on(files, day)
    there = [*here[:1], *here[1 + turn :][: ON_LIST - 1]]
    is_last = turn == LAST
    kind, half = _half(day)
    invited = tuple(
        Invited(
            trainee=file,
            answer=Answer.EXCUSED if number == EXCUSED else Answer.COMING,
            answer_reason="参加镇里值班" if number == EXCUSED else "",
            presence=Presence.EXCUSED if number == EXCUSED else Presence.PRESENT,
        )
        for number, file in enumerate(there)
    )
    speakers = [file for number, file in enumerate(there) if number != EXCUSED]
    said = [Said(text=text, trainee=file) for text, file in zip(REMARKS[:3], speakers, strict=False)]
    return NewSymposium(
        title=f"望屿区引进生、选调生{half}座谈会" if turn % 2 else "片区交流座谈会",
        kind=kind if turn % 2 else SymposiumKind.QUARTER,
        day=day,
        state=SymposiumState.HELD if is_last else SymposiumState.CLOSED,
        notified_on=day - timedelta(days=7),
        closed_on=None if is_last else day + timedelta(days=18),
        guests="区委党校培训科负责人\n区乡村振兴工作有关负责人",
        minutes=MINUTES,
        note=NOTE if is_last else "",
        invited=invited,
        remarks=(*said, Said(text=REMARKS[3])),
        problems=_raised(speakers, day, as_of, turn),
        **known,
    )


def _raised(
    speakers: list[Trainee], day: date, as_of: date, turn: int
) -> "tuple[tuple[Trainee | None, NewProblem], ...]":
    unit = {"handling_unit": "区委组织部"}
    if turn != LAST:
        done = day + timedelta(days=12)
        text = RAISED[turn]
        answer = {"answer": ANSWERS[turn], "answered_on": done, "revisited_on": done, "closed_on": done}
        problem = NewProblem(text=text, due_on=day + timedelta(days=30), state=ProblemState.CLOSED, **unit, **answer)  # type: ignore[arg-type]
        return ((speakers[0] if speakers else None, problem),)
    waiting = NewProblem(text="希望写作课多安排改稿实训", due_on=as_of + timedelta(days=10), handling_unit="区委党校")
    unnamed = NewProblem(
        text="建议减少重复填报的调查问卷", due_on=as_of + timedelta(days=14), state=ProblemState.TO_ASSIGN
    )
    return ((speakers[1] if len(speakers) > 1 else None, waiting), (None, unnamed))


def _answers(file: Trainee, number: int) -> Invited:
    if number == 0 or number % 4 == UNANSWERED:
        return Invited(trainee=file)
    if number == LEAVE_ASKED:
        return Invited(trainee=file, answer=Answer.EXCUSED, answer_reason="外出学习")
    return Invited(trainee=file, answer=Answer.COMING)


def _visit(one: DemoVisit, file: Trainee, visitor: User, as_of: date) -> NewVisit:
    day = as_of + timedelta(days=one.day)
    day = max(day, min(file.arrived_on + timedelta(days=1), as_of)) if one.day < 0 else day
    went = one.state in (VisitState.HELD, VisitState.CLOSED)
    due = as_of + timedelta(days=12)
    return NewVisit(
        trainee=file,
        occasion=one.occasion,
        subject=one.subject,
        planned_on=day,
        held_on=day if went else None,
        closed_on=day if one.state == VisitState.CLOSED else None,
        visitor=visitor,
        state=one.state,
        place=one.place,
        brought=one.brought,
        amount=Decimal(one.amount) if one.amount else None,
        basis="工会经费管理办法" if one.amount else "",
        summary=one.summary,
        note=one.note,
        cancel_reason=one.reason,
        problems=(NewProblem(text=one.problem, due_on=due, handling_unit="云坪乡党政办"),) if one.problem else (),
    )


def _holidays(files: list[Trainee], staff: User, as_of: date) -> list[NewVisit]:
    """春节前走访慰问 a week before the last Spring Festival, and planned where the next one is near."""
    found = []
    for year, (month, number) in SPRING.items():
        festival = date(year, month, number)
        day = festival - timedelta(days=7)
        if not as_of - timedelta(days=500) <= day <= as_of + timedelta(days=60):
            continue
        went = day <= as_of
        found += [
            NewVisit(
                trainee=file,
                occasion="01",
                subject="春节前走访慰问",
                planned_on=day,
                held_on=day if went else None,
                closed_on=day if went else None,
                visitor=staff,
                state=VisitState.CLOSED if went else VisitState.PLANNED,
                companions="所在单位党组织负责人",
                brought="慰问信、慰问品一份" if went else "",
                summary="工作生活安好，节日期间在岗值班。" if went else "",
            )
            for file in _there_on(files, day)[:10]
        ]
    return found


def _there_on(files: list[Trainee], day: date) -> list[Trainee]:
    return [file for file in files if file.arrived_on < day]


def _half(day: date) -> tuple[SymposiumKind, str]:
    first = day.month <= FIRST_MONTHS
    return (SymposiumKind.FIRST_HALF, "上半年") if first else (SymposiumKind.SECOND_HALF, "下半年")
