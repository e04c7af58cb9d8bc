"""Who guides somebody now: rooms that tie mentors to a growth file announce them, papers about the person name them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cadre_app.core.registry import Registry


@dataclass(frozen=True)
class Guide:
    """`role` as official papers write it (政治淬炼导师), and the name of whoever holds it."""

    role: str
    name: str


guides: Registry[Callable[[UUID], list[Guide]]] = Registry("guides of somebody in development")
