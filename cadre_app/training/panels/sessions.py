"""What teachers and those in development see of sessions without looking for them."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.people.models.persons import own_keys
from cadre_app.training.models import ClassMeeting, CourseSession, Enrolment, Place, SessionState
from cadre_app.training.models.choices import COMING, HELD
from cadre_app.training.models.sessions import taught_by
from cadre_app.training.offers import barred_for, open_to_own
from cadre_app.training.session_words import place_mark, session_mark

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.http import UserRequest

ON_DESK = 3
AT_MOST = 50
LATELY = timedelta(days=60)


def coming_of(user: "User") -> "QuerySet[ClassMeeting]":
    """The own classes from today on, the next one first."""
    rows = _classes(user).filter(held_on__gte=timezone.localdate())
    return rows.order_by("held_on", "starts_at", "pk")


def unrecorded_of(user: "User") -> "QuerySet[ClassMeeting]":
    """The own classes of days that have passed whose attendance is not recorded, the latest first."""
    rows = _classes(user).filter(held_on__lt=timezone.localdate(), recorded_at=None)
    return rows.order_by("-held_on", "-starts_at", "pk")


def past_of(user: "User") -> "QuerySet[CourseSession]":
    """The own sessions that are finished, the latest first."""
    rows = CourseSession.objects.given_by(user).filter(state__in=HELD).select_related("course")
    return rows.order_by("-starts_on", "pk")


def teaching_panel(request: "UserRequest") -> dict[str, Any] | None:
    """The desk of a teacher: the next classes, and those that wait to be recorded."""
    coming, unrecorded = list(coming_of(request.user)[:ON_DESK]), list(unrecorded_of(request.user)[:ON_DESK])
    if not coming and not unrecorded:
        return None
    return {"title": _("My classes"), "coming": coming, "unrecorded": unrecorded}


def own_sessions(user: "User") -> dict[str, Any]:
    """For somebody in development: the own places that lie ahead or lately behind, and what takes sign-ups."""
    today = timezone.localdate()
    mine = Enrolment.objects.told_to(user).exclude(place=Place.DECLINED)
    mine = mine.filter(session__ends_on__gte=today - LATELY, session__voided_at=None)
    places = mine.select_related("session__course", "session__teacher").order_by("session__starts_on", "pk")
    offers = CourseSession.objects.visible_to(user).standing()
    offers = offers.filter(state=SessionState.OPEN, takes_sign_ups=True, starts_on__gt=today)
    offers = offers.filter(open_to_own(user)).exclude(pk__in=mine.values("session"))
    offers = offers.exclude(barred_for(own_keys(user)[1]))
    return {
        "today": today,
        "places": [(one, place_mark(one), session_mark(one.session, is_work=False)) for one in places[:AT_MOST]],
        "offers": [
            (one, session_mark(one, is_work=False))
            for one in offers.select_related("course", "teacher").order_by("starts_on", "pk")[:AT_MOST]
        ],
    }


def _classes(user: "User") -> "QuerySet[ClassMeeting]":
    rows = ClassMeeting.objects.standing().filter(taught_by(user, "session__"), session__state__in=COMING)
    return rows.select_related("session__course")
