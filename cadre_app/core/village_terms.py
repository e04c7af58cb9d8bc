"""What rooms above know of village terms, for the room that keeps them: marks, rules, and what was built on an end."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# Of the terms with these keys, which ran to their end: status mark and word, as far as the user may know them.
term_marks: "Registry[Callable[[User, Collection[UUID]], Mapping[UUID, tuple[str, str]]]]" = Registry(
    "marks of village terms"
)
# A query of the keys of the terms whose end a rule of the room follows step by step.
followed_terms: Registry[Callable[[], Any]] = Registry("followed village terms")
# Growth file, term and its last day: why this end is not taken back, as one sentence; empty where nothing stands on it.
term_end_holds: Registry[Callable[[UUID, UUID, date], str]] = Registry("what was built on the end of a village term")
