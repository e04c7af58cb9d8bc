"""What stands against dispatches in other records: full-time ones at the same time, the village term, the cooling-off."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.compliance import is_cooling, takes_away
from cadre_app.assignments.importing.cases import Case
from cadre_app.assignments.importing.differing import appraisals_of, tell_differences
from cadre_app.assignments.models import Posting, PostingAppraisal, PostingKind, PostingMode
from cadre_app.assignments.services.posting_checks import overlap_text
from cadre_app.people.models import VillageTerm


def refuse_clashes(cases: Sequence[Case]) -> None:
    """Errors at the cells of rows with a posting; three queries for any number of rows."""
    files = {case.posting.trainee_id for case in cases if case.posting is not None}
    entered: defaultdict[UUID, list[Posting]] = defaultdict(list)
    for posting in (
        Posting.objects.taking().filter(trainee__in=files).select_related("unit", "front").order_by("started_on")
    ):
        entered[posting.trainee_id].append(posting)
    appraisals = appraisals_of([posting.pk for listed in entered.values() for posting in listed])
    terms: defaultdict[UUID, list[VillageTerm]] = defaultdict(list)
    for term in VillageTerm.objects.standing().filter(trainee__in=files):
        terms[term.trainee_id].append(term)
    lines: defaultdict[UUID, list[Case]] = defaultdict(list)
    for case in cases:
        if case.posting is None or _is_entered(case, entered[case.posting.trainee_id], appraisals):
            continue
        _against_entered(case, case.posting, entered[case.posting.trainee_id])
        _against_term(case, case.posting, terms[case.posting.trainee_id])
        lines[case.posting.trainee_id].append(case)
    for line in lines.values():
        _among_rows(line)


def _is_entered(case: Case, entered: Iterable[Posting], appraisals: dict[UUID, PostingAppraisal]) -> bool:
    """The same host from the same day on is the same posting, which stays as it is; what the row says otherwise is told."""
    new = case.posting
    for other in entered:
        if new is not None and (other.host, other.started_on) == (new.host, new.started_on):
            case.row.action, case.row.target = "same", other.pk
            case.row.notes.append(_("This posting is entered already, with the same host and the same first day."))
            tell_differences(case.row, other, appraisals.get(other.pk))
            return True
    return False


def _against_entered(case: Case, new: Posting, entered: Iterable[Posting]) -> None:
    for other in entered:
        if _both_full(new, other) and _meet(new, other):
            case.row.refuse("started_on", overlap_text(other))
            return
        if not case.is_over and _is_too_soon(new, other):
            text = _(
                "Another shadow training is from %(start)s to %(day)s: they lie too close together. "
                "With the approval of the superior department, enter its number."
            )
            days = {"start": formats.date_format(other.started_on), "day": _day(other.covered_until)}
            case.row.refuse("superior_document", text % days)
            return
        if other.host == new.host and _meet(new, other):
            text = _("A posting with the same host from %(start)s on is entered already: see that this is another one.")
            case.row.notes.append(text % {"start": formats.date_format(other.started_on)})


def _against_term(case: Case, new: Posting, terms: Iterable[VillageTerm]) -> None:
    """What is over needs the superior department's number; what is proposed also its file, which no sheet brings."""
    if takes_away(new.kind, new.mode) and any(_lies_in(new, term) for term in terms):
        if not case.is_over:
            text = _(
                "During the village term this is proposed on its page, with the file of the superior department's approval."
            )
            case.row.refuse("superior_document", text)
        elif not new.superior_document:
            text = _("It lies in the village term: enter the number of the superior department's document.")
            case.row.refuse("superior_document", text)
    elif new.kind == PostingKind.LOAN and not new.superior_document:
        text = _("Borrowing is recorded only with the approval of the superior department: enter its number.")
        case.row.refuse("superior_document", text)


def _among_rows(line: list[Case]) -> None:
    """Sorted by first day, a full-time row meets the full-time one that lasts longest so far; nothing is told twice."""
    full = [(case, case.posting) for case in line if case.posting is not None]
    coming = sorted(full, key=lambda pair: (pair[1].started_on, pair[0].row.number))
    last: tuple[Case, Posting] | None = None
    for case, posting in coming:
        _refuse_twice(case, posting, coming)
        if posting.mode != PostingMode.FULL:
            continue
        if last is not None and _meet(last[1], posting):
            text = _("Row %(row)s is a full-time posting of the same person: the times overlap.")
            case.row.refuse("started_on", text % {"row": last[0].row.number})
            last[0].row.refuse("started_on", text % {"row": case.row.number})
        if last is None or (_end(posting) or date.max) > (_end(last[1]) or date.max):
            last = case, posting


def _refuse_twice(case: Case, posting: Posting, coming: Sequence[tuple[Case, Posting]]) -> None:
    for other, same in coming:
        if other is not case and (same.host, same.started_on) == (posting.host, posting.started_on):
            case.row.refuse("host", _("Row %(row)s is about the same posting.") % {"row": other.row.number})


def _both_full(one: Posting, other: Posting) -> bool:
    return PostingMode.FULL == one.mode == other.mode


def _end(posting: Posting) -> date | None:
    return posting.ended_on or posting.due_on


def _meet(one: Posting, other: Posting) -> bool:
    return one.started_on <= (_end(other) or date.max) and other.started_on <= (_end(one) or date.max)


def _is_too_soon(new: Posting, other: Posting) -> bool:
    if not (new.kind == other.kind == PostingKind.SHADOW) or new.superior_document:
        return False
    first, second = sorted((each.started_on, _end(each) or date.max) for each in (new, other))
    return is_cooling(second[0], first[1], new.started_on)


def _lies_in(posting: Posting, term: VillageTerm) -> bool:
    """As `village_term_of` asks the database: past its planned end a term goes on until it is ended."""
    last = _end(posting)
    if last is not None and term.started_on > last:
        return False
    if term.ended_on is not None:
        return term.ended_on >= posting.started_on
    runs_on = term.due_on is None or term.due_on < timezone.localdate()
    return runs_on or (term.due_on is not None and term.due_on >= posting.started_on)


def _day(day: date | None) -> str:
    return formats.date_format(day) if day is not None else ""
