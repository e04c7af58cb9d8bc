"""The sheet of annual assessments: which person and year a row means, what it changes, writing and taking it back."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.appraisal.models import AnnualAssessment, Grade, UnitQuota
from cadre_app.appraisal.models.annual import LONGEST_COMMENT, LONGEST_NOTE
from cadre_app.appraisal.models.choices import OUTCOMES
from cadre_app.appraisal.models.years import FIRST_YEAR, LAST_YEAR
from cadre_app.appraisal.permissions.rooms import works_here
from cadre_app.appraisal.services.checks import label_of, lock_many, over_number, problems_of, set_outcome
from cadre_app.appraisal.services.entries import Entered, cell, enter_many
from cadre_app.core.importing import Applied, ImportColumn, ImportRow, ImportSheet, Progress
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people.importing.cells import read_name
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

CHUNK = 500
NAMES = ("outcome", "case_note", "comment")


def columns() -> list[ImportColumn]:
    """The columns of the template, in their order."""
    return [
        ImportColumn(
            key="year", label=gettext_lazy("Year"), required=True, kind="int", low=FIRST_YEAR, high=LAST_YEAR,
            synonyms=("年度", "考核年度", "年份"), example="2026",
        ),
        ImportColumn(
            key="name", label=gettext_lazy("Full name"), required=True, read=read_name, synonyms=("姓名",),
            example="林知远",
        ),
        ImportColumn(
            key="file_number", label=gettext_lazy("File number"),
            synonyms=("编号", "成长档案编号", "档案编号"), width=18, example="",
            help=gettext_lazy("Needed only where several people have the same name."),
        ),
        ImportColumn(
            key="outcome", label=gettext_lazy("Grade or case"), required=True, kind="choice",
            choices=lambda: OUTCOMES, synonyms=("等次", "档次", "考核等次", "考核结果", "等次（档次）"), width=30, example="称职",
            help=gettext_lazy("A grade of the person's own scale, or one of the four cases without a grade."),
        ),
        ImportColumn(
            key="case_note", label=gettext_lazy("Facts of the case"), synonyms=("情形说明", "说明"), width=24,
            longest=LONGEST_NOTE, example="", is_confidential=True,
        ),
        ImportColumn(
            key="comment", label=pgettext_lazy("annual assessment", "Comment"), synonyms=("评语", "考核评语"), width=50,
            longest=LONGEST_COMMENT, lines=True, is_confidential=True,
            example="该同志工作踏实，责任心强，能较好完成各项任务。",
        ),
    ]  # fmt: skip


@dataclass(eq=False)
class Case:
    """One row with the assessment it means."""

    row: ImportRow
    one: AnnualAssessment | None = None
    was_excellent: bool = False


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's assessment and what would change, also by the quotas; two queries for any number of rows."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Enter all rows. Raises ValidationError where a row no longer means what was checked, or a quota is passed."""
    cases = _examine(rows, actor, lambda done, total: None)
    targets: dict[UUID, ImportRow] = {}
    for case in cases:
        if case.row.has_errors or case.one is None:
            raise ValidationError(_("Row %(row)s changed meanwhile. Check the file again.") % {"row": case.row.number})
        targets[case.one.pk] = case.row
    locked = lock_many(_open_to(actor).filter(pk__in=targets))
    if len(locked) != len(targets):
        raise ValidationError(_("Some assessments were checked meanwhile. Check the file again."), code="changed")
    before = {one.pk: _values(one) for one in locked}
    given = {one.pk: _entered(targets[one.pk], one) for one in locked}
    try:
        enter_many(locked, given, actor=actor)
    except ValidationError as error:
        raise ValidationError(_told(error, locked)) from error
    progress(len(rows), len(rows))
    return [
        Applied(
            row_number=targets[one.pk].number,
            label=targets[one.pk].target_text,
            object_id=one.pk,
            created=False,
            outcome=one.outcome_label,
            undo={"version": one.version, "before": before[one.pk]},
        )
        for one in locked
    ]


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Give every assessment what stood there before; returns what stands against it, in words."""
    keys = {each.object_id: each for each in applied}
    locked = {one.pk: one for one in lock_many(_open_to(actor).filter(pk__in=keys))}
    obstacles = [
        _("%(name)s: the assessment was changed or checked since.") % {"name": each.label}
        for each in applied
        if each.object_id not in locked or locked[each.object_id].version != each.undo["version"]
    ]
    if obstacles:
        return obstacles
    given = {key: Entered(**each.undo["before"]) for key, each in keys.items()}
    try:
        enter_many(list(locked.values()), given, actor=actor, reason=reason)
    except ValidationError as error:
        return error.messages
    return []


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        known = _known(rows, actor)
        labels = {column.key: str(column.label) for column in columns()}
        cases: list[Case] = []
        first: dict[UUID, ImportRow] = {}
        for done, row in enumerate(rows, start=1):
            case = Case(row, _meant(row, known))
            _take(case, labels)
            _refuse_double(case, first)
            cases.append(case)
            if done % CHUNK == 0:
                progress(done, len(rows))
        _refuse_over_quota(cases)
    return cases


def _refuse_over_quota(cases: Sequence[Case]) -> None:
    """Everybody of the sheet who becomes excellent in a unit that gives too many, with all others as they stand."""
    change: Counter[UUID] = Counter()
    coming: defaultdict[UUID, list[tuple[ImportRow, UnitQuota]]] = defaultdict(list)
    for case in cases:
        if case.one is None or case.row.has_errors:
            continue
        is_excellent = case.one.grade == Grade.EXCELLENT
        change[case.one.quota_id] += is_excellent - case.was_excellent
        if is_excellent and not case.was_excellent:
            coming[case.one.quota_id].append((case.row, case.one.quota))
    for key, listed in coming.items():
        error = over_number(listed[0][1], listed[0][1].excellents + change[key])
        if error is not None:
            for row, _quota in listed:
                row.refuse("outcome", error.messages[0])


def _known(rows: Sequence[ImportRow], actor: "User") -> "dict[tuple[int, str], list[AnnualAssessment]]":
    names = {row.get("name") for row in rows} - {None}
    years = {row.get("year") for row in rows} - {None}
    found: defaultdict[tuple[int, str], list[AnnualAssessment]] = defaultdict(list)
    listed = AnnualAssessment.objects.worked_on(actor, Role.STAFF).filter(
        year__in=years, trainee__person__name__in=names
    )
    for one in listed.select_related("trainee__person", "trainee__home_unit", "quota").order_by("trainee__file_number"):
        found[one.year, one.trainee.person.name].append(one)
    return found


def _meant(row: ImportRow, known: "dict[tuple[int, str], list[AnnualAssessment]]") -> AnnualAssessment | None:
    year, name, number = row.get("year"), row.get("name"), row.get("file_number")
    if year is None or name is None:
        return None
    listed = known.get((year, name), [])
    if number:
        listed = [one for one in listed if one.trainee.file_number == number]
    if not listed:
        text = _("%(name)s has no assessment of %(year)s in your scope. The year has to be opened first.")
        row.refuse("file_number" if number else "name", text % {"name": name, "year": year})
        return None
    if len(listed) == 1:
        return listed[0]
    row.candidates = [(one.pk, _told_of(one)) for one in listed]
    row.may_be_new = False
    text = _("Row %(row)s: %(count)s people are called “%(name)s”. Choose one of them.")
    row.question = text % {"row": row.number, "count": len(listed), "name": name}
    return next((one for one in listed if one.pk == row.chosen), None)


def _take(case: Case, labels: dict[str, str]) -> None:
    row, one = case.row, case.one
    row.target, row.target_text, row.action = None, "", "update"
    if one is None:
        return
    row.target, row.target_text = one.pk, joined([one.trainee.person.name, str(one.year)])
    if one.checked_on is not None:
        row.refuse("name", _("This assessment is checked. It has to be sent back first."))
        return
    wanted, before = _entered(row, one), _values(one)
    case.was_excellent = one.grade == Grade.EXCELLENT
    if wanted.fits(one):
        row.action = "same"
        return
    shown = {"outcome": label_of(wanted.outcome), "case_note": wanted.case_note, "comment": wanted.comment}
    was = before | {"outcome": label_of(one.outcome)}
    row.changes += [(labels[name], was[name], shown[name]) for name in NAMES if was[name] != shown[name]]
    set_outcome(one, wanted.outcome)
    one.case_note, one.comment = wanted.case_note, wanted.comment
    for name, error in problems_of(one).items():
        row.refuse(name, error.messages[0])


def _refuse_double(case: Case, first: dict[UUID, ImportRow]) -> None:
    if case.one is None:
        return
    other = first.setdefault(case.one.pk, case.row)
    if other is not case.row:
        text = _("Row %(row)s is about the same person.")
        case.row.refuse("name", text % {"row": other.number})
        other.refuse("name", text % {"row": case.row.number})


def _entered(row: ImportRow, one: AnnualAssessment) -> Entered:
    """What the row says; an empty cell of comment or facts leaves what stands there."""
    return Entered(
        outcome=row.get("outcome", ""),
        case_note=row.get("case_note", one.case_note),
        comment=row.get("comment", one.comment),
    )


def _values(one: AnnualAssessment) -> dict[str, Any]:
    return {"outcome": one.outcome, "case_note": one.case_note, "comment": one.comment}


def _told(error: ValidationError, rows: list[AnnualAssessment]) -> list[str]:
    names = {cell(name, one.pk): one.trainee.person.name for one in rows for name in NAMES}
    listed = error.message_dict.items()
    return [f"{names.get(key, '')}: {message}" for key, messages in listed for message in messages]


def _told_of(one: AnnualAssessment) -> str:
    return joined([one.trainee.person.name, one.trainee.file_number, one.trainee.home_unit.name])


def _open_to(actor: "User") -> Any:
    return AnnualAssessment.objects.worked_on(actor, Role.STAFF).filter(checked_on=None)


SHEET = ImportSheet(
    key="annual_assessments",
    label=gettext_lazy("Annual assessments"),
    order=70,
    columns=columns,
    may_import=works_here,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy(
        "One row for each person and year. The year is opened first; what is checked already is not changed."
    ),
    list_url_name="appraisal:annual_list",
)
