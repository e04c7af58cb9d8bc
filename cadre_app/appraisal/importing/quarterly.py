"""The sheet of quarterly assessments: each row is one quarter of a civil servant, entered and still to be confirmed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.appraisal.importing.columns import quarterly_columns
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.permissions.rooms import works_here
from cadre_app.appraisal.services.quarterly import enter_many, last_day, void_many
from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress, refuse_doubles
from cadre_app.core.tables import joined
from cadre_app.people.importing.records import (
    begin,
    counted,
    examined_again,
    lock_made,
    made_of,
    name_subject,
    write_in_chunks,
)
from cadre_app.people.importing.subjects import Subjects
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.models import Status
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

Line = tuple[UUID, int, int]


@dataclass(eq=False)
class Case:
    """One row with the quarter that it means."""

    row: ImportRow
    trainee: "Trainee | None" = None
    one: QuarterlyAssessment | None = None

    @property
    def line(self) -> Line | None:
        one = self.one
        return (one.trainee_id, one.year, one.quarter) if one is not None else None


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's file and what stands against the quarter; a fixed number of queries."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Enter all quarters. Raises ValidationError where a row no longer means what was checked."""

    def write(cases: Sequence[Case]) -> list[Applied]:
        part = [(case.row, case.one) for case in cases if case.one is not None]
        enter_many([one for _row, one in part], actor=actor)
        return [made_of(row, one, label=row.target_text, outcome=one.get_grade_display()) for row, one in part]

    return write_in_chunks(examined_again(rows, actor, _examine), write, progress)


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void the quarters; returns what was changed or confirmed since, in words."""
    taken = lock_made(QuarterlyAssessment, applied, actor)
    if not taken.obstacles:
        void_many(taken.records, actor=actor, reason=reason)
    return taken.obstacles


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        begin(rows)
        subjects = Subjects(rows, actor, UnitFinder(actor))
        cases = [Case(row, subjects.find(row)) for row in rows]
        for case in counted(cases, progress):
            if case.trainee is not None:
                _take(case, case.trainee)
        _find_same(cases)
    return cases


def _take(case: Case, trainee: "Trainee") -> None:
    row = case.row
    year, quarter = row.get("year"), row.get("quarter")
    if trainee.status != Status.CIVIL_SERVANT:
        text = _("Quarterly assessments are for civil servants; staff of public institutions have none.")
        row.refuse("name", text)
    if year is None or quarter is None:
        return
    if last_day(year, quarter) > timezone.localdate():
        row.refuse("quarter", _("This quarter is not over yet."))
    elif last_day(year, quarter) < trainee.arrived_on:
        row.refuse("quarter", _("The person had not reported for duty yet on this day."))
    if row.has_errors or "grade" not in row.values:
        return
    case.one = QuarterlyAssessment(
        trainee=trainee,
        unit_id=trainee.home_unit_id,
        status=trainee.status,
        year=year,
        quarter=quarter,
        grade=row.values["grade"],
        remark=row.get("remark", ""),
        entered_on=timezone.localdate(),
    )
    name_subject(case, joined([trainee.person.name, f"{year}.{quarter}"]))
    row.notes.append(_("Waits to be confirmed by others."))


def _find_same(cases: Sequence[Case]) -> None:
    """A quarter that is entered already stays as it is; two rows of one quarter name each other."""
    keys = {case.trainee.pk for case in cases if case.trainee is not None}
    entered = QuarterlyAssessment.objects.standing().filter(trainee__in=keys)
    known = {(one.trainee_id, one.year, one.quarter): one for one in entered}
    rows: defaultdict[Line, list[ImportRow]] = defaultdict(list)
    for case in cases:
        one, line = case.one, case.line
        if one is None or line is None:
            continue
        rows[line].append(case.row)
        if (there := known.get(line)) is None:
            continue
        if (there.grade, there.remark) == (one.grade, one.remark or there.remark):
            case.row.action, case.row.target, case.row.notes[:] = "same", there.pk, []
        else:
            text = _("This quarter is entered already, as “%(grade)s”. Correct it in the table of the quarter.")
            case.row.refuse("grade", text % {"grade": there.get_grade_display()})
    for group in rows.values():
        refuse_doubles(group, "quarter", _("Row %(row)s is about the same quarter."))


SHEET = ImportSheet(
    key="quarterly_assessments",
    label=gettext_lazy("Quarterly assessments"),
    order=72,
    columns=quarterly_columns,
    may_import=works_here,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy(
        "One row for each civil servant and quarter that is over; each is then confirmed by somebody else."
    ),
    list_url_name="appraisal:quarter_list",
)
