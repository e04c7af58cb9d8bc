"""我的培训 what somebody in development sees of the own training, on the page and on the desk."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from cadre_app.people.models import Trainee
from cadre_app.stages.sql import with_stage
from cadre_app.training.hours_wording import done_text, period
from cadre_app.training.links import link
from cadre_app.training.models import (
    ClassMeeting,
    CourseSession,
    Enrolment,
    HoursEntry,
    Order,
    Outcome,
    OutsideCourse,
    Place,
    VisitMember,
    VisitState,
)
from cadre_app.training.models.choices import COMING, HELD
from cadre_app.training.offers import offers_for
from cadre_app.training.papers import certificates
from cadre_app.training.policies import FEEDBACK_DAYS
from cadre_app.training.requirement import Reckoning, reckon
from cadre_app.training.requirement_sql import entries_of, sums_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

AT_MOST = 50
LATEST = 5
PLACE_MARKS = {Place.ENROLLED: "ok", Place.WAITING: "wait", Place.DECLINED: "idle"}
OUTCOME_MARKS = {Outcome.COMPLETED: "ok", Outcome.WITHDRAWN: "over", Outcome.ABSENT: "idle"}


@dataclass(frozen=True)
class Line:
    """One line of the page: a title that leads somewhere (or not), what is said below it, and a mark."""

    title: str
    url: str = ""
    text: str = ""
    mark: str = ""
    label: str = ""
    more: Any = None
    paper: str = ""


def own_trainee(user: "User") -> Any:
    """The own file with `stage` and `grade`."""
    files = Trainee.objects.standing().filter(person__account=user).select_related("person", "home_unit")
    return with_stage(files, timezone.localdate()).get()


def own_reckoning(trainee: Any, year: int) -> Reckoning:
    """One query."""
    return reckon(trainee, sums_of(trainee, year), year=year)


def own_page(user: "User", trainee: Any, year: int) -> dict[str, Any]:
    """Everything of the page; as many queries whatever there is."""
    today = timezone.localdate()
    found = own_reckoning(trainee, year)
    return {
        "found": found,
        "period": period(found),
        "done": done_text(found),
        "entries": list(own_entries(user, trainee, year)),
        "coming": coming(user, trainee, today),
        "visits": visits(user, trainee, today),
        "feedback": feedback(user, trainee, today),
        "orders": list(Order.objects.visible_to(user).live().filter(trainee=trainee).select_related("course")),
        "outside": outside(user, trainee),
        "results": results(user, trainee),
        "offers": list(offers_for(trainee, CourseSession.objects.visible_to(user))[:LATEST]) if found.is_open else [],
    }


def own_entries(user: "User", trainee: Any, year: int) -> "QuerySet[HoursEntry]":
    """What counts in `year`, the latest first."""
    rows = HoursEntry.objects.visible_to(user).filter(pk__in=entries_of(year).filter(trainee=trainee).values("pk"))
    return rows.select_related("enrolment__session__course", "outside", "visit__visit").order_by("-earned_on", "pk")


def coming(user: "User", trainee: Any, today: date) -> list[Line]:
    """Sessions with a place or waiting, each with its next class; what has not been taken note of says so."""
    meetings = ClassMeeting.objects.standing().filter(held_on__gte=today).order_by("held_on", "starts_at")
    rows = (
        Enrolment.objects.visible_to(user).standing().filter(trainee=trainee, place__in=(Place.ENROLLED, Place.WAITING))
    )
    rows = rows.filter(session__state__in=COMING, session__ends_on__gte=today, session__voided_at=None)
    rows = rows.select_related("session__course").order_by("session__starts_on", "pk")
    rows = rows.prefetch_related(Prefetch("session__meetings", meetings, to_attr="next_classes"))
    return [
        Line(
            title=row.session.course.title,
            url=link("session_detail", pk=row.session_id),
            mark=PLACE_MARKS[Place(row.place)],
            label=row.get_place_display(),
            more={"session": row.session, "classes": getattr(row.session, "next_classes", [])[:3], "place": row},
        )
        for row in rows[:AT_MOST]
    ]


def visits(user: "User", trainee: Any, today: date) -> list[Line]:
    """Study visits to come."""
    rows = VisitMember.objects.visible_to(user).standing().filter(trainee=trainee, visit__visited_on__gte=today)
    rows = rows.filter(visit__state=VisitState.PLANNED, visit__voided_at=None).select_related("visit")
    return [
        Line(title=row.visit.title, url=link("visit_detail", pk=row.visit_id), text=row.visit.meets_at, more=row)
        for row in rows.order_by("visit__visited_on", "pk")[:AT_MOST]
    ]


def feedback(user: "User", trainee: Any, today: date) -> list[Line]:
    """Sessions attended on which no sheet was handed in, as long as sheets are taken."""
    since = today - timedelta(days=FEEDBACK_DAYS.now())
    rows = Enrolment.objects.visible_to(user).enrolled().filter(trainee=trainee, receipt=None)
    rows = rows.filter(outcome=Outcome.COMPLETED, session__state__in=HELD, session__ends_on__gte=since)
    return [
        Line(title=row.session.course.title, url=link("feedback_form", pk=row.pk), more=row)
        for row in rows.select_related("session__course").order_by("session__ends_on", "pk")[:AT_MOST]
    ]


def outside(user: "User", trainee: Any) -> list[OutsideCourse]:
    """Own outside courses, the latest first."""
    rows = OutsideCourse.objects.visible_to(user).standing().filter(trainee=trainee)
    return list(rows.order_by("-ended_on", "pk")[:AT_MOST])


def results(user: "User", trainee: Any) -> list[Line]:
    """What came of the latest sessions, with the certificate where it holds and bears a number."""
    rows = Enrolment.objects.visible_to(user).standing().filter(trainee=trainee).exclude(outcome="")
    found = list(rows.select_related("session__course").order_by("-session__ends_on", "pk")[:LATEST])
    numbered = certificates.numbers_of([row.pk for row in found])
    return [
        Line(
            title=row.session.course.title,
            url=link("session_detail", pk=row.session_id),
            paper=certificates.address_of(row) if row.is_earned and row.pk in numbered else "",
            mark=OUTCOME_MARKS[Outcome(row.outcome)],
            label=row.get_outcome_display(),
            more=row,
        )
        for row in found
    ]


def own_panel(request: "UserRequest") -> dict[str, Any] | None:
    """The desk of somebody in development: hours of the year and the next class; three queries."""
    user, today = request.user, timezone.localdate()
    trainee = own_trainee(user)
    if trainee.is_read_only:
        return None
    found = own_reckoning(trainee, today.year)
    mine = Enrolment.objects.told_to(user).filter(place=Place.ENROLLED).values("session")
    classes = ClassMeeting.objects.standing().filter(session__in=mine, session__state__in=COMING, held_on__gte=today)
    nearest = classes.annotate(course=F("session__course__title"), where=F("session__place"))
    return {
        "found": found,
        "done": done_text(found),
        "next": nearest.order_by("held_on", "starts_at").first(),
    }
