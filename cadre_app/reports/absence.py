"""A unit that was closed by a day, or not opened yet: nothing of it is counted, and that is said."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from cadre_app.core.figures import Asked
    from cadre_app.org.models import Unit

Absence = Literal["closed", "not_opened", ""]


def absence_of(opened_on: date, closed_on: date | None, day: date) -> Absence:
    """Whether a unit of these days was not there on a day, and why; empty for one that was."""
    if closed_on is not None and day >= closed_on:
        return "closed"
    return "not_opened" if day < opened_on else ""


def absent_text(unit: "Unit | None", day: date) -> str:
    """That the unit was not there, and what to ask instead; empty for one that was."""
    if unit is None:
        return ""
    texts: dict[Absence, str] = {
        "closed": _(
            "“%(unit)s” was closed on %(day)s. Choose a last day before it, or the unit that took over its people."
        ),
        "not_opened": _("“%(unit)s” was opened on %(day)s. Choose a last day from then on."),
    }
    return _told(texts, unit.name, unit.opened_on, unit.closed_on, day)


def absence_on_paper(name: str, opened_on: date, closed_on: date | None, day: date) -> str:
    """The same as a fact, for what is printed; empty for a unit that was there."""
    texts: dict[Absence, str] = {
        "closed": _("“%(unit)s” was closed on %(day)s."),
        "not_opened": _("“%(unit)s” was opened on %(day)s."),
    }
    return _told(texts, name, opened_on, closed_on, day)


def compared(before: "Asked | None") -> "tuple[Asked | None, str]":
    """What the year before is asked with, and why it is not: of a unit that was not there then every number would be new."""
    if before is None or before.unit is None:
        return before, ""
    unit = before.unit
    fact = absence_on_paper(unit.name, unit.opened_on, unit.closed_on, before.as_of)
    told = {"day": formats.date_format(before.as_of), "fact": fact}
    return (None, _("Not compared with the year before (until %(day)s): %(fact)s") % told) if fact else (before, "")


def check_unit(unit: "Unit", day: date) -> None:
    """Raises ValidationError where the unit was closed by that day or not opened yet: figures would be 0 without a word."""
    if text := absent_text(unit, day):
        raise ValidationError(text, absence_of(unit.opened_on, unit.closed_on, day))


def _told(texts: dict[Absence, str], name: str, opened_on: date, closed_on: date | None, day: date) -> str:
    absence = absence_of(opened_on, closed_on, day)
    if not absence:
        return ""
    since = opened_on if absence == "not_opened" or closed_on is None else closed_on
    return texts[absence] % {"unit": name, "day": formats.date_format(since)}
