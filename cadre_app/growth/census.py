"""How many entries a growth file holds, by source, kind and year: tabs, years, and what need not be asked for a page."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from cadre_app.core.growth import growth_kinds


@dataclass(frozen=True)
class Census:
    """Counts by key of the source, key of the kind, year."""

    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def total(self, *, kind: str = "", year: int | None = None, without: Collection[str] = ()) -> int:
        """`without`: sources that are not counted."""
        return sum(count for key, count in self._found(kind, year).items() if key[0] not in without)

    def kinds(self) -> list[tuple[str, int]]:
        """Kinds with entries, in their order, with how many."""
        found = {kind for _source, kind, _year in self.counts}
        ordered = sorted(found, key=lambda kind: (growth_kinds[kind].order, kind))
        return [(kind, self.total(kind=kind)) for kind in ordered]

    def years(self, *, kind: str = "") -> list[tuple[int, int]]:
        """Years with entries, the latest first, with how many."""
        found: Counter[int] = Counter()
        for (_source, _kind, year), count in self._found(kind, None).items():
            found[year] += count
        return sorted(found.items(), reverse=True)

    def sources(self, *, kind: str = "", year: int | None = None) -> set[str]:
        """Sources that have such entries."""
        return {source for source, _kind, _year in self._found(kind, year)}

    def _found(self, kind: str, year: int | None) -> dict[tuple[str, str, int], int]:
        return {
            key: count
            for key, count in self.counts.items()
            if (not kind or key[1] == kind) and (year is None or key[2] == year)
        }
