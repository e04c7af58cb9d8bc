"""The sheet of dispatches: what is over comes as history decided on paper, the rest waits to be checked and signed off."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.importing.cases import Case, posting_of
from cadre_app.assignments.importing.clashes import refuse_clashes
from cadre_app.assignments.importing.columns import columns, examples
from cadre_app.assignments.models import Front, Posting, PostingAppraisal
from cadre_app.assignments.permissions.rooms import works_here
from cadre_app.assignments.services.posting_bulk import Appraised, enter_many, void_many
from cadre_app.assignments.services.posting_checks import mid_term_day
from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress
from cadre_app.core.tables import joined
from cadre_app.people.importing.records import (
    begin,
    changed_text,
    counted,
    examined_again,
    lock_made,
    made_of,
    name_subject,
    write_in_chunks,
)
from cadre_app.people.importing.subjects import Subjects
from cadre_app.people.importing.units import UnitFinder
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's file and host and what stands against the posting; a fixed number of queries."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Write all postings. Raises ValidationError where a row no longer means what was checked."""

    def write(cases: Sequence[Case]) -> list[Applied]:
        part = [(case, case.posting) for case in cases if case.posting is not None]
        enter_many([(posting, _appraised(case, posting)) for case, posting in part], actor=actor)
        return [
            made_of(case.row, posting, label=case.row.target_text, outcome=str(posting.stage.label))
            for case, posting in part
        ]

    return write_in_chunks(examined_again(rows, actor, _examine), write, progress, model=Posting)


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void the postings with their appraisals; returns what was changed or built upon since, in words."""
    names = {each.object_id: each.label for each in applied}
    taken = lock_made(Posting, applied, actor, apart_from=(PostingAppraisal,))
    appraisals = PostingAppraisal.objects.standing().filter(posting__in=names)
    touched = appraisals.exclude(version=1, confirmed_by=None).values_list("posting", flat=True)
    others = appraisals.filter(posting__paper_signatory="").values_list("posting", flat=True)
    keys = dict.fromkeys([*touched, *others])
    obstacles = [*taken.obstacles, *(changed_text(names[key]) for key in keys)]
    if not obstacles:
        void_many(taken.records, actor=actor, reason=reason)
    return obstacles


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        begin(rows)
        units = UnitFinder(actor)
        subjects = Subjects(rows, actor, units)
        fronts = {front.key: front for front in Front.objects.standing()}
        cases = [_meant(row, subjects, units, fronts) for row in counted(rows, progress)]
        refuse_clashes(cases)
    return cases


def _meant(row: ImportRow, subjects: Subjects, units: UnitFinder, fronts: dict[str, Front]) -> Case:
    case = Case(row, subjects.find(row))
    if case.trainee is None:
        return case
    case.posting = posting_of(case, case.trainee, units, fronts)
    _check_appraisal(case)
    if case.posting is not None:
        name_subject(case, joined([case.trainee.person.name, case.posting.host]))
        if not case.is_over:
            case.posting.mid_term_on = mid_term_day(case.posting)
            row.notes.append(_("Waits to be checked and signed off, as its last day is not past."))
    return case


def _check_appraisal(case: Case) -> None:
    row = case.row
    if "opinion" in row.values and not case.tells_an_end:
        row.refuse("opinion", _("An appraisal is written once the return is recorded."))
    for key in ("signatory", "appraised_on"):
        if row.is_filled(key) and not row.is_filled("opinion"):
            row.refuse(key, _("There is no appraisal in this row. Write it, or leave this empty."))
    day = row.get("appraised_on")
    if day is not None and case.is_over and day < row.values["ended_on"]:
        row.refuse("appraised_on", _("The appraisal is dated before the last day of the posting."))


def _appraised(case: Case, posting: Posting) -> Appraised | None:
    row = case.row
    if "opinion" not in row.values or posting.ended_on is None:
        return None
    return Appraised(
        opinion=row.values["opinion"],
        signatory=row.get("signatory") or posting.host[:40],
        on=row.get("appraised_on") or posting.ended_on,
    )


SHEET = ImportSheet(
    key="postings",
    label=gettext_lazy("Postings for training on the job"),
    order=50,
    columns=columns,
    may_import=works_here,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy(
        "Past ones with the document that decided on them; those that run or are to come wait to be checked and signed off."
    ),
    examples=examples,
    list_url_name="assignments:posting_list",
)
