"""Outcomes in words: what is new, the mark of the state, and what a sign-off changes."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.advancement.models import ChangePart, Outcome, OutcomeChange, OutcomeState
from cadre_app.advancement.services.effects import Planned, is_as_written
from cadre_app.people.models import Person, PostRecord

MARKS = {
    OutcomeState.ANNOUNCED: "wait",
    OutcomeState.RECORDED: "wait",
    OutcomeState.IN_FILE: "ok",
    OutcomeState.RETURNED: "miss",
}


@dataclass(frozen=True)
class Line:
    """One part of a file before and after, as the pages show it; `note` says what is to be known of it."""

    label: str
    before: str
    after: str
    note: str = ""
    is_text: bool = False
    stands: bool = False


def what_text(outcome: Outcome) -> str:
    """The new post with its unit, or the new rank."""
    unit = outcome.unit.name if outcome.unit is not None else ""
    place = f"{unit} {outcome.post}".strip()
    rank = PostRecord.word_of("rank", outcome.rank) if outcome.rank else outcome.post_grade
    return "\u00a0· ".join(part for part in (place, rank) if part)


def mark_of(outcome: Outcome) -> tuple[str, str]:
    """The mark of the state and its word, with what it waits for."""
    if outcome.is_voided:
        return "none", _("Voided")
    label = str(OutcomeState(outcome.state).label)
    waits = {
        OutcomeState.ANNOUNCED: pgettext("outcome", "to be checked"),
        OutcomeState.RECORDED: pgettext("outcome", "to be signed off"),
    }.get(OutcomeState(outcome.state), "")
    return MARKS[OutcomeState(outcome.state)], " · ".join(part for part in (label, waits) if part)


def planned_lines(parts: list[Planned]) -> list[Line]:
    """What signing off would change, before it is done."""
    return [_planned(part) for part in parts]


def made_lines(changes: list[OutcomeChange], person: Person) -> list[Line]:
    """What the sign-off changed, and what of it was changed by somebody since or taken back."""
    return [_made(change, person) for change in changes]


def post_text(values: dict[str, Any] | None) -> str:
    """A record of post and rank in one line."""
    if not values:
        return ""
    day = parse_date(values["started_on"])
    parts = [
        formats.date_format(day) if day is not None else "",
        values["post"],
        PostRecord.word_of("post_level", values["post_level"]) if values["post_level"] else "",
        PostRecord.word_of("rank", values["rank"]) if values["rank"] else "",
        values["post_grade"],
        values["document_number"],
    ]
    return " · ".join(part for part in parts if part)


def _planned(part: Planned) -> Line:
    stands = not part.changes and not part.left
    note = part.left or part.note
    if stands:
        note = _("This stands already: nothing is changed.")
    return _line(part.part, part.before, part.after, note, stands=stands or bool(part.left))


def _made(change: OutcomeChange, person: Person) -> Line:
    note = ""
    if change.is_voided:
        note = pgettext("outcome", "Taken back")
    elif not is_as_written(change, person):
        note = _("Changed by somebody since: it stays as it is when the outcome is voided.")
    elif change.part == ChangePart.RESUME and person.resume != change.after["resume"]:
        note = _("The résumé was written on since: voiding takes out this line alone.")
    return _line(ChangePart(change.part), change.before, change.after, note, stands=change.is_voided)


def _line(part: ChangePart, before: dict[str, Any] | None, after: dict[str, Any], note: str, *, stands: bool) -> Line:
    label = str(part.label)
    if part == ChangePart.RESUME:
        was, is_now = (before or {}).get("resume", ""), after["resume"]
        gone, new = _news(was, is_now)
        return Line(label, gone, new, note, is_text=True, stands=stands)
    return Line(label, post_text(before) or _("no record from this day on"), post_text(after), note, stands=stands)


def _news(before: str, after: str) -> tuple[str, str]:
    """The lines of a résumé that differ; the last one where none does."""
    was, is_now = before.splitlines(), after.splitlines()
    gone, new = [line for line in was if line not in is_now], [line for line in is_now if line not in was]
    return "\n".join(gone), "\n".join(new or is_now[-1:])
