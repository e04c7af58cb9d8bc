"""What those on the list of a symposium are told: each event is a row for each of them, in two statements."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.care.models import Invitation, SymposiumNews, Told

if TYPE_CHECKING:
    from django.db.models import QuerySet


def tell(invited: Sequence[Invitation], kind: Told, *, reason: str = "") -> None:
    """They are told of one event from today on; what was open before is overtaken by it."""
    close(invited)
    today = timezone.localdate()
    SymposiumNews.objects.bulk_create(
        SymposiumNews(invitation=one, kind=kind, told_on=today, reason=reason) for one in invited
    )


def close(invited: Sequence[Invitation]) -> None:
    """Nothing is left to tell them."""
    if invited:
        _open(invited).update(closed_at=timezone.now())


def _open(invited: Sequence[Invitation]) -> "QuerySet[SymposiumNews]":
    return SymposiumNews.objects.filter(invitation__in=[one.pk for one in invited], closed_at=None)
