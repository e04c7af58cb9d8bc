"""知悉事项 set down and closed: every event is a row for each place concerned, in two statements however many people."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cadre_app.training.models import ClassMeeting, Enrolment, News, PlaceNews, VisitMember
from cadre_app.training.models.news import ABOUT_TIMES

Places = Sequence[Enrolment] | Sequence[VisitMember]


def tell(
    places: Places,
    kind: News,
    *,
    meeting: ClassMeeting | None = None,
    was_on: date | None = None,
    was_at: time | None = None,
    was_place: str = "",
    reason: str = "",
) -> None:
    """Those who have these (locked) places are to be told of one event from today on.

    What is still open of the same class is overtaken by it; of a change of the place itself everything is.
    """
    if not places:
        return
    overtaken = _open(places)
    if kind in ABOUT_TIMES:
        overtaken = overtaken.filter(kind__in=ABOUT_TIMES, meeting=meeting)
    elif kind == News.NOTE:
        overtaken = overtaken.filter(kind=kind)
    overtaken.update(closed_at=timezone.now())
    known: dict[str, Any] = {"kind": kind, "told_on": timezone.localdate(), "meeting": meeting, "reason": reason}
    known |= {"was_on": was_on, "was_at": was_at, "was_place": was_place}
    PlaceNews.objects.bulk_create(PlaceNews(**{_owner(places): place}, **known) for place in places)


def close(places: Places) -> None:
    """Nothing is left to be told of these places."""
    if places:
        _open(places).update(closed_at=timezone.now())


def _open(places: Places) -> "QuerySet[PlaceNews]":
    keys = [place.pk for place in places]
    return PlaceNews.objects.filter(**{f"{_owner(places)}__in": keys}, closed_at=None)


def _owner(places: Places) -> str:
    return "enrolment" if isinstance(places[0], Enrolment) else "member"
