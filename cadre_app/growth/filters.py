"""What the address of a growth file asks for: a kind, a year, the place to go on after; what fits nothing is left out."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from cadre_app.core.growth import growth_kinds
from cadre_app.growth.places import Place, read_place

LONGEST_YEAR = 4


@dataclass(frozen=True)
class Narrowing:
    """`kind` is a key of growth_kinds or empty; a new kind or year begins at the top again."""

    kind: str = ""
    year: int | None = None
    after: Place | None = None

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        kind = query.get("kind", "")
        return cls(
            kind if kind in growth_kinds else "", _year(query.get("year", "")), read_place(query.get("after", ""))
        )

    def of_kind(self, kind: str) -> str:
        """The address of a kind in every year."""
        return Narrowing(kind).address()

    def in_year(self, year: int | None) -> str:
        """The address of a year of this kind."""
        return replace(self, year=year, after=None).address()

    def going_on(self, place: Place) -> str:
        """The address of what stands below a place."""
        return replace(self, after=place).address()

    @property
    def at_the_top(self) -> str:
        """The address of the latest entries of this kind and year."""
        return replace(self, after=None).address()

    def address(self) -> str:
        """The parameters, with their question mark."""
        after = self.after.cursor() if self.after else ""
        given = {"kind": self.kind, "year": self.year, "after": after}
        return "?" + urlencode({name: value for name, value in given.items() if value})


def _year(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_YEAR):
        return None
    return int(text) or None
