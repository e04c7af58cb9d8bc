"""What the search finds of training: courses by title or topic, for whoever reads the catalogue."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.training.models import Course
from cadre_app.training.permissions import courses as permissions

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

ORDER = 60


def announce() -> None:
    """Called once, when the app is ready."""
    source = SearchSource(gettext_lazy("Courses"), ORDER, permissions.can_see_catalogue, find_courses)
    search_sources.register("training.courses", source)


def find_courses(user: "User", text: str, limit: int) -> list[Hit]:
    """Standing courses whose title or topic contains the text."""
    found = Course.objects.visible_to(user).standing().filter(Q(title__icontains=text) | Q(topic__icontains=text))
    return [
        Hit(
            title=course.title,
            detail=" · ".join(part for part in (course.get_kind_display(), course.topic) if part),
            url=reverse("training:course_detail", kwargs={"pk": course.pk}),
        )
        for course in found.order_by("title", "pk")[:limit]
    ]
