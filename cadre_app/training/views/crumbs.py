"""Ways back from the pages of a session."""

from typing import TYPE_CHECKING

from cadre_app.training.links import link

if TYPE_CHECKING:
    from cadre_app.training.models import CourseSession


def session_page(session: "CourseSession") -> str:
    """The page of the session, else that of its course."""
    return link("session_detail", pk=session.pk) or link("course_detail", pk=session.course_id)
