"""What the search finds of achievements: by title, part or result, among what the viewer reads."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.achievements import permissions
from cadre_app.achievements.models import Achievement
from cadre_app.achievements.words import mark_of, span_of
from cadre_app.core.registries import Hit, SearchSource, search_sources

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    search_sources.register(
        "achievements.achievements",
        SearchSource(_("Work achievements"), 68, permissions.can_list_achievements, find_achievements),
    )


def find_achievements(user: "User", text: str, limit: int) -> list[Hit]:
    """Standing ones that `user` reads, the latest first."""
    words = Q(title__icontains=text) | Q(result__icontains=text) | Q(role__icontains=text)
    rows = Achievement.objects.visible_to(user).standing().filter(words, trainee__voided_at=None)
    return [
        Hit(
            f"{one.trainee.person.name} · {one.title}",
            " · ".join(part for part in (span_of(one.started_on, one.ended_on), mark_of(one)[1]) if part),
            reverse("achievements:achievement_detail", kwargs={"pk": one.pk}),
        )
        for one in rows.select_related("trainee__person").order_by("-state_since", "pk")[:limit]
    ]
