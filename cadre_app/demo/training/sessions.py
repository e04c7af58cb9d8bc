"""A year of sessions: induction, the camp's, 52 opened from orders; what they gave, and what is coming."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.demo.training.catalogue import ADVANCED_KINDS, CAMP_KINDS, Catalogue
from cadre_app.people.models import Trainee
from cadre_app.people.services.bulk import write_many
from cadre_app.policy.workdays import add_workdays, workdays_before
from cadre_app.training.models import (
    Assessment,
    Attendance,
    Camp,
    CampMember,
    ClassMeeting,
    Course,
    CourseKind,
    CourseSession,
    Enrolment,
    FeedbackReceipt,
    FeedbackSheet,
    HoursEntry,
    HoursSource,
    News,
    Origin,
    Outcome,
    Place,
    PlaceNews,
    Presence,
    Programme,
    Result,
    SessionState,
    Teacher,
)

ON_DEMAND = 52
# Days between two sessions opened from orders: with the days off that are stepped back over, all lie inside the year.
EVERY = 6.7
MORNING, NOON, AFTERNOON, EVENING = time(9, 0), time(12, 0), time(14, 0), time(17, 0)
ROOMS = ("区委党校203教室", "区委党校报告厅", "区委党校沙盘室", "望屿区民兵训练基地")
PASS_AT = 70
ZERO, CLASS_HOURS, DAY_HOURS = Decimal(0), Decimal(3), Decimal(6)
PRESENT, LATE, EXCUSED = (Presence.PRESENT, ZERO), (Presence.LATE, ZERO), (Presence.EXCUSED, None)
SUGGESTIONS = ("多讲改稿、少讲理论。", "案例很贴近村里，希望发一份提纲。", "希望多安排互动。", "")


@dataclass
class Plan:
    """One session of the demo, as it is to stand."""

    course: Course
    days: list[date]
    people: list[Trainee]
    programme: str
    teacher: Teacher | None
    number: int
    state: str = SessionState.POSTED
    capacity: int = 0
    camp: Camp | None = None
    grades: list[int] = field(default_factory=list)
    is_on_demand: bool = False
    takes_sign_ups: bool = False
    waiting: list[Trainee] = field(default_factory=list)
    is_recorded: bool = True


class Loader:
    """Collects rows and writes each kind at once."""

    def __init__(self, users: dict[str, User], as_of: date) -> None:
        self.users, self.as_of = users, as_of
        self.rows: dict[str, list[Any]] = {
            name: [] for name in ("sessions", "meetings", "enrolments", "attendances", "hours")
        }

    def write(self) -> None:
        """Everything that was added, in the order of its references."""
        verbs = {
            "sessions": "training.coursesession.created",
            "meetings": "training.classmeeting.added",
            "enrolments": "training.enrolment.placed",
            "attendances": "training.attendance.recorded",
            "hours": "training.hoursentry.entered",
        }
        for name, verb in verbs.items():
            write_many(self.rows[name], actor=self.users["staff"], verb=verb, reason="")
        kinds = {Place.ENROLLED: News.INVITED, Place.WAITING: News.WAITING}
        PlaceNews.objects.bulk_create(
            PlaceNews(enrolment=row, kind=kinds[row.place], told_on=timezone.localdate(row.placed_at))
            for row in self.rows["enrolments"]
            if row.told_at is None
        )
        self.rows = {name: [] for name in self.rows}

    def add(self, plan: Plan, orders: dict[Any, Any] | None = None) -> CourseSession:
        """One session with everything that hangs on it."""
        session = self._session(plan)
        meetings = list(self._meetings(session, plan))
        self.rows["sessions"].append(session)
        self.rows["meetings"] += meetings
        for index, trainee in enumerate(plan.people):
            enrolment = self._enrolment(session, trainee, plan, (orders or {}).get(trainee.pk))
            self.rows["enrolments"].append(enrolment)
            self._attend(enrolment, meetings, plan, index)
        for index, trainee in enumerate(plan.waiting):
            row = self._enrolment(session, trainee, plan, (orders or {}).get(trainee.pk), place=Place.WAITING)
            row.placed_at += timedelta(minutes=index + 1)
            self.rows["enrolments"].append(row)
        return session

    def _session(self, plan: Plan) -> CourseSession:
        ended = timezone.make_aware(datetime.combine(plan.days[-1], EVENING))
        is_held = plan.state in (SessionState.FINISHED, SessionState.POSTED)
        return CourseSession(
            course=plan.course,
            kind=plan.course.kind,
            assessment=plan.course.assessment,
            programme=plan.programme,
            camp=plan.camp,
            grades=plan.grades,
            teacher=plan.teacher,
            place=ROOMS[_room(plan)],
            capacity=plan.capacity or max(len(plan.people), 24),
            hours=plan.course.hours,
            mode=plan.course.mode,
            state=plan.state,
            starts_on=plan.days[0],
            ends_on=plan.days[-1],
            enrolled=len(plan.people),
            is_on_demand=plan.is_on_demand,
            takes_sign_ups=plan.takes_sign_ups,
            finished_at=ended if is_held else None,
            posted_at=ended if plan.state == SessionState.POSTED else None,
        )

    def _meetings(self, session: CourseSession, plan: Plan) -> Iterator[ClassMeeting]:
        hours = plan.course.hours / len(plan.days)
        for day in plan.days:
            is_past = day < self.as_of and plan.is_recorded
            yield ClassMeeting(
                session=session,
                held_on=day,
                starts_at=AFTERNOON if hours <= CLASS_HOURS and plan.number % 2 else MORNING,
                ends_at=NOON if hours <= CLASS_HOURS and not plan.number % 2 else EVENING,
                hours=hours,
                recorded_at=timezone.make_aware(datetime.combine(day, EVENING)) if is_past else None,
            )

    def _enrolment(
        self, session: CourseSession, trainee: Trainee, plan: Plan, order: Any, place: str = Place.ENROLLED
    ) -> Enrolment:
        invited = max(min(plan.days[0] - timedelta(days=14), self.as_of), trainee.arrived_on)
        moment = timezone.make_aware(datetime.combine(invited, MORNING))
        origins = {Programme.CAMP: Origin.CAMP, Programme.ADVANCED: Origin.ORDER if order else Origin.STAFF}
        knows = plan.days[0] <= self.as_of or plan.number % 3 == 0
        return Enrolment(
            session=session,
            trainee=trainee,
            order=order,
            origin=origins.get(Programme(plan.programme), Origin.STAFF),
            place=place,
            placed_at=moment,
            told_at=moment if knows and place == Place.ENROLLED else None,
        )

    def _attend(self, enrolment: Enrolment, meetings: list[ClassMeeting], plan: Plan, index: int) -> None:
        """Mostly there; now and then late or excused. What was missed, the outcome and the hours follow from it."""
        missed = ZERO
        for step, meeting in enumerate(meetings):
            if meeting.recorded_at is None:
                continue
            presence, lost = _presence(plan.number, index, step, len(meetings))
            away = meeting.hours if lost is None else lost
            missed += away
            row = Attendance(meeting=meeting, enrolment=enrolment, presence=presence, missed_hours=away)
            self.rows["attendances"].append(row)
        if plan.state not in (SessionState.FINISHED, SessionState.POSTED):
            return
        enrolment.missed_hours = missed
        total = plan.course.hours
        enrolment.outcome = (
            Outcome.ABSENT if missed >= total else Outcome.WITHDRAWN if missed * 7 > total else Outcome.COMPLETED
        )
        if enrolment.outcome != Outcome.COMPLETED:
            return
        if plan.state == SessionState.POSTED:
            self._result(enrolment, plan, index)
            self.rows["hours"].append(
                HoursEntry(
                    trainee=enrolment.trainee,
                    earned_on=plan.days[-1],
                    hours=total,
                    mode=plan.course.mode,
                    source=HoursSource.SESSION,
                    enrolment=enrolment,
                )
            )

    def _result(self, enrolment: Enrolment, plan: Plan, index: int) -> None:
        if plan.course.assessment == Assessment.NONE:
            return
        enrolment.result, enrolment.result_on = Result.PASSED, plan.days[-1]
        if plan.course.assessment == Assessment.MARKS:
            enrolment.marks = Decimal(PASS_AT + (index * 7 + plan.number) % 28)


def _room(plan: Plan) -> int:
    kinds = {CourseKind.SAND_TABLE: 2, CourseKind.OUTDOOR: 3}
    return kinds.get(CourseKind(plan.course.kind), 1 if len(plan.people) > 20 else 0)  # noqa: PLR2004


def _presence(number: int, index: int, step: int, meetings: int) -> tuple[str, Decimal | None]:
    key = number * 5 + index * 3 + step
    if meetings == 1 and key % 41 == 0:
        return EXCUSED
    return LATE if key % 19 == 0 else PRESENT


def load_sessions(
    users: dict[str, User], files: dict[str, Trainee], catalogue: Catalogue, camps: list[Camp], as_of: date
) -> list[CourseSession]:
    """Everything but the sessions from orders (orders.py)."""
    loader = Loader(users, as_of)
    made = [loader.add(plan) for plan in (*_induction(files, catalogue, as_of), *_camp(catalogue, camps, as_of))]
    loader.write()
    return made


def _induction(files: dict[str, Trainee], catalogue: Catalogue, as_of: date) -> Iterator[Plan]:
    """Twelve days in September for everybody who reported for duty that year."""
    course = catalogue.courses[CourseKind.INDUCTION][0]
    years = sorted({file.arrived_on.year for file in files.values()})
    for number, year in enumerate(years):
        days = _induction_days(year)
        first = days[0]
        people = [file for file in _here(files.values(), first) if file.arrived_on.year == year]
        if not people or (first > as_of and year != as_of.year):
            continue
        state = SessionState.POSTED if days[-1] < as_of - timedelta(days=2) else SessionState.OPEN
        yield Plan(course, days, people, Programme.INDUCTION, catalogue.teachers[0], number, state, capacity=40)


def _induction_days(year: int) -> list[date]:
    first = add_workdays(date(year, 9, 4), 0)
    return [add_workdays(first, step) if step else first for step in range(12)]


def _camp(catalogue: Catalogue, camps: list[Camp], as_of: date) -> Iterator[Plan]:
    """Every three weeks one day for one grade or two, of the camp that ran on the day."""
    members = list(CampMember.objects.filter(camp__in=camps).select_related("trainee", "camp"))
    for number in range(18):
        day = workdays_before(as_of - timedelta(days=4 + number * 20), 0)
        days = _induction_days(day.year)
        if days[0] <= day <= days[-1]:  # the newcomers are taken then
            day = workdays_before(days[0], 1)
        grades = ([1], [2, 3], [1, 2], [3])[number % 4]
        camp = next((one for one in camps if one.reference_on <= day), None)
        kind = CAMP_KINDS[number % len(CAMP_KINDS)]
        course = catalogue.courses[kind][number // len(CAMP_KINDS)]
        people = [
            each.trainee
            for each in members
            if each.camp == camp
            and each.grade in grades
            and not each.paused_reason
            and (each.left_on is None or each.left_on > day)
        ]
        if people and camp is not None:
            teacher = catalogue.teachers[number % 2]
            yield Plan(course, [day], people, Programme.CAMP, teacher, number, camp=camp, grades=grades)


def _here(files: Iterable[Trainee], day: date) -> list[Trainee]:
    found = [file for file in files if file.arrived_on <= day and (file.departed_on is None or file.departed_on > day)]
    return sorted(found, key=lambda file: file.file_number)


def advanced_on(files: Iterable[Trainee], day: date) -> list[Trainee]:
    """Those whose village term had ended on `day`."""
    return [file for file in _here(files, day) if file.term_ends_on is not None and file.term_ends_on < day]


def demand_days(as_of: date) -> list[date]:
    """The days of the sessions opened from orders, oldest first; all inside the twelve months."""
    days = [workdays_before(as_of - timedelta(days=2 + int(step * EVERY)), 0) for step in range(ON_DEMAND)]
    return sorted(days)


def demand_course(catalogue: Catalogue, number: int) -> Course:
    kind = ADVANCED_KINDS[number % len(ADVANCED_KINDS)]
    courses = catalogue.courses[kind]
    return courses[number // len(ADVANCED_KINDS) % len(courses)]


def load_feedback(sessions: list[CourseSession]) -> None:
    """Sheets on the sessions that ended last; one in four says nothing."""
    sheets, receipts = [], []
    for number, session in enumerate([one for one in sessions if one.posted_at][-12:]):
        roster = session.enrolments.filter(outcome=Outcome.COMPLETED).order_by("trainee__file_number")
        for index, enrolment in enumerate(roster):
            if (index + number) % 4 == 0:
                continue
            rating = 4 - (index + number) % 7 // 5
            text = SUGGESTIONS[(index + number) % len(SUGGESTIONS)] if index % 5 == 0 else ""
            sheets.append(
                FeedbackSheet(
                    session=session, content=rating, teaching=4, usefulness=max(rating - index % 2, 2), text=text
                )
            )
            receipts.append(FeedbackReceipt(enrolment=enrolment))
    FeedbackSheet.objects.bulk_create(sheets)
    FeedbackReceipt.objects.bulk_create(receipts)
