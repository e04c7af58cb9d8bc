"""Materials in words: the mark of a state, and how near its last day is."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from cadre_app.handover.models import Material

SOON_DAYS = 10


def state_mark(material: "Material", today: date | None = None) -> tuple[str, str]:
    """待移交, 已移交 with its mark; a last day that has passed stands out."""
    today = today or timezone.localdate()
    if material.is_voided:
        return "none", _("Voided")
    if material.handed_over_on is not None:
        return "ok", pgettext("material", "Handed over")
    if material.due_on < today:
        return "over", pgettext("material", "Overdue")
    mark = "soon" if (material.due_on - today).days <= SOON_DAYS else "wait"
    return mark, pgettext("material", "To be handed over")
