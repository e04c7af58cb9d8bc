"""The own inbox: what was read. No history: reading one's own notices changes nothing that others see."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cadre_app.reminders.models import Notice, Occurrence

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_COUNTED = 100


def unread_count(user: "User") -> int:
    """How many notices of what one may still see wait to be read, counted to 100; one query."""
    seen = Q(occurrence=None) | Q(occurrence__in=Occurrence.objects.visible_to(user))
    return Notice.objects.visible_to(user).unread().filter(seen).order_by()[:MOST_COUNTED].count()


def mark_read(*, keys: Sequence[UUID], actor: "User") -> int:
    """Mark own notices as read; returns how many were unread."""
    return Notice.objects.visible_to(actor).unread().filter(pk__in=list(keys)).update(read_at=timezone.now())


def mark_all_read(*, actor: "User") -> int:
    """Mark the whole own inbox as read; returns how many were unread."""
    return Notice.objects.visible_to(actor).unread().update(read_at=timezone.now())
