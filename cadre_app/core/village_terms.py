"""What rooms above know of village terms, for the room that keeps them: marks, rules, and what was built on an end."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Reopening:
    """The last day of a term is to be taken back: `ended_on`; it then runs until `due_on` (None: it is interrupted)."""

    trainee: UUID
    term: UUID
    ended_on: date
    due_on: date | None

    def reaches(self, day: date) -> bool:
        """True for a day that lies behind the term now and would lie in it again."""
        return day > self.ended_on and (self.due_on is None or day <= self.due_on)


@dataclass(frozen=True)
class TermChange:
    """A term is to be voided, or to have other facts; `is_sooner` where its planned end would lie earlier than it does."""

    term: UUID
    is_voided: bool = False
    is_sooner: bool = False


# Of the terms with these keys, which ran to their end: status mark and word, as far as the user may know them.
term_marks: "Registry[Callable[[User, Collection[UUID]], Mapping[UUID, tuple[str, str]]]]" = Registry(
    "marks of village terms"
)
# A query of the keys of the terms whose end a rule of the room follows step by step.
followed_terms: Registry[Callable[[], Any]] = Registry("followed village terms")
# What moves with the days of the terms of a growth file, under its lock and in the same transaction.
term_followers: "Registry[Callable[[UUID, User | None], None]]" = Registry("what moves with village terms")
# Why the end of a term is not taken back, as one sentence; empty where nothing stands on it.
term_end_holds: Registry[Callable[[Reopening], str]] = Registry("what was built on the end of a village term")
# Why a term is neither changed nor voided, as one sentence; empty where nothing stands on it.
term_change_holds: Registry[Callable[[TermChange], str]] = Registry("what was built on the facts of a village term")
