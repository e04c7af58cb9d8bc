"""The sheet of pairings: what its rows mean, what stands against them, writing them, and taking them back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress
from cadre_app.core.tables import joined
from cadre_app.mentorship.importing.columns import RUNNING, columns, examples
from cadre_app.mentorship.importing.mentors import Mentors, office_for
from cadre_app.mentorship.models import EndKind, GuidanceNote, MentorKind, Pairing, PairingGoal, PairingReview
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.services.bulk import NewPairing, built, create_pairings_many
from cadre_app.mentorship.services.kept_words import in_house_language
from cadre_app.mentorship.services.pairings import due_day
from cadre_app.mentorship.services.refusals import AHEAD, LONGEST, already, problems_of
from cadre_app.mentorship.services.taking_back import void_pairings_many
from cadre_app.people.importing.records import (
    begin,
    built_upon_text,
    counted,
    examined_again,
    lock_made,
    made_of,
    mark_parts,
    name_subject,
    parts_changed,
    refuse_differing,
    write_in_chunks,
)
from cadre_app.people.importing.subjects import Subjects
from cadre_app.people.importing.units import UnitFinder
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Person, Trainee

MENTOR = "mentor_key"
BY_LEDGER = gettext_lazy("As kept in the office's own table")
# What a new pairing begins with is part of it, and nobody else may learn of a private note.
ASKED_HERE = (PairingGoal, PairingReview, GuidanceNote)
AT = {"mentor": "mentor", "started_on": "started_on"}


@dataclass(eq=False)
class Case:
    """One row with the pairing that it means."""

    row: ImportRow
    trainee: "Trainee | None" = None
    mentor: "Person | None" = None
    new: NewPairing | None = None


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's file and mentor and what stands against the pairing; a fixed number of queries."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Write all pairings. Raises ValidationError where a row no longer means what was checked."""
    mentors = [row.values[MENTOR] for row in rows if MENTOR in row.values]

    def write(cases: Sequence[Case]) -> list[Applied]:
        made = create_pairings_many([case.new for case in cases if case.new is not None], actor=actor)
        return [_applied(case, pairing) for case, pairing in zip(cases, made, strict=True)]

    cases = examined_again(rows, actor, _examine, then_lock=mentors)
    return mark_parts(write_in_chunks(cases, write, progress, model=Pairing), "pairing", PairingGoal, PairingReview)


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void the pairings with what they began with; returns what was changed or built upon since, in words."""
    taken = lock_made(Pairing, applied, actor, apart_from=ASKED_HERE)
    obstacles = [*taken.obstacles, *_worked_on(applied)]
    if not obstacles:
        void_pairings_many(taken.records, actor=actor, reason=reason)
    return obstacles


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        begin(rows)
        units = UnitFinder(actor)
        subjects, mentors = Subjects(rows, actor, units), Mentors(rows, actor, units)
        cases = [_meant(row, subjects, mentors) for row in rows]
        new = [case for case in cases if case.new is not None]
        _refuse_overlaps(new)
        for case, problems in zip(counted(new, progress), _problems(new), strict=True):
            for field, text in problems:
                case.row.refuse(field, text)
    return cases


def _meant(row: ImportRow, subjects: Subjects, mentors: Mentors) -> Case:
    row.values.pop(MENTOR, None)
    case = Case(row, subjects.find(row))
    mentor = mentors.find(row)
    kind, days = row.get("kind"), _days(row)
    if case.trainee is None or mentor is None or kind is None or days is None or row.is_unchosen:
        return case
    case.mentor = mentor.person
    row.values[MENTOR] = mentor.person.pk
    started_on, due_on, ended_on, end_kind = days
    office = office_for(mentor, kind, case.trainee, started_on)
    name_subject(case, joined([case.trainee.person.name, str(MentorKind(kind).label), mentor.person.name]))
    case.new = NewPairing(
        trainee=case.trainee,
        kind=kind,
        mentor=mentor.person,
        office=office,
        choice_reason="" if office is not None else _reason(row, mentor.person),
        started_on=started_on,
        due_on=due_on,
        ended_on=ended_on,
        end_kind=end_kind,
        end_reason=row.get("end_reason", "") if end_kind == EndKind.EARLY else "",
        signed_on=_signed(row, ended_on),
    )
    return case


def _reason(row: ImportRow, mentor: "Person") -> str:
    reason = str(row.get("choice_reason") or in_house_language(BY_LEDGER))
    text = _(
        "%(mentor)s held no office that gives this mentor on that day: entered as chosen by the department, "
        "with the reason “%(reason)s”."
    )
    row.notes.append(text % {"mentor": mentor.name, "reason": reason})
    return reason


def _days(row: ImportRow) -> tuple[date, date, date | None, str] | None:
    """First day, planned last day, last day and how it ended; None where they cannot be."""
    today, start, ended = timezone.localdate(), row.get("started_on"), row.get("ended_on")
    if start is None:
        return None
    if start > today + AHEAD:
        row.refuse("started_on", _("A pairing is entered one month ahead at most."))
        return None
    if ended is not None and ended > today:
        row.refuse("ended_on", _("This day has not come yet. Record it on that day."))
    elif ended is not None and ended < start:
        row.refuse("ended_on", _("A pairing cannot end before it started."))
    due = _due(row, start)
    state = _state(row, due)
    if row.has_errors or due is None:
        return None
    if state == RUNNING:
        if due < today:
            text = _("The planned last day %(day)s is past: record the end once the import is done.")
            row.notes.append(text % {"day": formats.date_format(due)})
        return start, due, None, ""
    if state == EndKind.COMPLETED and "due_on" not in row.values and ended is not None:
        due = min(due, ended)
    return start, due, ended or due, state


def _due(row: ImportRow, start: date) -> date | None:
    due: date = row.get("due_on") or due_day(start)
    if due < start:
        row.refuse("due_on", _("The planned last day lies before the first one."))
    elif due > start + LONGEST:
        row.refuse("due_on", _("A pairing lasts five years at most."))
    else:
        return due
    return None


def _state(row: ImportRow, due: date | None) -> str:
    """As the cell says, else as the days say; what does not go together stands at its cell."""
    ended = row.get("ended_on")
    state: str = row.get("state") or _state_of_days(row, due)
    if state == RUNNING:
        if ended is not None:
            row.refuse("state", _("A pairing with a last day no longer runs. Correct the state, or empty that day."))
        return state
    planned = row.get("due_on")
    if ended is None and state == EndKind.COMPLETED and planned is not None and planned <= timezone.localdate():
        text = _("No last day is given: completed as planned on %(day)s.")
        row.notes.append(text % {"day": formats.date_format(planned)})
    elif ended is None:
        row.refuse("ended_on", _("Enter the last day of a pairing that ended."))
    elif state == EndKind.COMPLETED and "due_on" in row.values and ended < row.values["due_on"]:
        text = _("It was planned until %(day)s: a pairing that ended before that day ended early.")
        row.refuse("state", text % {"day": formats.date_format(row.values["due_on"])})
    if state == EndKind.EARLY and "end_reason" not in row.values:
        row.refuse("end_reason", _("Say why the pairing ended early."))
    return state


def _state_of_days(row: ImportRow, due: date | None) -> str:
    ended = row.get("ended_on")
    if ended is None:
        return RUNNING
    is_early = due is not None and "due_on" in row.values and ended < due
    return EndKind.EARLY if is_early or "end_reason" in row.values else EndKind.COMPLETED


def _signed(row: ImportRow, ended: date | None) -> date | None:
    signed: date | None = row.get("signed_on")
    if signed is not None and signed > timezone.localdate():
        row.refuse("signed_on", _("This day has not come yet. Record it on that day."))
    elif signed is not None and ended is not None and signed > ended:
        row.refuse("signed_on", _("An agreement is signed before the pairing ends."))
    return signed


def _problems(cases: Sequence[Case]) -> Iterable[list[tuple[str, str]]]:
    """What the rules of pairings say of each that is not entered already; five queries."""
    asked = [case for case in cases if case.row.action == "create" and not case.row.has_errors]
    pairings = [built(case.new) for case in asked if case.new is not None]
    found = dict(zip((case.row.number for case in asked), problems_of(pairings), strict=True))
    for case in cases:
        said = found.get(case.row.number, [])
        yield [(AT.get(each.field, ""), each.text) for each in said if each.code not in _past(case)]


def _past(case: Case) -> tuple[str, ...]:
    """What is no obstacle to a pairing that is over: whoever left since, and days that are asked about here."""
    is_over = case.new is not None and case.new.ended_on is not None
    return ("already_paired", "left") if is_over else ("already_paired",)


def _refuse_overlaps(cases: Sequence[Case]) -> None:
    """One mentor of a kind at a time, among the rows and against what is entered; the same pairing is entered once."""
    lines: defaultdict[tuple[UUID, str], list[Case]] = defaultdict(list)
    for case in cases:
        if case.new is not None:
            lines[case.new.trainee.pk, case.new.kind].append(case)
    asked = Q(trainee__in={key for key, _kind in lines})
    known: defaultdict[tuple[UUID, str], list[Pairing]] = defaultdict(list)
    for pairing in Pairing.objects.standing().filter(asked).select_related("mentor"):
        known[pairing.trainee_id, pairing.kind].append(pairing)
    for line, listed in lines.items():
        for case in listed:
            _against_known(case, known.get(line, []))
        _among_rows(listed)


def _against_known(case: Case, known: Iterable[Pairing]) -> None:
    new = case.new
    if new is None:
        return
    for other in known:
        if (other.mentor_id, other.started_on) == (new.mentor.pk, new.started_on):
            case.row.action, case.row.target = "same", other.pk
            if (other.ended_on, other.end_kind) != (new.ended_on, new.end_kind):
                text = _("This pairing is entered already; its end is recorded on its page, not by an import.")
                case.row.notes.append(text)
            _tell_differences(case.row, new, other)
            return
        if _meet((other.started_on, other.ended_on), (new.started_on, new.ended_on)):
            case.row.refuse("started_on", already(other))
            return


def _tell_differences(row: ImportRow, new: NewPairing, there: Pairing) -> None:
    """Its days, and the words of who was chosen without an office or ended early."""
    stands: list[tuple[str, Any, str]] = [
        (name, day, formats.date_format(day) if day is not None else "")
        for name, day in (("due_on", there.due_on), ("signed_on", there.signed_on))
    ]
    if new.choice_reason:
        stands.append(("choice_reason", there.choice_reason, there.choice_reason))
    if new.end_reason and there.ended_on == new.ended_on:
        stands.append(("end_reason", there.end_reason, there.end_reason))
    refuse_differing(row, stands)


def _among_rows(listed: list[Case]) -> None:
    """Sorted by first day, a row meets the one that lasts longest so far, if any."""
    coming = [case for case in listed if case.row.action == "create" and not case.row.has_errors]
    coming.sort(key=lambda case: (case.row.values["started_on"], case.row.number))
    last: Case | None = None
    for case in coming:
        if last is not None and _meet(_period(last), _period(case)):
            text = _("Row %(row)s gives the same kind of mentor in this period.")
            case.row.refuse("started_on", text % {"row": last.row.number})
            last.row.refuse("started_on", text % {"row": case.row.number})
        if last is None or (_period(case)[1] or date.max) > (_period(last)[1] or date.max):
            last = case


def _period(case: Case) -> tuple[date, date | None]:
    return case.row.values["started_on"], case.new.ended_on if case.new is not None else None


def _meet(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)


def _applied(case: Case, pairing: Pairing) -> Applied:
    outcome = str(dict(EndKind.choices).get(pairing.end_kind, "")) or _("running")
    return made_of(case.row, pairing, label=case.row.target_text, outcome=outcome)


def _worked_on(applied: Sequence[Applied]) -> list[str]:
    """Goals and reviews that somebody has touched, and notes that others may know of."""
    names = {each.object_id: each.label for each in applied}
    touched = Q(version__gt=1) | Q(voided_at__isnull=False)
    found = parts_changed(applied, "pairing", touched, PairingGoal, PairingReview)
    counts: defaultdict[UUID, int] = defaultdict(int)
    for key in GuidanceNote.objects.counted().filter(pairing__in=names).values_list("pairing", flat=True):
        counts[key] += 1
    return [*found, *(built_upon_text(names[key], count) for key, count in counts.items())]


SHEET = ImportSheet(
    key="pairings",
    label=pgettext_lazy("import", "Pairings"),
    order=40,
    columns=columns,
    may_import=permissions.can_see_suggestions,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("Mentors with their trainees, running and past. Offices with holders and trainees come first."),
    examples=examples,
    list_url_name="mentorship:pairing_list",
)
