"""The year of sessions by months, and the same as a file for the own calendar; both by what somebody sees."""

from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY
from cadre_app.reminders.channels import message_host, public_url
from cadre_app.training.models import ClassMeeting, CourseSession, SessionState
from cadre_app.training.session_words import moment, session_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DIGITS = 4


@dataclass(frozen=True)
class Month:
    first: date
    sessions: list[tuple[CourseSession, tuple[str, str]]]


def year_asked(text: str) -> int:
    """A year of the work calendar; this one for anything else."""
    this = timezone.localdate().year
    year = int(text) if text.isascii() and text.isdigit() and len(text) == DIGITS else this
    return year if FIRST_DAY.year <= year <= LAST_DAY.year else this


def sessions_in(user: "User", year: int) -> "QuerySet[CourseSession]":
    """Sessions that begin in that year and are not cancelled, as far as `user` sees them."""
    rows = CourseSession.objects.visible_to(user).standing().exclude(state=SessionState.CANCELLED)
    return rows.filter(starts_on__range=(date(year, 1, 1), date(year, 12, 31)))


def year_context(user: "User", year: int) -> dict[str, Any]:
    """The months that have sessions, in order."""
    months: dict[int, Month] = {}
    rows = sessions_in(user, year).select_related("course", "teacher").order_by("starts_on", "pk")
    for session in rows:
        number = session.starts_on.month
        month = months.setdefault(number, Month(date(year, number, 1), []))
        month.sessions.append((session, session_mark(session)))
    return {
        "year": year,
        "months": list(months.values()),
        "previous": year - 1 if year > FIRST_DAY.year else None,
        "following": year + 1 if year < LAST_DAY.year else None,
    }


def calendar_answer(sessions: "QuerySet[CourseSession]", name: str) -> HttpResponse:
    """The classes of these sessions as a calendar file: course, time, place; no names."""
    found = Calendar()
    found.add("prodid", "-//Qinglan//Training//ZH")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Qinglan: training"))
    rows = ClassMeeting.objects.standing().filter(session__in=sessions).select_related("session__course")
    for meeting in rows.order_by("held_on", "starts_at", "pk"):
        found.add_component(_event(meeting))
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _event(meeting: ClassMeeting) -> Event:
    session = meeting.session
    event = Event()
    event.add("uid", f"class.{meeting.pk}@{message_host()}")
    event.add("dtstamp", meeting.updated_at.astimezone(UTC))
    event.add("dtstart", moment(meeting.held_on, meeting.starts_at).astimezone(UTC))
    event.add("dtend", moment(meeting.held_on, meeting.ends_at).astimezone(UTC))
    event.add("summary", session.course.title)
    if place := meeting.place or session.place:
        event.add("location", place)
    event.add("url", public_url(reverse("training:session_detail", kwargs={"pk": session.pk})))
    return event
