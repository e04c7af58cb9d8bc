"""Where an entry stands in the timeline: what a page goes on after, written into addresses."""

import base64
import binascii
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

LONGEST_CURSOR = 400
MOST_ORDER = 2**15


@dataclass(frozen=True, order=True)
class Place:
    """Day, order of the source within the day, when it was recorded, key: no two entries share all four."""

    day: date
    order: int
    at: datetime
    id: UUID

    def cursor(self) -> str:
        """As text for addresses."""
        text = f"{self.day.isoformat()}|{self.order}|{self.at.isoformat()}|{self.id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(cursor: str) -> Place | None:
    """The place that `Place.cursor` wrote; None for anything else."""
    if not 0 < len(cursor) <= LONGEST_CURSOR:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        day, order, at, key = text.split("|")
        place = Place(date.fromisoformat(day), int(order), datetime.fromisoformat(at), UUID(key))
    except (ValueError, binascii.Error):
        return None
    return place if place.at.tzinfo is not None and abs(place.order) < MOST_ORDER else None
