"""What a row of an imported sheet of attendance means: which class, who on its roster, and what is new about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cadre_app.core.cells import read_text
from cadre_app.core.importing import ImportColumn, ImportRow
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people.importing.cells import read_name
from cadre_app.people.importing.units import NotFound, UnitFinder
from cadre_app.people.models import Trainee, of_scope
from cadre_app.training.hours_wording import plain
from cadre_app.training.models import Attendance, ClassMeeting, Enrolment, Presence, SessionState
from cadre_app.training.models.choices import PARTLY
from cadre_app.training.services.attendance import ALL_MISSED, Mark, problem_of, says

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

HALF, ZERO = Decimal("0.5"), Decimal(0)


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [
        ImportColumn(
            key="name",
            label=gettext_lazy("Full name"),
            required=True,
            read=read_name,
            synonyms=("姓名", "学员姓名", "学员"),
            example="林知远",
        ),
        ImportColumn(
            key="unit",
            label=gettext_lazy("Unit"),
            synonyms=("单位", "所在单位", "工作单位"),
            help=gettext_lazy("Needed only where several people on the roster have the same name."),
            width=20,
            example="梧岭镇",
        ),
        ImportColumn(
            key="course",
            label=gettext_lazy("Course"),
            required=True,
            synonyms=("课程", "课程名称", "班次"),
            width=28,
            example="调研报告的问题与对策",
        ),
        ImportColumn(
            key="day",
            label=gettext_lazy("Day of the class"),
            required=True,
            kind="date",
            synonyms=("日期", "上课日期", "培训日期"),
            example="2026.11.20",
        ),
        ImportColumn(
            key="starts_at",
            label=gettext_lazy("Beginning of the class"),
            read=read_time,
            synonyms=("上课时间", "开始时间", "时间"),
            help=gettext_lazy("Needed only where the course has several classes on one day."),
            example="09:00",
        ),
        ImportColumn(
            key="presence",
            label=pgettext_lazy("of a class", "Attendance"),
            required=True,
            kind="choice",
            choices=lambda: Presence.choices,
            synonyms=("到课情况", "出勤", "考勤", "到课"),
            example="到课",
        ),
        ImportColumn(
            key="hours",
            label=gettext_lazy("Hours missed"),
            read=read_hours,
            synonyms=("缺课学时", "缺课", "缺课时数"),
            help=gettext_lazy("For those who came late or left early, in halves; for all others it follows."),
            example="0.5",
        ),
        ImportColumn(key="note", label=gettext_lazy("Remark"), synonyms=("备注", "说明", "原因"), width=24, example=""),
    ]


def read_hours(raw: Any) -> str:
    """Hours in halves as plain text. Raises ValidationError."""
    try:
        hours = Decimal(read_text(raw, longest=10))
        is_half = hours >= ZERO and hours % HALF == 0
    except InvalidOperation:
        is_half = False
    if not is_half:
        raise ValidationError(_("Hours are given in halves."), code="no_hours")
    return str(hours)


def read_time(raw: Any) -> str:
    """9:00 and 09:00:00 as 09:00. Raises ValidationError."""
    text = raw.strftime("%H:%M") if isinstance(raw, time) else read_text(raw, longest=10).replace("：", ":")
    try:
        hour, minute = (int(part) for part in text.split(":")[:2])
        return f"{time(hour, minute):%H:%M}"
    except ValueError as error:
        raise ValidationError(_("Write the time such as 09:00."), code="no_time") from error


@dataclass(eq=False)
class Case:
    """One row with the class and the place on its roster it means, and what it says of them."""

    row: ImportRow
    meeting: ClassMeeting | None = None
    place: Enrolment | None = None
    mark: Mark | None = None
    known: Attendance | None = None


Found = tuple[ClassMeeting, Enrolment]


class Setting:
    """Asked once for all rows: classes of these courses on these days, their rosters and what is recorded of them."""

    def __init__(self, actor: "User", rows: Sequence[ImportRow]) -> None:
        self.units = UnitFinder(actor)
        days = {row.get("day") for row in rows} - {None}
        titles = {row.get("course") for row in rows} - {None}
        classes = ClassMeeting.objects.standing().filter(held_on__in=days, session__course__title__in=titles)
        classes = classes.filter(session__voided_at=None).exclude(session__state=SessionState.CANCELLED)
        self.meetings: defaultdict[tuple[str, date], list[ClassMeeting]] = defaultdict(list)
        for meeting in classes.select_related("session__course").order_by("held_on", "starts_at", "pk"):
            self.meetings[meeting.session.course.title, meeting.held_on].append(meeting)
        scope = of_scope(actor, Role.STAFF, prefix="trainee__")
        listed = [meeting for found in self.meetings.values() for meeting in found]
        places = Enrolment.objects.attending().filter(scope, session__in={each.session_id for each in listed})
        self.rosters: defaultdict[UUID, list[Enrolment]] = defaultdict(list)
        for place in places.select_related("trainee__person", "trainee__home_unit").order_by("trainee__stroke_key"):
            self.rosters[place.session_id].append(place)
        records = Attendance.objects.standing().filter(meeting__in=listed)
        self.records = {(row.meeting_id, row.enrolment_id): row for row in records}
        names = {row.get("name") for row in rows} - {None}
        people = Trainee.objects.in_scope(actor, Role.STAFF).in_development().filter(person__name__in=names)
        self.names = set(people.values_list("person__name", flat=True))
        self.labels = {column.key: str(column.label) for column in columns()}


def examined(row: ImportRow, setting: Setting) -> Case:
    """The row as it stands; errors at their cells, a question where several people may be meant."""
    case = Case(row)
    found = _meant(row, setting)
    if found is not None:
        case.meeting, case.place = found
        case.known = setting.records.get((case.meeting.pk, case.place.pk))
        _take_mark(case)
    _sum_up(case, setting)
    return case


def refuse_doubles(cases: Sequence[Case]) -> None:
    """Two rows about one person and one class name each other."""
    first: dict[tuple[UUID, UUID], ImportRow] = {}
    text = _("Row %(row)s is about the same person.")
    for case in cases:
        if case.meeting is None or case.place is None:
            continue
        other = first.setdefault((case.meeting.pk, case.place.pk), case.row)
        if other is not case.row:
            case.row.refuse("name", text % {"row": other.number})
            other.refuse("name", text % {"row": case.row.number})


def _meant(row: ImportRow, setting: Setting) -> Found | None:
    """The class and the person; None where something is missing, wrong, or still to be chosen."""
    title, day, name = row.get("course"), row.get("day"), row.get("name")
    if title is None or day is None or name is None:
        return None
    classes = setting.meetings[title, day]
    starts = row.get("starts_at")
    if starts is not None:
        classes = [each for each in classes if f"{each.starts_at:%H:%M}" == starts]
    if not classes:
        text = _("The course “%(course)s” has no class at that time.") % {"course": title}
        row.refuse("day", f"{text} {formats.date_format(day)}")
        return None
    found = [(each, place) for each in classes for place in setting.rosters[each.session_id]]
    return _one(row, _fitting(row, [pair for pair in found if pair[1].trainee.person.name == name], setting), setting)


def _fitting(row: ImportRow, found: list[Found], setting: Setting) -> list[Found]:
    text = row.get("unit")
    if text is None:
        return found
    try:
        unit = setting.units.home(text)
    except NotFound as error:
        row.refuse("unit", str(error))
        return []
    return [pair for pair in found if pair[1].trainee.home_unit.path in unit.range]


def _one(row: ImportRow, found: list[Found], setting: Setting) -> Found | None:
    name = row.get("name")
    people = {place.trainee_id: place for _meeting, place in found}
    if len(people) > 1:
        row.candidates = [(key, _told(place)) for key, place in people.items()]
        row.may_be_new = False
        text = ngettext(
            "Row %(row)s: %(count)s person on the roster is called “%(name)s”. Choose whether it is the same one.",
            "Row %(row)s: %(count)s people on the roster are called “%(name)s”. Choose one of them.",
            len(people),
        )
        row.question = text % {"row": row.number, "count": len(people), "name": name}
        found = [pair for pair in found if pair[1].trainee_id == row.chosen]
        if not found:
            return None
    if not found:
        if not row.has_errors:
            known = name in setting.names
            text = _("%(name)s is not on the roster of this session.") if known else _("Nobody is called %(name)s.")
            row.refuse("name", text % {"name": name})
        return None
    if len(found) > 1:
        row.refuse("starts_at", _("The course has several classes on this day. Write when the class begins."))
        return None
    return found[0]


def _take_mark(case: Case) -> None:
    row, meeting = case.row, case.meeting
    presence = row.get("presence")
    if meeting is None or presence is None:
        return
    problem = problem_of(meeting)
    if problem:
        row.refuse("day", problem)
    hours = Decimal(row.get("hours", "0"))
    if presence in PARTLY and hours >= meeting.hours:
        more = _("Nobody misses more hours than the class has.")
        row.refuse("hours", more if hours > meeting.hours else str(ALL_MISSED))
        return
    case.mark = Mark(presence, hours, row.get("note", "")).at(meeting)
    if "hours" in row.values and case.mark.missed_hours != hours:
        row.notes.append(
            _("Hours missed follow from the attendance: %(hours)s.") % {"hours": plain(case.mark.missed_hours)}
        )


def _sum_up(case: Case, setting: Setting) -> None:
    row, known, mark = case.row, case.known, case.mark
    row.target, row.target_text, row.action = None, "", "create"
    if case.place is not None and case.meeting is not None:
        row.target_text = joined([case.place.trainee.person.name, str(case.meeting)])
    if known is None or mark is None:
        return
    row.target = known.pk
    row.action = "same" if says(known, mark) else "update"
    pairs = (
        ("presence", known.get_presence_display(), str(Presence(mark.presence).label)),
        ("hours", plain(known.missed_hours), plain(mark.missed_hours)),
        ("note", known.note, mark.note),
    )
    row.changes += [(setting.labels[key], before, after) for key, before, after in pairs if before != after]


def _told(place: Enrolment) -> str:
    file = place.trainee
    return joined([file.person.name, file.file_number, file.home_unit.name])
