"""What the search finds of training: courses and sessions, for those who oversee it, and what study visits brought."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import Hit, SearchSource, search_sources
from cadre_app.core.texts import Place, TextSource, text_sources
from cadre_app.core.typed import contains
from cadre_app.training.links import link
from cadre_app.training.models import Course, CourseSession, StudyVisit, VisitState
from cadre_app.training.models.visits import SEARCHED
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.permissions.visits import has_visits
from cadre_app.training.session_words import days_text, session_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    search_sources.register("training.courses", SearchSource(_("Courses"), 60, oversees, find_courses))
    search_sources.register("training.sessions", SearchSource(_("Sessions"), 62, oversees, find_sessions))
    text_sources.register(
        "training.visits",
        TextSource(
            label=_("Study visits"),
            order=50,
            visible=has_visits,
            rows=visits_of,
            fields=SEARCHED,
            day="visited_on",
            place=visit_place,
        ),
    )


def find_courses(user: "User", text: str, limit: int) -> list[Hit]:
    """Standing courses whose title or topic contains the text."""
    rows = Course.objects.visible_to(user).standing()
    found = rows.filter(contains(text, "title", "topic")).order_by("title", "pk")
    return [
        Hit(one.title, _joined(one.get_kind_display(), one.topic), link("course_detail", pk=one.pk))
        for one in found[:limit]
    ]


def find_sessions(user: "User", text: str, limit: int) -> list[Hit]:
    """Sessions by course or place, the latest first."""
    rows = CourseSession.objects.visible_to(user).standing().select_related("course")
    found = rows.filter(contains(text, "course__title", "place")).order_by("-starts_on", "pk")
    return [
        Hit(
            one.course.title,
            _joined(days_text(one), one.place, session_mark(one)[1]),
            link("session_detail", pk=one.pk),
        )
        for one in found[:limit]
    ]


def visits_of(user: "User") -> QuerySet[StudyVisit]:
    """Those that were not cancelled."""
    return StudyVisit.objects.visible_to(user).standing().exclude(state=VisitState.CANCELLED)


def visit_place(visit: StudyVisit) -> Place:
    return Place(visit.title, visit.topic, visit.visited_on, link("visit_detail", pk=visit.pk))


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
