"""What the search finds of training, for those who oversee it: courses and sessions."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.training.links import link
from cadre_app.training.models import Course, CourseSession
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.session_words import days_text, session_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    search_sources.register("training.courses", SearchSource(_("Courses"), 60, oversees, find_courses))
    search_sources.register("training.sessions", SearchSource(_("Sessions"), 62, oversees, find_sessions))


def find_courses(user: "User", text: str, limit: int) -> list[Hit]:
    """Standing courses whose title or topic contains the text."""
    rows = Course.objects.visible_to(user).standing()
    found = rows.filter(Q(title__icontains=text) | Q(topic__icontains=text)).order_by("title", "pk")
    return [
        Hit(one.title, _joined(one.get_kind_display(), one.topic), link("course_detail", pk=one.pk))
        for one in found[:limit]
    ]


def find_sessions(user: "User", text: str, limit: int) -> list[Hit]:
    """Sessions by course or place, the latest first."""
    rows = CourseSession.objects.visible_to(user).standing().select_related("course")
    found = rows.filter(Q(course__title__icontains=text) | Q(place__icontains=text)).order_by("-starts_on", "pk")
    return [
        Hit(
            one.course.title,
            _joined(days_text(one), one.place, session_mark(one)[1]),
            link("session_detail", pk=one.pk),
        )
        for one in found[:limit]
    ]


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
