"""Rewards, decisions and admonitions in words: marks of their states."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from cadre_app.conduct.models import Admonition, Sanction


def sanction_mark(sanction: "Sanction") -> tuple[str, str]:
    """Mark and word of what a decision counts for today."""
    if sanction.is_voided:
        return "none", _("Voided")
    if sanction.lifted_on is not None:
        return "idle", pgettext("disciplinary decision", "Lifted")
    if sanction.is_final or sanction.ends_on is None:
        return "over", pgettext("period of effect", "Final")
    if sanction.is_in_effect:
        return "over", pgettext("period of effect", "In effect")
    return "idle", pgettext("period of effect", "Over")


def admonition_mark(admonition: "Admonition") -> tuple[str, str]:
    """Mark and word of what is to be done next with it."""
    today = timezone.localdate()
    if admonition.is_voided:
        return "none", _("Voided")
    if admonition.answer_due_on is not None and admonition.answered_on is None:
        return "over" if admonition.answer_due_on < today else "soon", _("Correction to be reported")
    if admonition.reviewed_on is None:
        is_due = admonition.review_due_on <= today
        return "over" if is_due else "wait", _("To be followed up")
    return ("wait", pgettext("period of effect", "In effect")) if admonition.is_in_effect else ("ok", _("Followed up"))
