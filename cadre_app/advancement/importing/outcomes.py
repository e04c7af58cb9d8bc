"""The sheet of outcomes: announced results as they are entered, to be checked and signed off like all others."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.advancement.importing.columns import columns, examples
from cadre_app.advancement.importing.wherein import tell_place
from cadre_app.advancement.models import Outcome, OutcomeKind, OutcomeState
from cadre_app.advancement.models.outcomes import NEW_POSTS
from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.advancement.services.checks import Around, check_news, check_words
from cadre_app.advancement.services.outcome_bulk import enter_many, void_many
from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress, refuse_doubles
from cadre_app.core.probation import posts_held, ranks_not_yet
from cadre_app.core.tables import joined
from cadre_app.people.importing.records import (
    begin,
    counted,
    examined_again,
    lock_made,
    made_of,
    name_subject,
    refuse_differing,
    stands_text,
    write_in_chunks,
)
from cadre_app.people.importing.subjects import Subjects
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.models import PostRecord
from cadre_app.policy import codes, snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

AT_CELL = {"unit": "post_unit", "resume_text": "post"}
Line = tuple[UUID, str, date]


# What was returned waits as it did; a check or a sign-off names who did it.
RETURNED = ("state", "returned_on", "return_reason")


@dataclass(eq=False)
class Case:
    """One row with the outcome that it means."""

    row: ImportRow
    trainee: "Trainee | None" = None
    outcome: Outcome | None = None

    @property
    def line(self) -> Line | None:
        one = self.outcome
        return (one.trainee_id, str(one.kind), one.effective_on) if one is not None else None


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's file and what stands against the outcome; a fixed number of queries."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Enter all outcomes. Raises ValidationError where a row no longer means what was checked."""
    label = str(OutcomeState.ANNOUNCED.label)

    def write(cases: Sequence[Case]) -> list[Applied]:
        part = [(case.row, case.outcome) for case in cases if case.outcome is not None]
        enter_many([outcome for _row, outcome in part], actor=actor)
        return [made_of(row, outcome, label=row.target_text, outcome=label) for row, outcome in part]

    return write_in_chunks(examined_again(rows, actor, _examine), write, progress, model=Outcome, following=RETURNED)


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void the outcomes; returns what was changed, checked or signed off since, in words."""
    taken = lock_made(Outcome, applied, actor, following=RETURNED)
    if not taken.obstacles:
        void_many(taken.records, actor=actor, reason=reason)
    return taken.obstacles


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        begin(rows)
        units = UnitFinder(actor)
        subjects = Subjects(rows, actor, units)
        cases = [Case(row, subjects.find(row)) for row in rows]
        known = _around(cases)
        for case in counted(cases, progress):
            if case.trainee is not None:
                _take(case, case.trainee, units, known[case.trainee.pk])
        _find_same(cases)
    return cases


def _around(cases: Sequence[Case]) -> dict[UUID, Around]:
    """What is recorded of everybody besides; the same few queries for any number."""
    files = {case.trainee.pk: case.trainee for case in cases if case.trainee is not None}
    records: defaultdict[UUID, list[PostRecord]] = defaultdict(list)
    for record in PostRecord.objects.standing().filter(trainee__in=files).order_by("started_on"):
        records[record.trainee_id].append(record)
    why = ranks_not_yet(list(files.values()), None)
    held = posts_held([record for listed in records.values() for record in listed])
    return {key: Around(records[key], _saying(why.get(key, "")), held) for key in files}


def _saying(text: str) -> Callable[[], str]:
    return lambda: text


def _take(case: Case, trainee: "Trainee", units: UnitFinder, known: Around) -> None:
    row = case.row
    unit = units.take(row, "post_unit")
    if row.has_errors or not {"kind", "document_number", "published_on"} <= row.values.keys():
        return
    texts = ("post", "post_level", "rank", "post_grade", "remark")
    outcome = Outcome(
        trainee=trainee,
        kind=row.values["kind"],
        unit=unit if unit is not None and unit.pk != trainee.home_unit_id else None,
        document_number=row.values["document_number"],
        published_on=row.values["published_on"],
        effective_on=row.get("effective_on", row.values["published_on"]),
        entered_on=timezone.localdate(),
        **{name: row.get(name, "") for name in texts},
    )
    _check_shape(row, outcome)
    for ask in (lambda: check_words(outcome), lambda: check_news(outcome, known)):
        if not row.has_errors:
            _ask(row, ask)
    if not row.has_errors:
        case.outcome = outcome
        name_subject(case, joined([trainee.person.name, str(OutcomeKind(outcome.kind).label)]))
        tell_place(row, unit or trainee.home_unit, units)
        row.notes.append(_("Waits to be checked and signed off by others."))


def _check_shape(row: ImportRow, outcome: Outcome) -> None:
    """What the constraints of the table say, at the cells."""
    if outcome.kind in NEW_POSTS and not outcome.post:
        row.refuse("post", _("Write the new post."))
    if outcome.rank and outcome.post_grade:
        row.refuse("post_grade", _("Enter the rank or the post grade, not both."))
    if outcome.kind == OutcomeKind.ADVANCED and (
        outcome.post or outcome.post_level or outcome.unit or not (outcome.rank or outcome.post_grade)
    ):
        text = _("An advance in rank names the new rank or post grade and brings no new post or unit.")
        row.refuse("rank", text)


def _ask(row: ImportRow, act: Callable[[], Any]) -> None:
    try:
        act()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            row.refuse(AT_CELL.get(field, field), " ".join(messages))


def _find_same(cases: Sequence[Case]) -> None:
    """An outcome that is entered already stays as it is; two rows of one outcome name each other."""
    keys = {case.trainee.pk for case in cases if case.trainee is not None}
    entered = Outcome.objects.standing().filter(trainee__in=keys).select_related("unit")
    known: dict[Line, Outcome] = {(there.trainee_id, there.kind, there.effective_on): there for there in entered}
    rows: defaultdict[Line, list[ImportRow]] = defaultdict(list)
    for case in cases:
        if case.line is None:
            continue
        if case.line in known:
            there = known[case.line]
            case.row.action, case.row.target = "same", there.pk
            _tell_differences(case, there)
            case.row.notes[:] = [_("An outcome of this kind from this day on is entered for this person already.")]
        else:
            rows[case.line].append(case.row)
    for group in rows.values():
        refuse_doubles(group, "kind", _("Row %(row)s is about the same outcome."))


def _tell_differences(case: Case, there: Outcome) -> None:
    texts = ("post", "post_grade", "document_number", "remark")
    codes_of = {"post_level": there.post_level, "rank": there.rank}
    refuse_differing(
        case.row,
        [
            *((name, getattr(there, name), getattr(there, name)) for name in texts),
            *((name, code, codes.label(name, code) if code else "") for name, code in codes_of.items()),
            ("published_on", there.published_on, formats.date_format(there.published_on)),
        ],
    )
    # The row names its unit; compared is the unit that it means, none for the present one.
    if case.outcome is not None and case.row.is_filled("post_unit") and case.outcome.unit_id != there.unit_id:
        case.row.refuse("post_unit", stands_text(there.unit.name if there.unit is not None else ""))


SHEET = ImportSheet(
    key="outcomes",
    label=gettext_lazy("Outcomes"),
    order=90,
    columns=columns,
    may_import=permissions.can_open_entry,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("Announced results only; each is then checked by somebody else and signed off by a leader."),
    examples=examples,
    list_url_name="advancement:outcome_list",
)
