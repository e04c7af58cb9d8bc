"""Asks every source that the viewer may search; what is found is what they may open."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from cadre_app.core.fields import HIDDEN, seen
from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.core.tables import joined
from cadre_app.core.texts import TextSource, asked_for_names, text_sources
from cadre_app.search import permissions
from cadre_app.search.finding import EVERYTHING, Span, TextPage, find_texts, joined_as_written
from cadre_app.search.words import words_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

LONGEST = 100
SUGGESTED, SUGGESTED_OF_SEVERAL, SUGGESTED_TEXTS = 8, 3, 3
LISTED, LISTED_TEXTS, LISTED_ALONE = 10, 5, 50
PAGE = 20
LAST_PAGE = 20
S = TypeVar("S", SearchSource, TextSource)


@dataclass(frozen=True)
class Found:
    """What one source of things has found; `has_more` when it was cut."""

    key: str
    label: "_StrPromise | str"
    hits: list[Hit]
    has_more: bool


@dataclass(frozen=True)
class FoundTexts:
    """What one source of texts has found."""

    key: str
    label: "_StrPromise | str"
    page: TextPage


def clean(text: str) -> str:
    """What was typed, without outer blanks and marks that nobody sees, cut to 100 characters; empty if it holds control
    characters.
    """
    return "" if HIDDEN.search(text) else " ".join(seen(text).split())[:LONGEST]


def is_enough(text: str) -> bool:
    """True where it was looked for everywhere: texts are not asked for one letter, one figure or punctuation alone."""
    return words_of(text) is not None


def kinds_of(user: "User") -> dict[str, "_StrPromise | str"]:
    """Keys and labels of the things that `user` may search, in order."""
    return {key: source.label for key, source in _open(search_sources.items(), user)}


def text_kinds_of(user: "User") -> dict[str, "_StrPromise | str"]:
    """The same of texts."""
    return {key: source.label for key, source in _open(text_sources.items(), user)}


def hint_for(user: "User", text: str) -> str:
    """What to try where nothing was found: initials, where they lead to people and a name can be meant; and whoever has no
    roster is told in what was looked.
    """
    known = [*kinds_of(user).values(), *text_kinds_of(user).values()]
    could_be_name = text.replace("·", "").isalpha() and not text.isascii()
    initials = _("Try the initials of the pinyin, for example lzy.") if could_be_name and asked_for_names(user) else ""
    if permissions.has_a_roster(user):
        return initials
    looked_in = _("Looked for in: %(kinds)s.") % {"kinds": joined([str(label) for label in known])}
    return f"{initials} {looked_in}".strip()


def find_things(user: "User", text: str, limit: int, kind: str = "", page: int = 1) -> list[Found]:
    """Up to `limit` hits of each source, or of one, of a later page; sources without a hit are left out."""
    start = (page - 1) * limit
    found = []
    for key, source in _open(search_sources.items(), user) if text else []:
        if kind not in ("", key):
            continue
        hits = source.find(user, text, start + limit + 1)[start:]
        if hits:
            found.append(Found(key, source.label, hits[:limit], has_more=len(hits) > limit))
    return found


def suggest_things(user: "User", text: str, *, beside: bool) -> list[Found]:
    """For the short list under the box: fewer of each kind where several were found, or other things stand `beside`."""
    found = find_things(user, text, SUGGESTED)
    if len(found) + beside <= 1:
        return found
    most = SUGGESTED_OF_SEVERAL
    return [replace(each, hits=each.hits[:most], has_more=each.has_more or len(each.hits) > most) for each in found]


def look_through(user: "User", text: str, limit: int, kind: str = "", span: Span = EVERYTHING) -> list[FoundTexts]:
    """The latest `limit` texts of each source, or of one, that hold every word; sources without a hit are left out."""
    words = words_of(text)
    sources = [(key, source) for key, source in _open(text_sources.items(), user) if kind in ("", key)]
    if words is None or not sources:
        return []
    with joined_as_written():
        pages = [FoundTexts(key, source.label, find_texts(source, user, words, limit, span)) for key, source in sources]
    return [found for found in pages if found.page.hits]


def _open(sources: tuple[tuple[str, S], ...], user: "User") -> list[tuple[str, S]]:
    """Those that `user` may search, in order."""
    return sorted((item for item in sources if item[1].visible(user)), key=lambda item: item[1].order)
