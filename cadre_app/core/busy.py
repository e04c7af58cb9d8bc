"""When somebody is already taken: rooms announce their times, whoever plans something is warned of clashes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Taken:
    """One time of one person: from `starts` until before `ends` (aware moments), and what it is in words.

    `key` is the record behind it, so that whoever is being planned does not clash with itself. `is_whole` marks times
    that last for days or months (leave, a full-time posting).
    """

    trainee: UUID
    starts: datetime
    ends: datetime
    text: str
    key: UUID
    is_whole: bool = False


@dataclass(frozen=True)
class Busy:
    """A kind of times; `taken(trainees, starts, ends)` gives those that overlap, in one query however many people.

    The texts are read by whoever plans: they say what kind of time it is and where, nothing that is confidential.
    """

    label: "_StrPromise | str"
    taken: "Callable[[Collection[UUID], datetime, datetime], list[Taken]]"


def clashes(
    trainees: Collection[UUID], starts: datetime, ends: datetime, *, but: Collection[UUID] = ()
) -> dict[UUID, list[Taken]]:
    """By person everything that overlaps, earliest first, without the records named by `but`."""
    found: dict[UUID, list[Taken]] = {}
    if not trainees:
        return found
    left_out = set(but)
    for busy in busies.values():
        for taken in busy.taken(trainees, starts, ends):
            if taken.key not in left_out:
                found.setdefault(taken.trainee, []).append(taken)
    for times in found.values():
        times.sort(key=lambda taken: (taken.starts, taken.text))
    return found


busies: Registry[Busy] = Registry("times that are taken")
