"""The sheet of annual assessments: which person and year a row means, what it changes, writing and taking it back."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.appraisal.importing.absences import Absences
from cadre_app.appraisal.importing.columns import annual_columns, annual_examples
from cadre_app.appraisal.importing.openings import Openings
from cadre_app.appraisal.models import AnnualAssessment, AnnualCorrection, Grade, UnitQuota
from cadre_app.appraisal.permissions.rooms import works_here
from cadre_app.appraisal.services.annual_bulk import OnPaper, file_from_paper_many, give_back_many, kept_of, stands_of
from cadre_app.appraisal.services.checks import label_of, lock_many, over_number, problems_of, set_outcome
from cadre_app.appraisal.services.entries import Entered, cell, enter_many
from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress, refuse_pair
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people.importing.records import built_upon_text, counted
from cadre_app.people.importing.subjects import Subjects
from cadre_app.people.importing.units import UnitFinder
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

NAMES = ("outcome", "case_note", "comment")
PAPER = ("approved_by", "approved_on", "filed_on", "filing_number")
FIRST_SIGN_OFF = (11, 1)  # month and day of the assessed year before which nothing of it is signed off


@dataclass(eq=False)
class Case:
    """One row with the assessment it means, and the paper by which it was filed before its year was opened here."""

    row: ImportRow
    one: AnnualAssessment | None = None
    paper: OnPaper | None = None
    was_excellent: bool = False


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's assessment and what would change, also by the quotas; a fixed number of queries."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Enter all rows. Raises ValidationError where a row no longer means what was checked, or a quota is passed."""
    targets: dict[UUID, Case] = {}
    for case in _examine(rows, actor, lambda done, total: None):
        if case.row.has_errors or case.one is None:
            raise ValidationError(_("Row %(row)s changed meanwhile. Check the file again.") % {"row": case.row.number})
        targets[case.one.pk] = case
    locked = lock_many(_open_to(actor).filter(pk__in=targets))
    if len(locked) != len(targets):
        raise ValidationError(_("Some assessments were checked meanwhile. Check the file again."), code="changed")
    was = {one.pk: kept_of(one) for one in locked}
    papers = {key: case.paper for key, case in targets.items() if case.paper is not None}
    entered = [one for one in locked if one.pk not in papers]
    given = {one.pk: _entered(targets[one.pk].row, one) for one in entered}
    try:
        file_from_paper_many([one for one in locked if one.pk in papers], papers, actor=actor)
        enter_many(entered, given, actor=actor)
    except ValidationError as error:
        raise ValidationError(_told(error, locked)) from error
    left = {one.pk: stands_of(one) for one in _open_to(actor, on_paper=True).filter(pk__in=targets)}
    progress(len(rows), len(rows))
    return [
        Applied(
            row_number=targets[one.pk].row.number,
            label=targets[one.pk].row.target_text,
            object_id=one.pk,
            created=False,
            outcome=one.outcome_label,
            undo={"version": one.version, "was": was[one.pk], "left": left[one.pk]},
        )
        for one in locked
    ]


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Give every assessment all that stood there before; returns what stands against it, in words."""
    keys = {each.object_id: each for each in applied}
    locked = {one.pk: one for one in lock_many(_open_to(actor, on_paper=True).filter(pk__in=keys))}
    obstacles = [
        _("%(name)s: the assessment was changed or checked since.") % {"name": each.label}
        for each in applied
        if each.object_id not in locked or not _is_as_left(locked[each.object_id], each.undo)
    ]
    corrections = AnnualCorrection.objects.standing().filter(assessment__in=keys)
    counts = Counter(corrections.values_list("assessment", flat=True))
    obstacles += [built_upon_text(keys[key].label, count) for key, count in counts.items()]
    if obstacles:
        return obstacles
    was = {key: each.undo.get("was") or _as_kept_before(each.undo["before"]) for key, each in keys.items()}
    try:
        give_back_many(list(locked.values()), was, actor=actor, reason=reason)
    except ValidationError as error:
        return _told(error, list(locked.values()))
    return []


def _is_as_left(one: AnnualAssessment, undo: dict[str, Any]) -> bool:
    """Untouched, or everything as the import left it: what changed it since was taken back itself."""
    return one.version == undo["version"] or stands_of(one) == undo.get("left")


def _as_kept_before(before: dict[str, str]) -> dict[str, Any]:
    """Imports of earlier versions kept result, facts and comment alone."""
    outcome = before["outcome"]
    is_grade = outcome in Grade.values
    found: dict[str, Any] = {"grade": outcome if is_grade else "", "no_grade": "" if is_grade else outcome}
    if outcome != Grade.EXCELLENT:
        found |= {"notice_from": None, "notice_until": None}
    return found | {name: before[name] for name in ("case_note", "comment")}


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        subjects = Subjects(rows, actor, UnitFinder(actor))
        files = [subjects.find(row) for row in rows]
        known = _known(rows, files, actor)
        openings = Openings(known.values())
        labels = {column.key: str(column.label) for column in annual_columns()}
        cases: list[Case] = []
        first: dict[UUID, ImportRow] = {}
        listed = list(zip(rows, files, strict=True))
        missing = [meant for row, file in listed if (meant := _key(row, file)) and not _find(meant, known)]
        absences = Absences(missing, actor)
        for row, file in counted(listed, progress):
            case = Case(row, _meant(row, file, known, absences))
            _take(case, labels, openings)
            _refuse_double(case, first)
            cases.append(case)
        _refuse_over_quota(cases)
    return cases


def _refuse_over_quota(cases: Sequence[Case]) -> None:
    """Everybody of the sheet who becomes excellent in a unit that gives too many, with all others as they stand; what was
    decided on paper takes no place.
    """
    change: Counter[UUID] = Counter()
    coming: defaultdict[UUID, list[tuple[ImportRow, UnitQuota]]] = defaultdict(list)
    for case in cases:
        if case.one is None or case.row.has_errors or case.row.action == "same":
            continue
        is_excellent = case.one.grade == Grade.EXCELLENT and case.paper is None
        change[case.one.quota_id] += is_excellent - case.was_excellent
        if is_excellent and not case.was_excellent:
            coming[case.one.quota_id].append((case.row, case.one.quota))
    for key, listed in coming.items():
        error = over_number(listed[0][1], listed[0][1].excellents + change[key])
        if error is not None:
            for row, _quota in listed:
                row.refuse("outcome", error.messages[0])


Known = dict[tuple[UUID, int], AnnualAssessment]


def _known(rows: Sequence[ImportRow], files: "Sequence[Trainee | None]", actor: "User") -> Known:
    years = {row.get("year") for row in rows} - {None}
    keys = {file.pk for file in files if file is not None}
    listed = AnnualAssessment.objects.worked_on(actor, Role.STAFF).filter(year__in=years, trainee__in=keys)
    related = listed.select_related("trainee__person", "trainee__home_unit", "quota__campaign", "quota__unit")
    return {(one.trainee_id, one.year): one for one in related}


def _key(row: ImportRow, file: "Trainee | None") -> "tuple[Trainee, int] | None":
    year = row.get("year")
    return (file, year) if file is not None and year is not None else None


def _find(meant: "tuple[Trainee, int]", known: Known) -> AnnualAssessment | None:
    return known.get((meant[0].pk, meant[1]))


def _meant(row: ImportRow, file: "Trainee | None", known: Known, absences: Absences) -> AnnualAssessment | None:
    meant = _key(row, file)
    if meant is None:
        return None
    one = _find(meant, known)
    if one is None:
        row.refuse("year", absences.why(*meant))
    return one


def _take(case: Case, labels: dict[str, str], openings: Openings) -> None:
    row, one = case.row, case.one
    row.target, row.target_text, row.action = None, "", "update"
    if one is None:
        return
    row.target = one.pk
    row.target_text = joined([one.trainee.person.name, one.trainee.home_unit.name, str(one.year)])
    wanted = _entered(row, one)
    case.paper = _paper(row, one, wanted, openings)
    if wanted.fits(one) and (case.paper is None or _stands_on(one, case.paper)):
        row.action = "same"
        return
    if not one.is_in_entry:
        row.refuse("name", _why_closed(one))
        return
    case.was_excellent = one.grade == Grade.EXCELLENT
    _show(row, one, wanted, labels)
    set_outcome(one, wanted.outcome)
    one.case_note, one.comment = wanted.case_note, wanted.comment
    for name, error in problems_of(one).items():
        row.refuse(name, error.messages[0])
    if case.paper is not None:
        row.notes.append(_("Comes in as filed: no talk, paper or public notice falls due after it."))
    else:
        row.notes.append(_("Waits to be checked and signed off by others."))


def _why_closed(one: AnnualAssessment) -> str:
    if one.confirmed_on is not None:
        return _("This assessment is confirmed. It is changed by a correction that a leader signs off.")
    return _("This assessment is checked. It has to be sent back first.")


def _show(row: ImportRow, one: AnnualAssessment, wanted: Entered, labels: dict[str, str]) -> None:
    """What the row changes, in words; a text where none stood is in its own cell already."""
    shown = {"outcome": label_of(wanted.outcome), "case_note": wanted.case_note, "comment": wanted.comment}
    was = {"outcome": label_of(one.outcome), "case_note": one.case_note, "comment": one.comment}
    row.changes += [(labels[name], was[name], shown[name]) for name in NAMES if was[name] not in ("", shown[name])]


def _paper(row: ImportRow, one: AnnualAssessment, wanted: Entered, openings: Openings) -> OnPaper | None:
    """What the row says of a paper; None where it says nothing, or where an error stands at its cells."""
    if not any(row.is_filled(key) for key in PAPER):
        return None
    found = [key for key in ("approved_by", "approved_on") if not row.is_filled(key)]
    for key in found:
        row.refuse(key, _("Say who signed it off on paper, and on which day."))
    signed_off_on = row.get("approved_on")
    filed_on = row.get("filed_on", signed_off_on)
    if found or signed_off_on is None or filed_on is None or "approved_by" not in row.values:
        return None
    problem = _problem_of_days(one.year, openings.first_day(one), signed_off_on, filed_on)
    if problem is not None:
        row.refuse(*problem)
    return OnPaper(
        outcome=wanted.outcome,
        case_note=wanted.case_note,
        comment=wanted.comment,
        signatory=row.values["approved_by"],
        signed_off_on=signed_off_on,
        filed_on=filed_on,
        filing_number=row.get("filing_number", ""),
    )


def _problem_of_days(year: int, opened_on: date, signed_off_on: date, filed_on: date) -> tuple[str, str] | None:
    """The year is over, and the paper is older than the year is here: nobody goes around its check and its sign-off."""
    today, earliest = timezone.localdate(), date(year, *FIRST_SIGN_OFF)
    if year >= today.year:
        text = _(
            "The year %(year)s is not over: it is checked and signed off here. Leave the columns of the paper empty."
        )
        return "approved_on", text % {"year": year}
    if signed_off_on < earliest:
        text = _("The assessment of %(year)s is signed off on %(day)s at the earliest.")
        return "approved_on", text % {"year": year, "day": formats.date_format(earliest)}
    if filed_on < signed_off_on:
        return "filed_on", _("This lies before the sign-off by a leader.")
    for key, day in (("approved_on", signed_off_on), ("filed_on", filed_on)):
        if day > today:
            return key, _("This day has not come yet. Record it on that day.")
        if day >= opened_on:
            text = _(
                "The assessment of %(year)s was opened here on %(day)s: it is checked and signed off here. Leave the columns of "
                "the paper empty."
            )
            return key, text % {"year": year, "day": formats.date_format(opened_on)}
    return None


def _stands_on(one: AnnualAssessment, paper: OnPaper) -> bool:
    said = (paper.signatory, paper.signed_off_on, paper.filed_on, paper.filing_number)
    return said == (one.paper_signatory, one.confirmed_on, one.filed_on, one.filing_number)


def _refuse_double(case: Case, first: dict[UUID, ImportRow]) -> None:
    if case.one is None:
        return
    other = first.setdefault(case.one.pk, case.row)
    refuse_pair(case.row, other, "name", _("Row %(row)s is about the same person."))


def _entered(row: ImportRow, one: AnnualAssessment) -> Entered:
    """What the row says; an empty cell of comment or facts leaves what stands there."""
    return Entered(
        outcome=row.get("outcome", ""),
        case_note=row.get("case_note", one.case_note),
        comment=row.get("comment", one.comment),
    )


def _told(error: ValidationError, rows: list[AnnualAssessment]) -> list[str]:
    names = {cell(name, one.pk): one.trainee.person.name for one in rows for name in NAMES}
    listed = error.message_dict.items()
    return [f"{names.get(key, '')}: {message}" for key, messages in listed for message in messages]


def _open_to(actor: "User", *, on_paper: bool = False) -> Any:
    """What can still be entered, for `on_paper` also what came as filed."""
    rows = AnnualAssessment.objects.worked_on(actor, Role.STAFF)
    return rows.filter(checked_on=None) if on_paper else rows.in_entry()


SHEET = ImportSheet(
    key="annual_assessments",
    label=gettext_lazy("Annual assessments"),
    order=70,
    columns=annual_columns,
    may_import=works_here,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy(
        "One row for each person and year. The year is opened first; what is checked already is not changed. Results that "
        "were filed before come in as filed, with who signed them off on paper."
    ),
    examples=annual_examples,
    list_url_name="appraisal:annual_list",
    desk_alone=True,
)
