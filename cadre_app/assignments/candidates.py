"""适合人选 Who could be proposed, and what speaks for or against it: reasons to read, never a score, never an order by them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.assignments.compliance import is_cooling
from cadre_app.assignments.models import Front, Leave, LeaveState, Posting, PostingKind, PostingMode, PostingState
from cadre_app.assignments.models.choices import PENDING
from cadre_app.people.models import Trainee, VillageTerm

if TYPE_CHECKING:
    from cadre_app.core.tables import Table

NAMED = 3


@dataclass(frozen=True)
class Reason:
    """One line: the mark says whether it speaks for, against, or is only to be known."""

    state: str
    text: str


def add_reasons(table: "Table[Any]", *, front: Front | None, kind: str, today: date) -> None:
    """Give each person of this page of the table their `reasons`; three queries however many."""
    people = [row.object for row in table.rows]
    found = reasons_of(people, front=front, kind=kind, today=today)
    for person in people:
        person.reasons = found[person.pk]


def reasons_of(people: "Iterable[Trainee]", *, front: Front | None, kind: str, today: date) -> dict[UUID, list[Reason]]:
    """By growth file: village term, role there, other postings, experience, leave. Three queries."""
    people = list(people)
    keys = [person.pk for person in people]
    terms, postings, away = _terms(keys), _postings(keys), _on_leave(keys, today)
    return {
        person.pk: [
            _village(terms.get(person.pk, []), today),
            *_busy(postings.get(person.pk, []), today),
            *_experience(postings.get(person.pk, []), front, kind, today),
            *away.get(person.pk, []),
        ]
        for person in people
    }


def _terms(keys: list[UUID]) -> dict[UUID, list[VillageTerm]]:
    rows = VillageTerm.objects.standing().filter(trainee__in=keys).select_related("village").order_by("started_on")
    return _by_file(rows)


def _postings(keys: list[UUID]) -> dict[UUID, list[Posting]]:
    rows = Posting.objects.taking().filter(trainee__in=keys).select_related("unit", "front").order_by("started_on")
    return _by_file(rows)


def _on_leave(keys: list[UUID], today: date) -> dict[UUID, list[Reason]]:
    rows = Leave.objects.standing().filter(trainee__in=keys, state=LeaveState.APPROVED, started_on__lte=today)
    found: dict[UUID, list[Reason]] = {}
    for leave in rows.order_by("started_on"):
        text = _("On leave until %(day)s") % {"day": formats.date_format(leave.due_on)}
        found.setdefault(leave.trainee_id, []).append(Reason("soon", text))
    return found


def _by_file(rows: "Iterable[Any]") -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.trainee_id, []).append(row)
    return found


def _village(terms: list[VillageTerm], today: date) -> Reason:
    term = terms[-1] if terms else None
    if term is None:
        return Reason("none", _("No village term recorded"))
    last = term.ended_on or term.due_on
    known = {"village": term.village.name, "role": term.get_role_display()}
    if term.ended_on is not None:
        known["day"] = formats.date_format(last) if last is not None else ""
        if term.is_cut_short:
            return Reason("miss", _("Village term ended early on %(day)s (%(village)s)") % known)
        return Reason("ok", _("Village term over since %(day)s (%(village)s, %(role)s)") % known)
    if last is not None and last < today:
        text = _(
            "In %(village)s, planned until %(day)s, not ended yet: full-time only with the superior department's document"
        )
        return Reason("soon", text % {**known, "day": formats.date_format(last)})
    if term.started_on > today:
        text = _("Goes to %(village)s on %(day)s")
        return Reason("soon", text % {**known, "day": formats.date_format(term.started_on)})
    text = _("In %(village)s until %(day)s (%(role)s): full-time only with the superior department's document")
    return Reason("soon", text % {**known, "day": formats.date_format(last) if last is not None else "—"})


def _busy(postings: list[Posting], today: date) -> list[Reason]:
    """What runs, is planned or only proposed."""
    found = []
    for posting in postings:
        last = posting.due_on
        if posting.state not in (*PENDING, PostingState.APPROVED):
            continue
        known = {
            "host": posting.host,
            "mode": posting.get_mode_display(),
            "start": formats.date_format(posting.started_on),
        }
        known["until"] = formats.date_format(last) if last is not None else _("the end of the task")
        if posting.state in PENDING:
            text = _("Proposed for %(host)s from %(start)s (%(mode)s)")
        elif posting.started_on > today:
            text = _("Goes to %(host)s on %(start)s (%(mode)s)")
        else:
            text = _("At %(host)s until %(until)s (%(mode)s)")
        found.append(Reason("miss" if posting.mode == PostingMode.FULL else "soon", text % known))
    return found or [Reason("none", _("No other posting now"))]


def _experience(postings: list[Posting], front: Front | None, kind: str, today: date) -> list[Reason]:
    past = [one for one in postings if one.state in (PostingState.RETURNED, PostingState.CLOSED)]
    found = []
    here = [one for one in past if front is not None and one.front_id == front.pk]
    if here and here[-1].ended_on is not None:
        text = _("Was on this front: %(host)s, until %(day)s")
        known = {"host": here[-1].host, "day": formats.date_format(here[-1].ended_on)}
        found.append(Reason("ok", text % known))
    others = [one.host for one in past if front is None or one.front_id != front.pk]
    if others:
        found.append(Reason("none", _("Earlier postings: %(hosts)s") % {"hosts": _(", ").join(others[-NAMED:])}))
    last = next((one for one in reversed(postings) if one.kind == PostingKind.SHADOW), None)
    end = (last.ended_on or last.due_on) if last is not None else None
    if kind == PostingKind.SHADOW and end is not None and is_cooling(today, end, today):
        text = _("Shadow training until %(day)s: too soon for another one")
        found.append(Reason("miss", text % {"day": formats.date_format(end)}))
    return found
