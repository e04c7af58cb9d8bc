"""The form as pages show it: labels and texts, months with a point, the ID number masked."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import TEXTS, FamilyRow, FormFields
from cadre_app.appointment.wording import LABELS
from cadre_app.people.writing import id_numbers

if TYPE_CHECKING:
    from cadre_app.appointment.models import AppointmentForm

UNTOLD = ("program",)


def lines_of(form: FormFields) -> list[tuple[Any, str]]:
    """Every text of the form with its name."""
    return [(LABELS[name], text_of(form, name)) for name in TEXTS if name not in UNTOLD]


def text_of(form: FormFields, name: str) -> str:
    """One field as it is read."""
    text: str = getattr(form, name)
    if name in ("birth", "work", "filled_in"):
        return dates.shown(text)
    if name == "age_day":
        return dates.shown_day(text)
    if name == "party":
        return dates.shown_party(text)
    return id_numbers.masked(text) if name == "id_number" else text


def who_of(form: FormFields) -> list[tuple[Any, str]]:
    """What says whose form it is."""
    names = ("name", "sex", "birth", "id_number", "post")
    return [(LABELS[name], text) for name in names if (text := text_of(form, name))]


def rows_of_family(form: FormFields) -> list[FamilyRow]:
    """The family with months as they are read."""
    return [replace(row, birth=dates.shown(row.birth)) for row in form.family]


def file_name(form: "AppointmentForm") -> str:
    """陈嘉穗（20261123）.lrmx."""
    day = timezone.localtime(form.issued_at or form.updated_at)
    return f"{form.trainee.person.name}（{day:%Y%m%d}）.lrmx"
