"""Teachers, catalogue and sand-table scenarios of the district."""

from dataclasses import dataclass
from decimal import Decimal

from cadre_app.accounts.models import User
from cadre_app.demo.training.texts import COURSES, SCENARIOS
from cadre_app.people.services.bulk import write_many
from cadre_app.training.models import Assessment, Course, CourseFormat, CourseKind, Mode, Scenario, Teacher

SCHOOL = "区委党校"
# Name, unit, title, from outside.
TEACHERS = (
    ("温绍儒", SCHOOL, "教研室主任", False),
    ("尹若蘅", SCHOOL, "讲师", False),
    ("贺长缨", "市融媒体中心", "高级编辑", True),
)
FORMATS = {
    CourseKind.INDUCTION: CourseFormat.LECTURE,
    CourseKind.FARM_POLICY: CourseFormat.LECTURE,
    CourseKind.ORGANISATION: CourseFormat.CASE,
    CourseKind.RURAL_METHODS: CourseFormat.SEMINAR,
    CourseKind.SAND_TABLE: CourseFormat.EXERCISE,
    CourseKind.WRITING: CourseFormat.EXPERT_TALK,
    CourseKind.OUTDOOR: CourseFormat.OUTDOOR,
}
GRADES = ([1], [1, 2], [2, 3], [1, 2, 3])
CAMP_KINDS = (CourseKind.FARM_POLICY, CourseKind.ORGANISATION, CourseKind.RURAL_METHODS)
ADVANCED_KINDS = (CourseKind.SAND_TABLE, CourseKind.WRITING, CourseKind.OUTDOOR)
INDUCTION_HOURS, SHORT, DAY = Decimal(72), Decimal(3), Decimal(6)
# Every so many of the courses on policy and law can be taken online.
ONLINE_EVERY = 5


@dataclass(frozen=True)
class Catalogue:
    """What the other parts of the demo choose from; courses by kind in the order of the texts."""

    teachers: list[Teacher]
    courses: dict[str, list[Course]]
    scenarios: list[Scenario]


def load_catalogue(users: dict[str, User]) -> Catalogue:
    """Everything of demo texts B4 and B5; the first teacher has the trainer's account."""
    staff = users["staff"]
    teachers = [
        Teacher(name=name, affiliation=unit, title=title, is_outside=outside, account=None)
        for name, unit, title, outside in TEACHERS
    ]
    teachers[0].account = users["trainer"]
    write_many(teachers, actor=staff, verb="training.teacher.added", reason="")
    courses = {
        kind: [_course(kind, number, title) for number, title in enumerate(titles)] for kind, titles in COURSES.items()
    }
    write_many([one for each in courses.values() for one in each], actor=staff, verb="training.course.added", reason="")
    through = Course.teachers.through
    through._default_manager.bulk_create(
        through(course=course, teacher=teachers[_teacher_of(kind, number)])
        for kind, each in courses.items()
        for number, course in enumerate(each)
    )
    scenarios = [Scenario(title=title, background=background, task=task) for title, background, task in SCENARIOS]
    write_many(scenarios, actor=staff, verb="training.scenario.added", reason="")
    return Catalogue(teachers, courses, scenarios)


def _course(kind: str, number: int, title: str) -> Course:
    is_induction = kind == CourseKind.INDUCTION
    is_online = kind == CourseKind.FARM_POLICY and number % ONLINE_EVERY == ONLINE_EVERY - 1
    hours = DAY if kind == CourseKind.OUTDOOR else SHORT
    return Course(
        title=title,
        kind=kind,
        format=CourseFormat.SELF_STUDY if is_online else FORMATS[CourseKind(kind)],
        mode=Mode.ONLINE if is_online else Mode.CLASSROOM,
        hours=INDUCTION_HOURS if is_induction and number == 0 else hours,
        assessment=_assessment(kind, number),
        grades=GRADES[number % len(GRADES)] if kind in CAMP_KINDS else [],
        for_advanced=kind in ADVANCED_KINDS,
    )


def _assessment(kind: str, number: int) -> str:
    if kind == CourseKind.INDUCTION and number == 0:
        return Assessment.MARKS
    return Assessment.PASS if kind == CourseKind.WRITING and number % 3 == 0 else Assessment.NONE


def _teacher_of(kind: str, number: int) -> int:
    """Writing is shared with the teacher from outside, everything else between the two of the Party school."""
    return 2 if kind == CourseKind.WRITING and number % 2 else number % 2
