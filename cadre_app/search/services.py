"""Asks every source that the viewer may search; what is found is what they may open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_app.core.fields import HIDDEN
from cadre_app.core.registries import Hit, SearchSource, search_sources

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

LONGEST = 40
SUGGESTED = 8
LISTED = 50


@dataclass(frozen=True)
class Found:
    """What one source has found; `has_more` when it was cut."""

    label: "_StrPromise | str"
    hits: list[Hit]
    has_more: bool


def clean(text: str) -> str:
    """What was typed, without outer blanks and cut to 40 characters; empty if it holds control characters."""
    return "" if HIDDEN.search(text) else " ".join(text.split())[:LONGEST]


def sources_of(user: "User") -> list[SearchSource]:
    """The sources that `user` may search, in order."""
    return sorted((source for source in search_sources.values() if source.visible(user)), key=lambda item: item.order)


def find(user: "User", text: str, limit: int) -> list[Found]:
    """Up to `limit` hits of each source; sources without a hit are left out."""
    found = []
    for source in sources_of(user) if text else []:
        hits = source.find(user, text, limit + 1)
        if hits:
            found.append(Found(source.label, hits[:limit], has_more=len(hits) > limit))
    return found
