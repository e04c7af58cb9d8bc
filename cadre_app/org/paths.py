"""Paths of the unit tree: fixed-width segments, so that a subtree is a plain range of text."""

from dataclasses import dataclass
from typing import Self

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.db.models.lookups import GreaterThanOrEqual, LessThan

SEGMENT_WIDTH = 12
AFTER_EVERY_SEGMENT = "~"


@dataclass(frozen=True)
class PathRange:
    """All paths p with `start <= p < end`, compared bytewise (collation C)."""

    start: str
    end: str

    @classmethod
    def below(cls, path: str) -> Self:
        """The unit at `path` and everything below it; unit 1 never matches unit 10."""
        return cls(path, path + AFTER_EVERY_SEGMENT)

    def __contains__(self, path: str) -> bool:
        return self.start <= path < self.end


def segment(order: int, serial: int) -> str:
    """One level of a path: official order first, so that sorting by path is the official order."""
    return f"{order:04d}{serial:07d}/"


def prefixes(path: str) -> list[str]:
    """The paths of all units above the one at `path`, from the top."""
    return [path[:end] for end in range(SEGMENT_WIDTH, len(path), SEGMENT_WIDTH)]


def end_of(name: str) -> Concat:
    """As `PathRange.end`, in SQL: the end of the range that begins with the path in the column `name`."""
    return Concat(F(name), Value(AFTER_EVERY_SEGMENT), output_field=CharField())


def stands_over(home: str) -> Q:
    """In a subquery: rows whose `unit` is the one whose path the outer query calls `home`, or one above it."""
    path = ExpressionWrapper(OuterRef(home), output_field=CharField())
    return Q(GreaterThanOrEqual(path, F("unit__path"))) & Q(LessThan(path, end_of("unit__path")))


def any_of(ranges: tuple[PathRange, ...], field: str = "path") -> Q:
    """A condition that `field` lies in one of `ranges`; no range means nothing."""
    if not ranges:
        return Q(pk__in=[])
    condition = Q()
    for item in ranges:
        condition |= Q(**{f"{field}__gte": item.start, f"{field}__lt": item.end})
    return condition
