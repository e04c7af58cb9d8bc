"""Attendance from a table that was filled in elsewhere: checked against the rosters, written class by class, undone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress
from cadre_app.policy import snapshot
from cadre_app.training.models import Attendance, ClassMeeting, RecordedBy
from cadre_app.training.permissions.rooms import works_here
from cadre_app.training.services.attendance import Contested, Mark, record_attendance, take_back_marks
from cadre_app.training.services.attendance_rows import Case, Setting, columns, examined, refuse_doubles

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

CHUNK = 500


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's class and person and what is new; the same few queries for any number of rows."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Record all rows, class by class. Raises ValidationError where a row no longer means what was checked."""
    by_class: defaultdict[UUID, list[Case]] = defaultdict(list)
    for case in _examine(rows, actor, lambda done, total: None):
        if case.row.has_errors or case.meeting is None or case.place is None or case.mark is None:
            raise ValidationError(_("Row %(row)s changed meanwhile. Check the file again.") % {"row": case.row.number})
        by_class[case.meeting.pk].append(case)
    written: dict[int, Applied] = {}
    for cases in sorted(by_class.values(), key=_line):
        written |= _record(cases, actor)
        progress(len(written), len(rows))
    return [written[row.number] for row in rows]


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Give everybody the attendance they had before; returns what stands against it, in words."""
    rows = {row.pk: row for row in _records([each.object_id for each in applied])}
    obstacles = []
    before: defaultdict[UUID, dict[UUID, Mark | None]] = defaultdict(dict)
    for each in applied:
        row = rows.get(each.object_id)
        if row is None or row.version != each.undo["version"]:
            obstacles.append(_("%(name)s: the attendance was changed since.") % {"name": each.label})
        else:
            before[row.meeting_id][row.pk] = _mark_of(each.undo["before"])
    if obstacles:
        return obstacles
    classes = {row.meeting_id: row.meeting for row in rows.values()}
    for key in sorted(before, key=lambda key: (classes[key].session_id, key)):
        try:
            take_back_marks(classes[key], before=before[key], actor=actor, reason=reason)
        except ValidationError as error:
            obstacles += [f"{classes[key]}: {message}" for message in error.messages]
    return obstacles


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        setting = Setting(actor, rows)
        cases = []
        for done, row in enumerate(rows, start=1):
            cases.append(examined(row, setting))
            if done % CHUNK == 0:
                progress(done, len(rows))
        refuse_doubles(cases)
    return cases


def _line(cases: list[Case]) -> tuple[UUID, UUID]:
    """Sessions are locked in the order of their keys."""
    meeting = _class(cases)
    return (meeting.session_id, meeting.pk)


def _class(cases: list[Case]) -> ClassMeeting:
    meeting = cases[0].meeting
    assert meeting is not None  # noqa: S101 # `apply` lets no other case through
    return meeting


def _record(cases: list[Case], actor: "User") -> dict[int, Applied]:
    meeting = _class(cases)
    marks = {case.place.pk: case.mark for case in cases if case.place is not None and case.mark is not None}
    seen = {case.known.enrolment_id: case.known.version for case in cases if case.known is not None}
    before = {case.known.enrolment_id: _values_of(case.known) for case in cases if case.known is not None}
    try:
        record_attendance(meeting, marks=marks, seen=seen, recorded_by=RecordedBy.IMPORT, actor=actor)
    except Contested as error:
        raise ValidationError(_("Somebody else recorded attendance meanwhile. Check the file again.")) from error
    standing = Attendance.objects.standing().filter(meeting=meeting, enrolment__in=marks)
    rows = {row.enrolment_id: row for row in standing}
    found = {}
    for case in cases:
        row = rows.get(case.place.pk) if case.place is not None else None
        if row is None or case.place is None:
            text = _("Row %(row)s changed meanwhile. Check the file again.")
            raise ValidationError(text % {"row": case.row.number}, code="gone")
        found[case.row.number] = Applied(
            row_number=case.row.number,
            label=case.row.target_text,
            object_id=row.pk,
            created=case.known is None,
            outcome=row.get_presence_display(),
            undo={"version": row.version, "before": before.get(case.place.pk)},
        )
    return found


def _records(keys: list[UUID]) -> list[Attendance]:
    rows = Attendance.objects.standing().filter(pk__in=keys)
    return list(rows.select_related("meeting__session"))


def _values_of(row: Attendance) -> dict[str, str]:
    return {"presence": row.presence, "missed_hours": str(row.missed_hours), "note": row.note}


def _mark_of(values: Mapping[str, Any] | None) -> Mark | None:
    return None if values is None else Mark(values["presence"], Decimal(values["missed_hours"]), values["note"])


SHEET = ImportSheet(
    key="attendance",
    label=gettext_lazy("Attendance at classes"),
    order=60,
    columns=columns,
    may_import=works_here,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("One row for each person and class. Only people on the roster can be recorded."),
    list_url_name="training:session_list",
)
