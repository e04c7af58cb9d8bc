"""Clauses that people wrote and that still hold the number from before a new one was taken over."""

from collections.abc import Iterator

from cadre_app.briefings.composing import SLOTS
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.phrases import clauses_with
from cadre_app.briefings.snapshots import Snapshot, numbers_of, with_left

PARTS = ("opening", "stages", "practice", "following", "shortcomings", "plans")
PART_OF = {key: slot.part for slot in SLOTS for key in slot.keys}


def told(briefing: Briefing, before: Snapshot, unfollowed: set[str]) -> Snapshot:
    """The figures, each that the text did not follow with the clauses that hold its number of `before`; clauses that were
    left earlier stay told.
    """
    found: Snapshot = briefing.figures
    old, new = numbers_of(before), numbers_of(found)
    for entry in before:
        key = entry["key"]
        earlier = [clause for clause in entry.get("left", ()) if _stands(briefing, clause)]
        is_left = key in unfollowed and old[key] != new[key]
        if is_left or earlier:
            now = _holding(briefing, key, old[key], new) if is_left else []
            found = with_left(found, key, list(dict.fromkeys([*earlier, *now])))
    return found


def standing(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Key of the figure and clause, as long as the clause stands in the text."""
    for entry in briefing.figures:
        for clause in entry.get("left", ()):
            if _stands(briefing, clause):
                yield entry["key"], clause


def _holding(briefing: Briefing, key: str, number: int, numbers: dict[str, int]) -> list[str]:
    """Where the number stands: in the part of its figure, else in any other."""
    if not number:
        return []
    own = clauses_with(getattr(briefing, PART_OF[key]), number, numbers)
    return own or [clause for name in PARTS for clause in clauses_with(getattr(briefing, name), number, numbers)]


def _stands(briefing: Briefing, clause: str) -> bool:
    return any(clause in getattr(briefing, name) for name in PARTS)
