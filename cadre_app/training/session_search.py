"""What the search finds of sessions."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.training.models import CourseSession
from cadre_app.training.permissions.sessions import sees_sessions
from cadre_app.training.session_words import days_text, session_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    search_sources.register("training.sessions", SearchSource(_("Sessions"), 62, sees_sessions, find_sessions))


def find_sessions(user: "User", text: str, limit: int) -> list[Hit]:
    """Sessions by course or place, the latest first."""
    rows = CourseSession.objects.visible_to(user).standing().select_related("course")
    found = rows.filter(Q(course__title__icontains=text) | Q(place__icontains=text)).order_by("-starts_on", "pk")
    return [
        Hit(
            one.course.title,
            " · ".join(part for part in (days_text(one), one.place, session_mark(one)[1]) if part),
            reverse("training:session_detail", kwargs={"pk": one.pk}),
        )
        for one in found[:limit]
    ]
