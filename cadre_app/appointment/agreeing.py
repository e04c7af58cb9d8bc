"""Words and numbers of a form as the file takes them, and whether sex, birth and ID number agree: the step that writes them
refuses what does not.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.appointment.filling import CHINESE
from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.appointment.wording import LABELS
from cadre_app.core.importing import ImportColumn
from cadre_app.imports.reading.cells import choice_reader
from cadre_app.people.writing import id_numbers
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.people.models import Person

SEXES = ("1", "2")


@dataclass(frozen=True)
class Agreement:
    """Whether a value can be taken over at all, and what is said where it cannot, or not by itself."""

    is_possible: bool = True
    note: str = ""


def agreement(person: "Person", theirs: FormFields, column: str, value: Any) -> Agreement:
    """Of one value of the form with what the file holds, and with what the same form could bring beside it."""
    if column in ("sex", "birth_month"):
        return _with_number(person, theirs, column, value)
    return _of_number(person, theirs, value) if column == "id_number" else Agreement()


def checked_number(text: str) -> tuple[str | None, str]:
    """The ID number, or None and why it is none."""
    try:
        return id_numbers.check(text), ""
    except ValidationError as error:
        return None, error.messages[0]


def code_of(table: str, text: str) -> str:
    """The code of a word as imports understand it (党员, 团员, 汉); without 性 and 族 as well. Empty for none."""
    names = {name: code for code, name in codes.choices(table, language=CHINESE)}
    if found := names.get(text) or names.get(text.removesuffix("性")) or names.get(f"{text}性"):
        return found
    column = ImportColumn(key=table, label=table, kind="code", choices=lambda: codes.choices(table))
    try:
        spoken: str = choice_reader(column)(text)
    except ValidationError:
        return ""
    return spoken


def _with_number(person: "Person", theirs: FormFields, column: str, value: Any) -> Agreement:
    brought = checked_number(theirs.id_number)[0] if theirs.id_number else None
    numbers = [number for number in (person.id_number, brought) if number]
    if not numbers or _agrees(numbers[0], column, value):
        return Agreement()
    if any(_agrees(number, column, value) for number in numbers):
        return Agreement(note=_together(["id_number"]))
    return Agreement(is_possible=False, note=_said(numbers[0], column))


def _of_number(person: "Person", theirs: FormFields, number: str) -> Agreement:
    """A number changes neither sex nor month where the file holds them: the form has to bring the ones that agree."""
    brought = {"sex": code_of("sex", theirs.sex), "birth_month": dates.month_of(theirs.birth)}
    against = [column for column in brought if not _agrees(number, column, getattr(person, column))]
    if any(not brought[column] or not _agrees(number, column, brought[column]) for column in against):
        text = _("This number agrees neither with sex and month of birth in the file nor with those on the form.")
        return Agreement(is_possible=False, note=text)
    return Agreement(note=_together(against))


def _agrees(number: str, column: str, value: Any) -> bool:
    if column == "sex":
        return value not in SEXES or value == id_numbers.sex_code(number)
    return value is None or value == _month(number)


def _said(number: str, column: str) -> str:
    if column == "sex":
        return _("The ID number says %(sex)s.") % {"sex": codes.label("sex", id_numbers.sex_code(number))}
    return _("The ID number says %(month)s.") % {"month": formats.date_format(_month(number), "YEAR_MONTH_FORMAT")}


def _together(columns: list[str]) -> str:
    names = {"sex": "sex", "birth_month": "birth", "id_number": "id_number"}
    fields = "、".join(str(LABELS[names[column]]) for column in columns)
    return _("Only together with: %(fields)s") % {"fields": fields} if fields else ""


def _month(number: str) -> date:
    return id_numbers.birth_day(number).replace(day=1)
