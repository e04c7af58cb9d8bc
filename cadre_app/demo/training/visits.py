"""Study visits of the year on the routes of demo texts B6, and courses taken elsewhere."""

from datetime import date, timedelta
from decimal import Decimal

from cadre_app.accounts.models import User
from cadre_app.demo.training.texts import ROUTES
from cadre_app.people.models import Trainee
from cadre_app.people.services.bulk import write_many
from cadre_app.policy.workdays import add_workdays, workdays_before
from cadre_app.training.models import (
    HoursEntry,
    HoursSource,
    Mode,
    News,
    OutsideCourse,
    OutsideState,
    PlaceNews,
    Presence,
    StudyVisit,
    VisitMember,
    VisitRoute,
    VisitState,
)

HELD_BEFORE = (23, 76, 131, 201, 280)
NEXT_IN = 8
DAY_HOURS = Decimal(6)
REMARKS = (
    "刚到村时最怕开会，现在最怕漏接电话。",
    "最大的收获是学会把一件小事办到底。",
    "建议多安排跨镇交流，少发问卷。",
)
MEETS = "区委党校东门，上午8:00"
# Title, organiser, hours, mode, days before, state.
OUTSIDE = (
    ("全市基层治理专题培训班", "市委组织部", "24", Mode.CLASSROOM, 95, OutsideState.VERIFIED),
    ("乡村振兴网络专题班", "省干部网络学院", "16", Mode.ONLINE, 60, OutsideState.VERIFIED),
    ("农村集体“三资”管理培训", "市农业农村局", "12", Mode.CLASSROOM, 33, OutsideState.VERIFIED),
    ("公文写作能力提升网络班", "省干部网络学院", "20", Mode.ONLINE, 12, OutsideState.SUBMITTED),
    ("应急管理干部轮训", "市应急管理局", "18", Mode.CLASSROOM, 9, OutsideState.SUBMITTED),
    ("数字乡村专题培训", "市委党校", "18", Mode.CLASSROOM, 20, OutsideState.RETURNED),
)
RETURNED = "请补传结业证明。"
# Of the year before: title, organiser, hours, month and day it began on, days; all in the classroom.
LAST_YEAR = (
    ("科级及以下公务员全员轮训班", "市委党校", 40, (3, 10), 5),
    ("基层治理能力提升培训班", "市委组织部", 32, (6, 16), 4),
    ("乡村振兴业务骨干培训班", "市农业农村局", 24, (10, 20), 3),
)
# Every so many did not go to the second course, to the third.
STAYED_AWAY = (0, 9, 4)


def load_visits(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> None:
    """Routes, five visits held with their hours, one to come."""
    staff = users["staff"]
    routes = [VisitRoute(title=title, sites="\n".join(sites), topic=topic) for title, sites, topic in ROUTES]
    write_many(routes, actor=staff, verb="training.visitroute.created", reason="")
    visits, members, hours = [], [], []
    days = [workdays_before(as_of - timedelta(days=before), 0) for before in HELD_BEFORE]
    for number, day in enumerate((*days, add_workdays(as_of, NEXT_IN))):
        route = routes[number % len(routes)]
        is_held = day < as_of
        visit = StudyVisit(
            route=route,
            title=route.title,
            visited_on=day,
            meets_at=MEETS,
            sites=route.sites,
            topic=route.topic,
            symposium_place="区委党校一号会议室",
            hours=DAY_HOURS,
            state=VisitState.POSTED if is_held else VisitState.PLANNED,
        )
        visits.append(visit)
        for index, file in enumerate(_people(files, day, number)):
            member = _member(visit, file, index) if is_held else VisitMember(visit=visit, trainee=file)
            members.append(member)
            if member.presence == Presence.PRESENT:
                hours.append(
                    HoursEntry(
                        trainee=file,
                        earned_on=day,
                        hours=DAY_HOURS,
                        mode=Mode.CLASSROOM,
                        source=HoursSource.VISIT,
                        visit=member,
                    )
                )
    write_many(visits, actor=staff, verb="training.studyvisit.planned", reason="")
    write_many(members, actor=staff, verb="training.visitmember.added", reason="")
    write_many(hours, actor=staff, verb="training.hoursentry.entered", reason="")
    PlaceNews.objects.bulk_create(
        PlaceNews(member=member, kind=News.INVITED, told_on=as_of)
        for member in members
        if member.visit.state == VisitState.PLANNED
    )


def _people(files: dict[str, Trainee], day: date, number: int) -> list[Trainee]:
    found = [file for file in files.values() if file.arrived_on <= day]
    here = [file for file in found if file.departed_on is None or file.departed_on > day]
    ordered = sorted(here, key=lambda file: file.file_number)
    return [file for index, file in enumerate(ordered) if (index + number) % 3 == 0]


def _member(visit: StudyVisit, file: Trainee, index: int) -> VisitMember:
    is_away = index % 13 == 12  # noqa: PLR2004
    says = not is_away and index % 5 == 0
    return VisitMember(
        visit=visit,
        trainee=file,
        presence=Presence.EXCUSED if is_away else Presence.PRESENT,
        at_symposium=not is_away,
        remarks=REMARKS[index // 5 % len(REMARKS)] if says else "",
    )


def load_outside(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> None:
    """Courses taken elsewhere: those of last year and some of this one verified, some waiting, one returned."""
    ordered = sorted((file for file in files.values() if file.departed_on is None), key=lambda file: file.file_number)
    rows, hours = _of_last_year(ordered, as_of, users["staff"])
    for number, (title, organiser, count, mode, before, state) in enumerate(OUTSIDE):
        day = as_of - timedelta(days=before)
        takers = [file for file in ordered if file.arrived_on < day - timedelta(days=5)]
        for file in takers[number::9] if state == OutsideState.VERIFIED else takers[number * 3 : number * 3 + 2]:
            is_verified = state == OutsideState.VERIFIED
            row = OutsideCourse(
                trainee=file,
                title=title,
                organiser=organiser,
                started_on=day - timedelta(days=3),
                ended_on=day,
                hours=Decimal(count),
                mode=mode,
                state=state,
                submitted_on=min(day + timedelta(days=2), as_of),
                return_reason=RETURNED if state == OutsideState.RETURNED else "",
                verified_on=min(day + timedelta(days=6), as_of) if is_verified else None,
                verified_by=users["staff"] if is_verified else None,
            )
            rows.append(row)
            if is_verified:
                hours.append(_hours_of(row))
    write_many(rows, actor=users["staff"], verb="training.outsidecourse.submitted", reason="")
    write_many(hours, actor=users["staff"], verb="training.hoursentry.entered", reason="")


def _of_last_year(files: list[Trainee], as_of: date, staff: User) -> tuple[list[OutsideCourse], list[HoursEntry]]:
    """What most people earned the hours of the year before with, on days on which nothing else gave them any."""
    busy = set(HoursEntry.objects.filter(earned_on__year=as_of.year - 1).values_list("trainee", "earned_on"))
    rows = []
    for number, (title, organiser, count, (month, day), length) in enumerate(LAST_YEAR):
        first = date(as_of.year - 1, month, day)
        days = [first + timedelta(days=each) for each in range(length)]
        for index, file in enumerate(files):
            away = STAYED_AWAY[number] and index % STAYED_AWAY[number] == STAYED_AWAY[number] - 1
            if away or file.arrived_on > first or any((file.pk, each) in busy for each in days):
                continue
            rows.append(
                OutsideCourse(
                    trainee=file,
                    title=title,
                    organiser=organiser,
                    started_on=first,
                    ended_on=days[-1],
                    hours=Decimal(count),
                    mode=Mode.CLASSROOM,
                    state=OutsideState.VERIFIED,
                    submitted_on=days[-1] + timedelta(days=2),
                    verified_on=days[-1] + timedelta(days=6),
                    verified_by=staff,
                )
            )
    return rows, [_hours_of(row) for row in rows]


def _hours_of(row: OutsideCourse) -> HoursEntry:
    return HoursEntry(
        trainee=row.trainee,
        earned_on=row.ended_on,
        hours=row.hours,
        mode=row.mode,
        source=HoursSource.OUTSIDE,
        outside=row,
    )
