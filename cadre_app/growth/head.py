"""What stands above and beside the timeline, by what the viewer may read of the person."""

from typing import TYPE_CHECKING, Any

from cadre_app.core.growth import Access, Coming, coming_parts, gap_parts, head_parts
from cadre_app.growth import permissions
from cadre_app.people.access import shows
from cadre_app.people.file.heads import post_of
from cadre_app.people.file.opening import opened
from cadre_app.people.writing import phones

if TYPE_CHECKING:
    from cadre_app.people.models import Trainee


def head_context(trainee: "Trainee", access: Access) -> dict[str, Any]:
    """The head, what is coming and what is missing; for a tie a card with what it shows."""
    if not permissions.can_read_head(access):
        return {"card": _card(trainee, access)}
    found = opened(access.user, trainee)
    gaps = list(found.missing)
    for part in sorted(gap_parts.values(), key=lambda part: part.order):
        gaps += part.gaps(trainee, access)
    found.head["coming"] = _coming(trainee, access, found.head["coming"])
    return {"head": found.head, "lines": _lines(trainee, access), "gaps": gaps}


def _coming(trainee: "Trainee", access: Access, known: list[Coming]) -> list[Coming]:
    """The days of the file itself with those of the rooms, soonest first; what the file says is not told twice."""
    if trainee.is_read_only:
        return []
    days = {(item.title, item.day) for item in known}
    parts = sorted(coming_parts.values(), key=lambda part: part.order)
    found = [item for part in parts for item in part.items(trainee, access)]
    new = [item for item in found if (item.title, item.day) not in days and (item.on_paper or not access.on_paper)]
    return sorted([*known, *new], key=lambda item: item.day)


def _lines(trainee: "Trainee", access: Access) -> list[Any]:
    parts = sorted(head_parts.values(), key=lambda part: part.order)
    return [line for part in parts for line in part.lines(trainee, access)]


def _card(trainee: "Trainee", access: Access) -> dict[str, Any]:
    """Name and unit stand above; the rest only where the tie shows it."""
    return {
        "post": post_of(trainee) if shows(access, "post") else None,
        "phone": phones.masked(trainee.person.phone) if shows(access, "phone") else None,
    }
