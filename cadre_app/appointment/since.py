"""What the file says by now that a draft does not, for it was filled on a day; and what the file misses for its résumé."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.fields import TEXTS, FormFields
from cadre_app.appointment.services.drafts import TYPED, photo_of
from cadre_app.appointment.showing import text_of
from cadre_app.people.file.resumes import compared_resume
from cadre_app.people.services import photos

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.appointment.models import AppointmentForm

# Of the day of the form, not of the file.
OF_ITS_DAY = ("age_day", "filled_in", "filled_by", "program")
FROM_FILE = ("family", *(name for name in TEXTS if name not in (*TYPED, *OF_ITS_DAY)))
LONGEST = 60


def changes_since(user: "User", form: "AppointmentForm") -> Iterator[tuple[str, str]]:
    """Fields of a draft that the file fills otherwise since, each with what it says; those edited to the same are none."""
    stands, filled, now = form.fields(), form.filled(), fields_of(user, form.trainee)
    for name in FROM_FILE:
        told = getattr(now, name)
        if told not in (getattr(filled, name), getattr(stands, name)):
            yield name, _told(now, name)
    newest, on_form = photos.photo_of(form.trainee), photo_of(form)
    if newest is not None and on_form is not None and newest.created_at > on_form.created_at:
        yield "photo", _("The file has a newer photo.")


def missing_in_resume(user: "User", form: "AppointmentForm") -> list[str]:
    """What the records miss for whole lines, where the résumé of the form is the one that follows from them."""
    if form.trainee.person.resume or form.fields().resume != form.filled().resume:
        return []
    return compared_resume(user, form.trainee).missing


def _told(now: FormFields, name: str) -> str:
    text = text_of(now, name) if name != "family" else ""
    if text and len(text) <= LONGEST and "\n" not in text:
        return _("The file says something else by now: %(text)s") % {"text": text}
    return _("The file says something else by now. Fill the form anew, or edit this field.")
