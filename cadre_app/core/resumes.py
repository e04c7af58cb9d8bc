"""简历 what rooms know for the résumé of a person: periods, from which `people.writing.deriving` makes its lines."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class ResumePart(Enum):
    """How a line takes a period: a line of its own before the first post; post and rank until the next one; a post held
    beside it, written into each of its lines; （其间：…）.
    """

    SCHOOL = "school"
    POST = "post"
    BESIDE = "beside"
    WITHIN = "within"


@dataclass(frozen=True)
class ResumePeriod:
    """From a day to a day (`ended_on` None: still, or until the next post), in Chinese as the appointment form wants it."""

    part: ResumePart
    text: str
    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True)
class ResumeFacts:
    """What a room knows of one person, and in the reader's language what it misses for whole lines."""

    periods: list[ResumePeriod] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ResumeLines:
    """A room's part of the résumé: `facts(user, trainee)`, what this reader may see, in as few queries for many as for one.

    Of two posts in one month that of the larger `order` stands.
    """

    order: int
    facts: "Callable[[User, Any], ResumeFacts]"


resume_lines: Registry[ResumeLines] = Registry("lines of the résumé")


def resume_facts(user: "User", trainee: Any) -> ResumeFacts:
    """Of all rooms together, in their order."""
    found = ResumeFacts()
    for room in sorted(resume_lines.values(), key=lambda room: room.order):
        facts = room.facts(user, trainee)
        found.periods.extend(facts.periods)
        found.missing.extend(facts.missing)
    return found
