"""Days on which somebody was on sick or personal leave: rooms that keep leave announce them, assessments ask."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from uuid import UUID

from cadre_app.core.registry import Registry

# By key of the growth file the calendar days of such leave from the first to the last day, both included; one query.
absences: "Registry[Callable[[Collection[UUID], date, date], Mapping[UUID, int]]]" = Registry("days of absence")


def absent_days(trainees: Collection[UUID], first: date, last: date) -> dict[UUID, int]:
    """Of all rooms together."""
    found: dict[UUID, int] = {}
    for days in absences.values():
        for key, count in days(trainees, first, last).items():
            found[key] = found.get(key, 0) + count
    return found
