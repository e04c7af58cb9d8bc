"""What falls due with sessions: the first class tomorrow, for those on the roster and the teacher; and what is to be told."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.training.models import ClassMeeting, CourseSession, Enrolment, Place, SessionState
from cadre_app.training.policies import CAMP_RULE
from cadre_app.training.session_words import days_text, near_day

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

OWN = "trainee__person__account"


def announce() -> None:
    """Called once, when the app is ready."""
    add = reminder_rules.register
    common: dict[str, Any] = {"source": CAMP_RULE, "overdue": (), "attention": None, "personal": True}
    add(
        "training.session_tomorrow",
        ReminderRule(
            label=gettext_lazy("Session about to begin"), rows=places, dues=sessions_tomorrow, visible=_own_place,
            words=tomorrow_words, order=130, leads=(1, 0), **common,
        ),
    )  # fmt: skip
    add(
        "training.session_teaching",
        ReminderRule(
            label=gettext_lazy("Own course about to begin"), rows=sessions, dues=teaching_tomorrow,
            visible=lambda rows, user: rows.filter(teacher__account=user),
            words=teaching_words, on_desk=False, order=131, leads=(1, 0), **common,
        ),
    )  # fmt: skip
    add(
        "training.place",
        ReminderRule(
            label=gettext_lazy("Place in a session"), rows=places, dues=places_to_be_told, visible=_own_place,
            words=place_words, order=132, leads=(0,), **common | {"overdue": (3,)},
        ),
    )  # fmt: skip


def places() -> Rows:
    """With when and where the first class is held, which words are made of."""
    rows = Enrolment.objects.select_related("session__course")
    return _first_class(rows, OuterRef("session"))


def sessions() -> Rows:
    return _first_class(CourseSession.objects.select_related("course"), OuterRef("pk"))


def sessions_tomorrow(until: date) -> Rows:
    """Places in open sessions by their first day, up to that day: afterwards there is nothing left to remind of."""
    rows = (
        places()
        .enrolled()
        .filter(
            session__state=SessionState.OPEN,
            session__voided_at=None,
            session__starts_on__range=(timezone.localdate(), until),
        )
    )
    return _of_person(rows, "session__starts_on")


def tomorrow_words(row: Any, day: date, user: "User") -> DueWords:
    return _begins(row.session, row, day, row.session_id)


def teaching_tomorrow(until: date) -> Rows:
    """Open sessions by their first day, for the account of their teacher."""
    rows = (
        sessions()
        .standing()
        .filter(state=SessionState.OPEN, starts_on__range=(timezone.localdate(), until), teacher__account__isnull=False)
    )
    return rows.annotate(due_day=F("starts_on"), trainee_key=NOBODY, doer_key=F("teacher__account_id"))


def teaching_words(row: Any, day: date, user: "User") -> DueWords:
    return _begins(row, row, day, row.pk)


def places_to_be_told(until: date) -> Rows:
    """Places about which the person has not said that they know: of sessions that are open or cancelled, until they are over."""
    rows = (
        places()
        .standing()
        .filter(
            Q(session__state=SessionState.OPEN) | Q(session__state=SessionState.CANCELLED),
            told_at=None,
            invited_on__lte=until,
            session__voided_at=None,
            session__ends_on__gte=timezone.localdate(),
        )
    )
    return _of_person(rows, "invited_on")


def place_words(row: Any, day: date, user: "User") -> DueWords:
    session = row.session
    known = _known(session, row, session.starts_on) | {"days": days_text(session)}
    if session.state == SessionState.CANCELLED:
        text, known["reason"] = _("“%(course)s” on %(days)s is cancelled: %(reason)s"), session.cancel_reason
    elif row.place == Place.DECLINED:
        text, known["reason"] = _("You were taken off the list of “%(course)s”: %(reason)s"), row.decline_reason
    elif row.place == Place.WAITING:
        text = _("You are on the waiting list of “%(course)s” on %(days)s and will be told when a place is free.")
    elif session.moved_on is not None and session.moved_on >= row.invited_on:
        text = _("“%(course)s” was moved: it now begins at %(time)s on %(day)s, %(place)s.")
    else:
        text = _("You have a place in “%(course)s”, which begins at %(time)s on %(day)s, %(place)s.")
    return DueWords(
        title=session.course.title, why=text % known, url=_page(session.pk), action=_("Open"),
    )  # fmt: skip


def _begins(session: CourseSession, row: Any, day: date, key: "UUID") -> DueWords:
    text = _("“%(course)s” begins %(day)s at %(time)s, %(place)s.")
    known = _known(session, row, day) | {"day": near_day(day)}
    return DueWords(title=session.course.title, why=text % known, url=_page(key), action=_("Open"))


def _known(session: CourseSession, row: Any, day: date) -> dict[str, str]:
    place = row.first_place or session.place or _("place to be told")
    time = f"{row.first_at:%H:%M}" if row.first_at is not None else ""
    return {"course": session.course.title, "day": near_day(day), "time": time, "place": place}


def _first_class(rows: Any, session: OuterRef) -> Rows:
    first = ClassMeeting.objects.standing().filter(session=session).order_by("held_on", "starts_at", "pk")
    return rows.annotate(
        first_at=Subquery(first.values("starts_at")[:1]), first_place=Subquery(first.values("place")[:1])
    )


def _of_person(rows: Rows, day: str) -> Rows:
    here = rows.filter(**{f"{OWN}__isnull": False}, trainee__departed_on=None, trainee__voided_at=None)
    return here.annotate(due_day=F(day), trainee_key=F("trainee_id"), doer_key=F(f"{OWN}_id"))


def _own_place(rows: Rows, user: "User") -> Rows:
    return rows.filter(**{OWN: user})


def _page(key: "UUID") -> str:
    return reverse("training:session_detail", kwargs={"pk": key})
