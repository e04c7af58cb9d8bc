"""Parts of the person page: village terms, transfers, the arrival checklist, offices.

Each function returns what its template needs as `section`:
`{% include "people/_terms.html" with section=terms %}` beside `trainee`. Rows are those that `user` may see.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.core.village_terms import term_marks
from cadre_app.people import permissions
from cadre_app.people.models import ArrivalCheck, Interruption, OfficeHolding, TermRole, Trainee, Transfer, VillageTerm
from cadre_app.people.services.arrival import TABLE, due_on
from cadre_app.people.services.terms import due_day, is_full_member
from cadre_app.people.services.transfers import service_of
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class TermRow:
    """A village term in words: `state` is a key of the status marks, `hint` what does not fit the role."""

    term: VillageTerm
    interruptions: list[Interruption]
    state: str
    label: str
    later_by: int
    hint: str


@dataclass(frozen=True)
class ItemRow:
    """A line of the arrival checklist; `check` where it is done."""

    code: str
    name: str
    check: ArrivalCheck | None


def term_section(user: "User", trainee: Trainee) -> dict[str, Any]:
    """Village terms, newest first, with their interruptions and, once they ended, what their assessment says."""
    terms = VillageTerm.objects.visible_to(user).standing().filter(trainee=trainee).select_related("village")
    found = terms.order_by("-started_on").prefetch_related("interruptions")
    rows = _marked(user, [term_row(term, trainee, list(term.interruptions.all())) for term in found])
    may_edit = permissions.can_edit(user, trainee)
    runs = any(row.term.ended_on is None for row in rows)
    return {"rows": rows, "may_edit": may_edit, "may_start": may_edit and not runs}


def transfer_section(user: "User", trainee: Trainee) -> dict[str, Any]:
    """Transfers and the departure, newest first, and the service period; one query."""
    found = Transfer.objects.visible_to(user).standing().filter(trainee=trainee).select_related("from_unit", "to_unit")
    rows = list(found.order_by("-effective_on", "-created_at"))
    return {
        "rows": rows,
        "latest": rows[0] if rows and not rows[0].is_departure else None,
        "service": service_of(trainee),
        "may_edit": permissions.can_edit(user, trainee),
        "may_undo_departure": permissions.can_undo_departure(user, trainee),
    }


def arrival_section(user: "User", trainee: Trainee) -> dict[str, Any]:
    """The arrival checklist with what is done and by when the rest is due; one query."""
    found = ArrivalCheck.objects.visible_to(user).standing().filter(trainee=trainee)
    return checklist_of(trainee, {check.item: check for check in found}) | {
        "may_edit": permissions.can_edit(user, trainee),
        "today": timezone.localdate(),
        "submission": uuid.uuid4(),
    }


def checklist_of(trainee: Trainee, checks: dict[str, ArrivalCheck]) -> dict[str, Any]:
    """The arrival checklist from the items that are done; no query but codes and settings."""
    wanted = dict(codes.choices(TABLE))
    retired = [code for code in checks if code not in wanted]
    rows = [ItemRow(code, name, checks.get(code)) for code, name in wanted.items()]
    rows += [ItemRow(code, codes.label(TABLE, code), checks[code]) for code in sorted(retired)]
    open_items = sum(row.check is None for row in rows)
    day = due_on(trainee)
    is_over = open_items > 0 and day < timezone.localdate() and not trainee.is_read_only
    return {
        "rows": rows,
        "done": len(rows) - open_items,
        "due_on": day,
        "state": "ok" if not open_items else "over" if is_over else "none",
        "label": _("Complete") if not open_items else _("Overdue") if is_over else _("Not complete"),
    }


def office_section(user: "User", trainee: Trainee) -> dict[str, Any]:
    """Offices that the person holds or held, newest first; one query."""
    found = OfficeHolding.objects.visible_to(user).standing().filter(person=trainee.person_id)
    rows = list(found.select_related("office__unit").order_by("-since"))
    return {"rows": rows, "may_open": permissions.can_see_offices(user)}


def term_row(term: VillageTerm, trainee: Trainee, found: list[Interruption]) -> TermRow:
    """A term with its interruptions as it stands today (local date)."""
    interruptions = sorted((item for item in found if not item.is_voided), key=lambda item: item.started_on)
    state, label = _state(term, interruptions, timezone.localdate())
    later_by = (term.due_on - due_day(term, 0)).days if term.due_on is not None else 0
    return TermRow(term, interruptions, state, label, later_by, _role_hint(term, trainee))


def _marked(user: "User", rows: Iterable[TermRow]) -> list[TermRow]:
    """Terms that ran to their end with what other rooms know of it, as far as `user` may read it."""
    found = list(rows)
    over = [row.term.pk for row in found if row.term.ended_on is not None and not row.term.is_cut_short]
    marks: dict[uuid.UUID, tuple[str, str]] = {}
    for known in term_marks.values() if over else ():
        marks.update(known(user, over))
    return [
        replace(row, state=marks[row.term.pk][0], label=marks[row.term.pk][1]) if row.term.pk in marks else row
        for row in found
    ]


def _state(term: VillageTerm, interruptions: list[Interruption], today: date) -> tuple[str, str]:
    """The status of demo-texts A3 by the days alone; "passed" comes with the assessment (`term_marks`)."""
    if term.ended_on is not None:
        return (
            ("idle", pgettext("village term", "Ended early"))
            if term.is_cut_short
            else ("ok", pgettext("village term", "Completed"))
        )
    if term.started_on > today:
        return "none", pgettext("village term", "Not started")
    if any(item.started_on <= today and (item.ended_on is None or item.ended_on >= today) for item in interruptions):
        return "miss", pgettext("village term", "Interrupted")
    if term.due_on is not None and term.due_on < today:
        return "soon", pgettext("village term", "Assessment due")
    return "ok", pgettext("village term", "Extended") if due_day(term, 0) < today else pgettext(
        "village term", "Under way"
    )


def _role_hint(term: VillageTerm, trainee: Trainee) -> str:
    """What does not fit while the term runs: a full member beside the director, or another beside the secretary."""
    if term.ended_on is not None:
        return ""
    is_full = is_full_member(trainee.person)
    if is_full and term.role == TermRole.DIRECTOR:
        return _("Now a full Party member: assistant to the village Party secretary would fit.")
    if not is_full and term.role == TermRole.SECRETARY:
        return _("Not recorded as a full Party member: assistant to the village director would fit.")
    return ""
