"""The sheet of training history: courses given by others, entered by staff as verified, so that their hours count."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress, refuse_doubles
from cadre_app.core.tables import joined
from cadre_app.people.importing.records import (
    begin,
    changed_text,
    counted,
    examined_again,
    lock_made,
    made_of,
    name_subject,
    refuse_differing,
    write_in_chunks,
)
from cadre_app.people.importing.subjects import Subjects
from cadre_app.people.importing.units import UnitFinder
from cadre_app.policy import snapshot
from cadre_app.training.hours_wording import plain
from cadre_app.training.importing.columns import columns, examples
from cadre_app.training.models import HoursEntry, Mode, OutsideCourse
from cadre_app.training.permissions.rooms import works_here
from cadre_app.training.services.outside import folded, too_many_hours
from cadre_app.training.services.outside_bulk import NewCourse, enter_many, void_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

Line = tuple[UUID, date, date, str]


# Taken back to be verified anew it says the same; its hours are asked for themselves.
VERIFIED = ("state", "verified_by", "verified_on", "return_reason")


@dataclass(eq=False)
class Case:
    """One row with the course that it means."""

    row: ImportRow
    trainee: "Trainee | None" = None
    new: NewCourse | None = None

    @property
    def line(self) -> Line | None:
        """What makes two courses the same one: person, days, and title however it is written."""
        new = self.new
        return (new.trainee.pk, new.started_on, new.ended_on, folded(new.title)) if new is not None else None


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's file and what stands against the course; a fixed number of queries."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Enter all courses with their hours. Raises ValidationError where a row no longer means what was checked."""

    def write(cases: Sequence[Case]) -> list[Applied]:
        made = enter_many([case.new for case in cases if case.new is not None], actor=actor)
        return [_applied(case, course) for case, course in zip(cases, made, strict=True)]

    return write_in_chunks(
        examined_again(rows, actor, _examine), write, progress, model=OutsideCourse, following=VERIFIED
    )


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void the courses with their hours; returns what was changed or built upon since, in words."""
    taken = lock_made(OutsideCourse, applied, actor, apart_from=(HoursEntry,), following=VERIFIED)
    names = {each.object_id: each.label for each in applied}
    as_left = Q(hours=F("outside__hours"), mode=F("outside__mode"), earned_on=F("outside__ended_on"))
    entries = HoursEntry.objects.standing().filter(outside__in=names, version__gt=1)
    touched = entries.exclude(as_left).values_list("outside", flat=True)
    obstacles = [*taken.obstacles, *(changed_text(names[key]) for key in touched if key is not None)]
    if not obstacles:
        void_many(list(taken.records.values()), actor=actor, reason=reason)
    return obstacles


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        begin(rows)
        subjects = Subjects(rows, actor, UnitFinder(actor))
        cases = [_meant(row, subjects) for row in counted(rows, progress)]
        _find_same(cases)
    return cases


def _meant(row: ImportRow, subjects: Subjects) -> Case:
    case = Case(row, subjects.find(row))
    days = _days(row, case.trainee)
    title, organiser, hours = (row.get(key) for key in ("title", "organiser", "hours"))
    if days is not None and hours is not None and (problem := too_many_hours(*days, Decimal(hours))):
        row.refuse("hours", problem)
    if case.trainee is None or days is None or None in (title, organiser, hours):
        return case
    name_subject(case, joined([case.trainee.person.name, title]))
    case.new = NewCourse(
        trainee=case.trainee,
        title=title,
        organiser=organiser,
        started_on=days[0],
        ended_on=days[1],
        hours=Decimal(hours),
        mode=row.get("mode", Mode.CLASSROOM),
        course_format=row.get("course_format", ""),
        certificate_number=row.get("certificate_number", ""),
        is_induction=row.get("is_induction", False),
    )
    return case


def _days(row: ImportRow, trainee: "Trainee | None") -> tuple[date, date] | None:
    first: date | None = row.get("started_on")
    if first is None:
        return None
    last: date = row.get("ended_on", first)
    at = "ended_on" if "ended_on" in row.values else "started_on"
    if last < first:
        row.refuse("ended_on", _("The last day lies before the first one."))
        return None
    if last > timezone.localdate():
        row.refuse(at, _("This day has not come yet. Record it on that day."))
    if trainee is not None and first < trainee.arrived_on:
        text = _("Reported for duty on %(day)s: only courses from that day on count.")
        row.refuse("started_on", text % {"day": formats.date_format(trainee.arrived_on)})
    return first, last


def _find_same(cases: Sequence[Case]) -> None:
    """A course that is entered already stays as it is, and is told where the row says otherwise; two rows of one course
    name each other.
    """
    keys = {case.trainee.pk for case in cases if case.trainee is not None}
    known: dict[Line, OutsideCourse] = {}
    titled: defaultdict[tuple[UUID, str], list[OutsideCourse]] = defaultdict(list)
    for there in OutsideCourse.objects.standing().filter(trainee__in=keys).order_by("started_on", "pk"):
        title = folded(there.title)
        known[there.trainee_id, there.started_on, there.ended_on, title] = there
        titled[there.trainee_id, title].append(there)
    rows: defaultdict[Line, list[ImportRow]] = defaultdict(list)
    for case in cases:
        line = case.line
        if line is None:
            continue
        if line in known:
            case.row.action, case.row.target = "same", known[line].pk
            case.row.notes.append(_("This course is entered already, with the same title and the same days."))
            refuse_differing(case.row, _stands(case.row, known[line]))
        else:
            rows[line].append(case.row)
            _hint_at_near(case.row, line, titled[line[0], line[3]])
    for group in rows.values():
        refuse_doubles(group, "title", _("Row %(row)s is about the same course."))


def _stands(row: ImportRow, there: OutsideCourse) -> list[tuple[str, Any, str]]:
    """What is compared; hours by their number, however many decimals are written."""
    hours, said = there.hours, row.get("hours")
    induction = _("Yes") if there.is_induction else _("No")
    return [
        ("organiser", there.organiser, there.organiser),
        ("hours", said if said is not None and Decimal(said) == hours else str(hours), plain(hours)),
        ("mode", there.mode, there.get_mode_display()),
        ("course_format", there.course_format, there.get_course_format_display()),
        ("certificate_number", there.certificate_number, there.certificate_number),
        ("is_induction", there.is_induction, induction),
    ]


def _hint_at_near(row: ImportRow, line: Line, titled: Sequence[OutsideCourse]) -> None:
    """One day off is as a rule the same course with a slip: its hours would count twice."""
    for there in titled:
        if there.started_on <= line[2] and line[1] <= there.ended_on:
            known = {"first": formats.date_format(there.started_on), "last": formats.date_format(there.ended_on)}
            text = _(
                "A course of this title from %(first)s to %(last)s is entered already: see that this is another one."
            )
            row.notes.append(text % known)


def _applied(case: Case, course: OutsideCourse) -> Applied:
    told: dict[str, Any] = {"hours": plain(course.hours), "mode": course.get_mode_display()}
    return made_of(
        case.row, course, label=case.row.target_text, outcome=_("%(hours)s training hours (%(mode)s)") % told
    )


SHEET = ImportSheet(
    key="training_history",
    label=gettext_lazy("Training history"),
    order=60,
    columns=columns,
    may_import=works_here,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("Courses taken elsewhere, whose proof the office holds: they count as verified."),
    examples=examples,
    list_url_name="training:outside_list",
)
