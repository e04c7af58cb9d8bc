"""Columns of the two lists of suggestions."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.tables import Column
from cadre_app.feedback.models import Feedback

if TYPE_CHECKING:
    from datetime import date


def _day(feedback: Feedback) -> "date":
    return timezone.localdate(feedback.created_at)


OWN_COLUMNS: tuple[Column[Feedback], ...] = (
    Column("created_at", _("Written on"), _day, sort=("created_at",)),
    Column("text", _("Suggestion"), lambda feedback: feedback.text, template="feedback/_cell_text.html"),
    Column("state", _("State"), lambda feedback: feedback.get_state_display(), template="feedback/_cell_state.html"),
    Column("answer", _("Answer"), lambda feedback: feedback.answer, template="feedback/_cell_answer.html"),
)

STAFF_COLUMNS: tuple[Column[Feedback], ...] = (
    Column("created_at", _("Written on"), _day, sort=("created_at",)),
    Column("author", _("Written by"), lambda feedback: feedback.author.display_name),
    Column("unit", _("Unit"), lambda feedback: feedback.author.unit.label, sort=("author__unit__path",)),
    Column("text", _("Suggestion"), lambda feedback: feedback.text, template="feedback/_cell_text.html"),
    Column(
        "state",
        _("State"),
        lambda feedback: feedback.get_state_display(),
        sort=("state", "created_at"),
        template="feedback/_cell_state.html",
    ),
    Column("answer", _("Answer"), lambda feedback: feedback.answer, template="feedback/_cell_to_answer.html"),
)
