"""Columns of the list of notes; where a row is shown for its dates only, its texts stay empty."""

import re
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status
from cadre_app.mentorship.models import GuidanceNote
from cadre_app.mentorship.permissions import notes as permissions

if TYPE_CHECKING:
    from collections.abc import Callable

    from cadre_app.accounts.models import User

SUBMITTED = pgettext_lazy("state of a note", "Submitted")
ACKNOWLEDGED = pgettext_lazy("state of a note", "Acknowledged")
SUPERSEDED = pgettext_lazy("state of a note", "Superseded")
VOIDED = gettext_lazy("Voided")
CHINESE = "[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e“”‘’…]"
LINE_END = re.compile(rf"(?<={CHINESE})[ \t]*[\r\n]\s*(?={CHINESE})")


def state_of(note: GuidanceNote) -> tuple[str, str]:
    """The mark and the word of a note's state."""
    if note.is_voided:
        return "none", str(VOIDED)
    if note.is_superseded:
        return "idle", str(SUPERSEDED)
    if note.acknowledged_at is not None:
        return "ok", str(ACKNOWLEDGED)
    return ("wait" if note.is_shared else "none"), str(SUBMITTED)


def columns_for(user: "User") -> tuple[Column[GuidanceNote], ...]:
    """What a liaison sees is day, people, way and state; staff and leaders read the notes."""
    return COLUMNS + TEXTS if permissions.lists_texts(user) else COLUMNS


def _read(value: "Callable[[GuidanceNote], Any]") -> "Callable[[Any], Any]":
    """The value where the viewer reads the note, else nothing."""
    return lambda note: value(note) if note.is_readable else ""


def _trainee(note: Any) -> SafeString:
    name = note.pairing.trainee.person.name
    if not note.is_readable:
        return format_html("<b>{}</b>", name)
    url = reverse("mentorship:note_detail", kwargs={"pk": note.pk})
    return format_html('<a class="nm" href="{}"><b>{}</b></a>', url, name)


def _state(note: GuidanceNote) -> SafeString:
    return SafeString(status(*state_of(note)))


def _text(note: Any) -> SafeString:
    return format_html('<span class="wrap clip-3">{}</span>', note.text if note.is_readable else "")


COLUMNS: tuple[Column[GuidanceNote], ...] = (
    Column("happened_on", gettext_lazy("Day"), lambda note: note.happened_on, sort=("happened_on",)),
    Column("trainee", gettext_lazy("Mentee"), lambda note: note.pairing.trainee.person.name, html=_trainee),
    Column("unit", gettext_lazy("Unit"), lambda note: note.pairing.trainee.home_unit.name),
    Column("mentor", gettext_lazy("Mentor"), lambda note: note.author.name),
    Column("kind", gettext_lazy("Kind of mentor"), lambda note: note.pairing.get_kind_display(), shown=False),
    Column("way", gettext_lazy("How"), lambda note: note.get_way_display()),
    Column("state", gettext_lazy("State"), lambda note: state_of(note)[1], html=_state),
)
TEXTS: tuple[Column[GuidanceNote], ...] = (
    Column("topic", gettext_lazy("Topic"), _read(lambda note: note.topic)),
    Column("text", pgettext_lazy("guidance note", "What was done"), _read(lambda note: note.text), html=_text),
    Column("next_step", gettext_lazy("Next step"), _read(lambda note: note.next_step)),
    Column("next_step_on", gettext_lazy("By when"), _read(lambda note: note.next_step_on), shown=False),
    Column("answer", pgettext_lazy("guidance note", "Answer"), _read(lambda note: note.answer), shown=False),
    Column("visibility", gettext_lazy("Who reads it"), _read(lambda note: note.get_visibility_display()), shown=False),
)


def summary(note: GuidanceNote) -> str:
    """One line about a note for whoever may read it: how, and the topic or the beginning of the text."""
    return _("%(way)s: %(what)s") % {"way": note.get_way_display(), "what": note.topic or shortened(note.text)}


def in_one_line(text: str) -> str:
    """Lines put behind each other: between Chinese characters without a space."""
    return " ".join(LINE_END.sub("", text.strip()).split())


def shortened(text: str, most: int = 24) -> str:
    """The beginning of a text in one line."""
    line = in_one_line(text)
    return line if len(line) <= most else f"{line[:most]}…"
