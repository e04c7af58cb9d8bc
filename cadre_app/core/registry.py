"""A named table of things that apps announce to the rooms below them."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class DuplicateKeyError(Exception):
    """Two apps announced something under the same key."""


class Registry(Generic[T]):
    """Ordered by key of registration; filled in `AppConfig.ready()`, read-only afterwards."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}

    def register(self, key: str, item: T) -> T:
        """Add `item`; raises DuplicateKeyError if `key` is taken."""
        if key in self._items:
            raise DuplicateKeyError(f"{self.name}: {key!r} is registered twice")
        self._items[key] = item
        return item

    def keys(self) -> tuple[str, ...]:
        return tuple(self._items)

    def values(self) -> tuple[T, ...]:
        return tuple(self._items.values())

    def items(self) -> tuple[tuple[str, T], ...]:
        return tuple(self._items.items())

    def get(self, key: str) -> T | None:
        return self._items.get(key)

    def __getitem__(self, key: str) -> T:
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)
