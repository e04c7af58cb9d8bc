"""The year of sessions and study visits: a page by months, and files that calendars read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from cadre_app.people.models.persons import own_keys
from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY
from cadre_app.reminders.channels import message_host, public_url
from cadre_app.training.lists.visits import visit_mark
from cadre_app.training.models import (
    ClassMeeting,
    CourseSession,
    Enrolment,
    Programme,
    SessionState,
    StudyVisit,
    VisitState,
)
from cadre_app.training.models.sessions import taught_by
from cadre_app.training.permissions.rooms import oversees
from cadre_app.training.session_words import moment, session_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DIGITS = 4
VISITS = "visits"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """A session or study visit in the year."""

    first: date
    last: date
    title: str
    url: str
    kind: str
    teacher: str
    place: str
    hours: Decimal | None
    mark: tuple[str, str]


@dataclass(frozen=True)
class Month:
    first: date
    lines: list[Line] = field(default_factory=list)


def year_asked(text: str) -> int:
    """A year of the work calendar; this one for anything else."""
    this = timezone.localdate().year
    year = int(text) if text.isascii() and text.isdigit() and len(text) == DIGITS else this
    return year if FIRST_DAY.year <= year <= LAST_DAY.year else this


def part_asked(text: str) -> str:
    """A programme or `VISITS`; empty, for all of them, for anything else."""
    return text if text == VISITS or text in Programme.values else ""


def sessions_in(user: "User", year: int, part: str = "") -> "QuerySet[CourseSession]":
    """Sessions that begin in that year: all for those who oversee training, else those in which `user` teaches or has a
    place; `part` (`part_asked`) narrows them.
    """
    rows = CourseSession.objects.visible_to(user).standing()
    rows = rows.filter(starts_on__range=(date(year, 1, 1), date(year, 12, 31)))
    if part:
        rows = rows.filter(programme=part)
    if oversees(user):
        return rows
    placed = Enrolment.objects.enrolled().filter(trainee=own_keys(user)[1], trainee__person__account=user)
    return rows.filter(taught_by(user) | Q(pk__in=placed.values("session")))


def visits_in(user: "User", year: int, part: str = "") -> "QuerySet[StudyVisit]":
    """Study visits of that year, as far as `user` sees them; none for a programme."""
    rows = StudyVisit.objects.visible_to(user).standing()
    if part not in ("", VISITS):
        return rows.none()
    return rows.filter(visited_on__range=(date(year, 1, 1), date(year, 12, 31)))


def year_context(user: "User", year: int, part: str = "") -> dict[str, Any]:
    """The months in which something begins, in order, without what is cancelled; and what they can be narrowed to."""
    sessions = sessions_in(user, year, part).exclude(state=SessionState.CANCELLED).select_related("course", "teacher")
    visits = visits_in(user, year, part).exclude(state=VisitState.CANCELLED)
    lines = [*map(_of_session, sessions), *map(_of_visit, visits)]
    months: dict[int, Month] = {}
    for line in sorted(lines, key=lambda line: (line.first, line.url)):
        number = line.first.month
        months.setdefault(number, Month(date(year, number, 1))).lines.append(line)
    return {
        "year": year,
        "months": list(months.values()),
        "this_month": timezone.localdate().replace(day=1),
        "part": part,
        "parts": [("", pgettext("training calendar", "All")), *Programme.choices, (VISITS, _("Study visits"))],
        "previous": year - 1 if year > FIRST_DAY.year else None,
        "following": year + 1 if year < LAST_DAY.year else None,
    }


def calendar_answer(sessions: "QuerySet[CourseSession]", visits: "Iterable[StudyVisit]", name: str) -> HttpResponse:
    """The classes of these sessions and these visits as a calendar file: title, time, place; no names. What was cancelled
    is in it as cancelled, so that it goes from a calendar that knows it.
    """
    found = Calendar()
    found.add("prodid", "-//Qinglan//Training//ZH")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Qinglan: training"))
    rows = ClassMeeting.objects.filter(session__in=sessions).select_related("session__course")
    for meeting in rows.order_by("held_on", "starts_at", "pk"):
        found.add_component(_class(meeting))
    for visit in visits:
        found.add_component(_visit(visit))
    response = HttpResponse(found.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _of_session(session: CourseSession) -> Line:
    return Line(
        session.starts_on, session.ends_on, session.course.title,
        reverse("training:session_detail", kwargs={"pk": session.pk}), session.get_programme_display(),
        session.teacher.name if session.teacher is not None else "", session.place, session.hours, session_mark(session),
    )  # fmt: skip


def _of_visit(visit: StudyVisit) -> Line:
    day, url = visit.visited_on, reverse("training:visit_detail", kwargs={"pk": visit.pk})
    return Line(day, day, visit.title, url, _("Study visit"), "", visit.meets_at, visit.hours, visit_mark(visit))


def _class(meeting: ClassMeeting) -> Event:
    session = meeting.session
    event = _event(f"class.{meeting.pk}", session.course.title, meeting.place or session.place, meeting, session)
    event.add("dtstart", moment(meeting.held_on, meeting.starts_at).astimezone(UTC))
    event.add("dtend", moment(meeting.held_on, meeting.ends_at).astimezone(UTC))
    event.add("url", public_url(reverse("training:session_detail", kwargs={"pk": session.pk})))
    if meeting.is_voided or session.is_voided or session.state == SessionState.CANCELLED:
        event.add("status", "CANCELLED")
    return event


def _visit(visit: StudyVisit) -> Event:
    """All of its day: when it begins is said in words."""
    event = _event(f"visit.{visit.pk}", visit.title, visit.meets_at, visit)
    event.add("dtstart", visit.visited_on)
    event.add("dtend", visit.visited_on + ONE_DAY)
    event.add("url", public_url(reverse("training:visit_detail", kwargs={"pk": visit.pk})))
    if visit.is_voided or visit.state == VisitState.CANCELLED:
        event.add("status", "CANCELLED")
    return event


def _event(key: str, summary: str, place: str, *records: Any) -> Event:
    """What each event has; it counts as changed whenever one of its records is."""
    event = Event()
    event.add("uid", f"{key}@{message_host()}")
    event.add("dtstamp", max(record.updated_at for record in records).astimezone(UTC))
    event.add("sequence", sum(record.version for record in records))
    event.add("summary", summary)
    if place:
        event.add("location", place)
    return event
