"""The sheet of quarterly assessments: each row is one quarter of a civil servant, still to be confirmed or confirmed on paper."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.appraisal.importing.columns import quarterly_columns, quarterly_examples
from cadre_app.appraisal.models import QuarterlyAssessment
from cadre_app.appraisal.permissions.rooms import works_here
from cadre_app.appraisal.services.quarterly import enter_many, first_entered, last_day, void_many
from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress, refuse_doubles
from cadre_app.core.tables import joined
from cadre_app.people.importing.homes import Homes
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
PAPER = ("approved_by", "approved_on")


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

    return write_in_chunks(examined_again(rows, actor, _examine), write, progress, model=QuarterlyAssessment)


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
        begun = first_entered()
        homes = Homes(case.trainee for case in cases if case.trainee is not None)
        for case in counted(cases, progress):
            if case.trainee is not None:
                _take(case, case.trainee, begun, homes)
        _find_same(cases)
    return cases


def _take(case: Case, trainee: "Trainee", begun: date | None, homes: Homes) -> None:
    row = case.row
    year, quarter = row.get("year"), row.get("quarter")
    if trainee.status != Status.CIVIL_SERVANT:
        text = _("Quarterly assessments are for civil servants; staff of public institutions have none.")
        row.refuse("name", text)
    paper = _paper(row, year, quarter, begun)
    if year is None or quarter is None:
        return
    if last_day(year, quarter) > timezone.localdate():
        row.refuse("quarter", _("This quarter is not over yet."))
    elif last_day(year, quarter) < trainee.arrived_on:
        row.refuse("quarter", _("The person had not reported for duty yet on this day."))
    if row.has_errors or "grade" not in row.values:
        return
    unit = homes.on(trainee, last_day(year, quarter))
    case.one = QuarterlyAssessment(
        trainee=trainee,
        unit=unit,
        status=trainee.status,
        year=year,
        quarter=quarter,
        grade=row.values["grade"],
        remark=row.get("remark", ""),
        entered_on=timezone.localdate(),
    )
    name_subject(case, joined([trainee.person.name, f"{year}.{quarter}"]))
    if unit.pk != trainee.home_unit_id:
        told = {"unit": unit.name}
        row.notes.append(_("Recorded for %(unit)s, the unit of the person at the end of that quarter.") % told)
    if paper is not None:
        case.one.paper_signatory, case.one.confirmed_on = paper
        row.notes.append(_("Comes in as confirmed on paper: nobody has to confirm it here."))
    else:
        row.notes.append(_("Waits to be confirmed by others."))


def _paper(row: ImportRow, year: int | None, quarter: int | None, begun: date | None) -> tuple[str, date] | None:
    """Who confirmed it on paper, and on which day; None where the row says nothing, or where an error stands at its cells."""
    if not any(row.is_filled(key) for key in PAPER):
        return None
    for key in PAPER:
        if not row.is_filled(key):
            row.refuse(key, _("Say who confirmed it on paper, and on which day."))
    signatory, day = row.get("approved_by"), row.get("approved_on")
    if day is not None and (problem := _problem_of_day(day, year, quarter, begun)):
        row.refuse("approved_on", problem)
    return (signatory, day) if signatory is not None and day is not None else None


def _problem_of_day(day: date, year: int | None, quarter: int | None, begun: date | None) -> str:
    """A quarter of a year that is over was confirmed after its end and before quarters were entered here (`begun`): nobody
    goes around the confirmation by another.
    """
    today = timezone.localdate()
    if day > today:
        return _("This day has not come yet. Record it on that day.")
    if year is not None and year >= today.year:
        text = _(
            "The year %(year)s is not over: its quarters are confirmed here. Leave the columns of the paper empty."
        )
        return text % {"year": year}
    if year is not None and quarter is not None and day < (last := last_day(year, quarter)):
        return _("The quarter ended on %(day)s: it is confirmed on that day at the earliest.") % {
            "day": formats.date_format(last)
        }
    if begun is not None and day >= begun:
        return _("Since %(day)s quarters are confirmed here. Leave the columns of the paper empty.") % {
            "day": formats.date_format(begun)
        }
    return ""


def _find_same(cases: Sequence[Case]) -> None:
    """A quarter that is entered already stays as it is, and is told where the row says otherwise; two rows of one quarter
    name each other.
    """
    keys = {case.trainee.pk for case in cases if case.trainee is not None}
    entered = QuarterlyAssessment.objects.standing().filter(trainee__in=keys).with_signer()
    known = {(one.trainee_id, one.year, one.quarter): one for one in entered}
    rows: defaultdict[Line, list[ImportRow]] = defaultdict(list)
    for case in cases:
        one, line = case.one, case.line
        if one is None or line is None:
            continue
        rows[line].append(case.row)
        if (there := known.get(line)) is None:
            continue
        if differs := _differs(one, there):
            case.row.refuse(*differs)
        else:
            case.row.action, case.row.target, case.row.notes[:] = "same", there.pk, []
    for group in rows.values():
        refuse_doubles(group, "quarter", _("Row %(row)s is about the same quarter."))


def _differs(one: QuarterlyAssessment, there: Any) -> tuple[str, str] | None:
    """At which cell a row says otherwise than what is entered already, and what can be done."""
    if (there.grade, there.remark) != (one.grade, one.remark or there.remark):
        text = (
            _("This quarter is entered already, as “%(grade)s”. Correct it in the table of the quarter.")
            if there.confirmed_on is None
            else _("This quarter is confirmed already, as “%(grade)s”. Void it with a reason, then enter it again.")
        )
        return "grade", text % {"grade": there.get_grade_display()}
    said = (one.paper_signatory, one.confirmed_on)
    if not one.paper_signatory or said == (there.paper_signatory, there.confirmed_on):
        return None
    if there.confirmed_on is None:
        text = _(
            "This quarter is entered already and waits to be confirmed. Undo its import or void it, then import it anew."
        )
        return "approved_by", text
    text = _("This quarter is confirmed already, by %(name)s on %(day)s. Leave the columns of the paper empty.")
    return "approved_by", text % {"name": there.signer or "—", "day": formats.date_format(there.confirmed_on)}


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
        "One row for each civil servant and quarter that is over; each is then confirmed by somebody else. Quarters of past "
        "years come in as confirmed, with who confirmed them on paper."
    ),
    examples=quarterly_examples,
    list_url_name="appraisal:quarter_list",
)
