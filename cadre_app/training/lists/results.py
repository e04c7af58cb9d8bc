"""The rows of the page of results."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_app.training.models import CourseSession, Enrolment, Result
from cadre_app.training.papers.certificates import address_of, numbers_of
from cadre_app.training.services.results import field_of, in_words

if TYPE_CHECKING:
    from django.forms import BaseForm, BoundField

MARKS = {Result.PASSED: "ok", Result.FAILED: "miss"}


@dataclass(frozen=True)
class ResultRow:
    """Somebody who completed the session; `field` and `was` where the viewer records the result."""

    place: Enrolment
    words: str
    mark: str
    certificate_url: str
    number: str
    field: "BoundField | None" = None
    was: "BoundField | None" = None


def result_rows(session: CourseSession, places: Sequence[Enrolment], form: "BaseForm") -> list[ResultRow]:
    """One row for each place, with its number; one query."""
    numbers = numbers_of(place.pk for place in places)
    return [_row(session, place, form, numbers.get(place.pk, "")) for place in places]


def _row(session: CourseSession, place: Enrolment, form: "BaseForm", number: str) -> ResultRow:
    place.session = session
    name = field_of(place.pk)
    is_asked = name in form.fields
    return ResultRow(
        place=place,
        words=in_words(session, place),
        mark=MARKS.get(Result(place.result), "none") if place.result else "none",
        certificate_url=address_of(place) if place.is_earned else "",
        number=number,
        field=form[name] if is_asked else None,
        was=form[f"was_{place.pk.hex}"] if is_asked else None,
    )
