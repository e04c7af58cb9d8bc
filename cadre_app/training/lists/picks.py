"""What a page posts for rows that were picked: their keys, with the version that was looked at."""

from collections.abc import Iterable, Iterator
from uuid import UUID

VERSION_OF = "@"
MOST_PICKED = 500


def versions_in(texts: Iterable[str]) -> Iterator[tuple[UUID, int]]:
    """Keys with versions (`key@version`) as a page posts them, 0 where it posts none; anything else is left out."""
    for text in list(texts)[:MOST_PICKED]:
        key, _sign, version = text.partition(VERSION_OF)
        try:
            yield UUID(key), int(version) if version.isascii() and version.isdecimal() else 0
        except ValueError:
            continue


def keys_in(texts: Iterable[str]) -> set[UUID]:
    """Keys as a page posts them; anything else is left out."""
    found = set()
    for text in list(texts)[:MOST_PICKED]:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found
