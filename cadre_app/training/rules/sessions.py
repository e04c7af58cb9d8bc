"""What falls due with sessions: the class tomorrow, for those on the roster and the teacher; and what is to be told."""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.training.models import (
    CampMember,
    ClassMeeting,
    CourseSession,
    Enrolment,
    Mode,
    News,
    Place,
    PlaceNews,
    SessionState,
    TeachingEvent,
)
from cadre_app.training.permissions.rooms import is_department
from cadre_app.training.policies import CAMP_RULE
from cadre_app.training.rules.persons import of_person
from cadre_app.training.session_words import days_text, near_day

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

OWN = "trainee__person__account"
TOLD_OF = (SessionState.OPEN, SessionState.CANCELLED)
TEXTS: dict[str, Any] = {
    News.INVITED: gettext_lazy("You have a place in “%(course)s”, which begins at %(time)s on %(day)s, %(place)s."),
    News.WAITING: gettext_lazy(
        "You are on the waiting list of “%(course)s” on %(days)s and will be told when a place is free."
    ),
    News.MOVED_UP: gettext_lazy(
        "A place is free for you in “%(course)s”, which begins at %(time)s on %(day)s, %(place)s."
    ),
    News.CLASS_ADDED: gettext_lazy("“%(course)s” has one more class: at %(time)s on %(day)s, %(place)s."),
    News.CLASS_MOVED: gettext_lazy(
        "The class of “%(course)s” planned for %(was)s was moved: it is now at %(time)s on %(day)s, %(place)s."
    ),
    News.CLASS_DROPPED: gettext_lazy("The class of “%(course)s” at %(time)s on %(day)s is not held."),
    News.MOVED: gettext_lazy(
        "“%(course)s” is held at another place: the next class is at %(time)s on %(day)s, %(place)s."
    ),
    News.MODE: gettext_lazy(
        "“%(course)s” is held in a classroom now: the next class is at %(time)s on %(day)s, %(place)s."
    ),
    News.NOTE: gettext_lazy("“%(course)s” on %(days)s, to be brought or prepared: %(note)s"),
    TeachingEvent.ASSIGNED: gettext_lazy(
        "You are to give “%(course)s”: the next class is at %(time)s on %(day)s, %(place)s."
    ),
    TeachingEvent.RELEASED: gettext_lazy("“%(course)s” on %(days)s is given by somebody else now."),
    News.CANCELLED: gettext_lazy("“%(course)s” on %(days)s is cancelled: %(reason)s"),
    News.TAKEN_UP: gettext_lazy("“%(course)s” is held after all: the next class is at %(time)s on %(day)s, %(place)s."),
    News.TAKEN_OFF: gettext_lazy("You were taken off the list of “%(course)s”: %(reason)s"),
}
NOW_ONLINE = gettext_lazy("“%(course)s” is held online now: the next class is at %(time)s on %(day)s.")
MOVED_IN_PART = gettext_lazy(
    "“%(course)s” is held at another place: %(where)s; only classes with a place of their own stay."
)
WAITS_AGAIN = gettext_lazy(
    "“%(course)s” on %(days)s is held after all; you are on its waiting list and will be told when a place is free."
)
HAS_BEGUN = gettext_lazy("You have a place in “%(course)s”; the next class is at %(time)s on %(day)s, %(place)s.")
SAME_START = gettext_lazy(
    "The class of “%(course)s” at %(time)s on %(day)s was changed: it lasts until %(until)s, %(place)s."
)


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
        "training.session_unopened",
        ReminderRule(
            label=gettext_lazy("Planned session to be opened"), source=CAMP_RULE, rows=planned, dues=unopened,
            visible=of_those_who_open,
            words=unopened_words, order=133, leads=(7, 3, 1, 0), overdue=(), attention=None, supervisors=(),
        ),
    )  # fmt: skip
    add(
        "training.place",
        ReminderRule(
            label=gettext_lazy("Place in a session"), rows=news, dues=to_be_told,
            visible=lambda rows, user: rows.filter(**{f"enrolment__{OWN}": user}),
            words=news_words, order=132, leads=(0,), **common | {"overdue": (3,)},
        ),
    )  # fmt: skip


def planned() -> Rows:
    return CourseSession.objects.select_related("course")


def unopened(until: date) -> Rows:
    """Planned sessions by their first day, until they are opened or over: nobody on their rosters knows of them."""
    rows = (
        planned().standing().filter(state=SessionState.PLANNED, starts_on__lte=until, ends_on__gte=timezone.localdate())
    )
    return rows.annotate(due_day=F("starts_on"), trainee_key=NOBODY, doer_key=NOBODY)


def of_those_who_open(rows: Rows, user: "User") -> Rows:
    """Staff and leaders of everybody on the roster: who works for some of them does not open the session."""
    here = any_of(user.unit_ranges(Role.STAFF, Role.LEADER), "trainee__home_unit__path")
    others = Enrolment.objects.standing().exclude(place=Place.DECLINED).exclude(here).filter(session=OuterRef("pk"))
    return rows.filter(~Exists(others)) if is_department(user) else rows.none()


def unopened_words(row: CourseSession, day: date, user: "User") -> DueWords:
    text = _("It begins on %(day)s and is still planned: nobody on its roster is told before it is opened.")
    return DueWords(
        title=_("Open the session: %(course)s") % {"course": row.course.title},
        why=text % {"day": formats.date_format(row.starts_on)},
        url=_page(row.pk),
        action=_("Look at the session"),
    )


def places() -> Rows:
    """With when and where the next class is held, which words are made of."""
    rows = Enrolment.objects.select_related("session__course")
    return with_next_class(rows, OuterRef("session"))


def sessions() -> Rows:
    return with_next_class(CourseSession.objects.select_related("course"), OuterRef("pk"))


def news() -> Rows:
    rows = PlaceNews.objects.filter(enrolment__isnull=False).select_related("enrolment__session__course", "meeting")
    return with_next_class(rows, OuterRef("enrolment__session"))


def sessions_tomorrow(until: date) -> Rows:
    """Places in open sessions by their next class: the day before it, and not again where a class was the day before.
    Whoever is on leave from the camp is left in peace.
    """
    rows = places().enrolled().filter(session__state=SessionState.OPEN, session__voided_at=None)
    rows = rows.filter(~Exists(CampMember.objects.order_by().on_leave().filter(trainee=OuterRef("trainee"))))
    rows = rows.filter(session__ends_on__gte=timezone.localdate(), session__starts_on__lte=until)
    return of_person(_about_to_begin(rows, OuterRef("session"), until), "next_on")


def tomorrow_words(row: Any, day: date, user: "User") -> DueWords:
    return _begins(row.session, row, day, row.session_id)


def teaching_tomorrow(until: date) -> Rows:
    """As `sessions_tomorrow`, for the account of the teacher."""
    rows = sessions().standing().filter(state=SessionState.OPEN, teacher__account__isnull=False)
    rows = rows.filter(ends_on__gte=timezone.localdate(), starts_on__lte=until)
    rows = _about_to_begin(rows, OuterRef("pk"), until)
    return rows.annotate(due_day=F("next_on"), trainee_key=NOBODY, doer_key=F("teacher__account_id"))


def teaching_words(row: Any, day: date, user: "User") -> DueWords:
    return _begins(row, row, day, row.pk)


def to_be_told(until: date) -> Rows:
    """Events of which the person has not said that they know, in sessions that are open or cancelled and not over; what
    concerns one class until that class is over.
    """
    today = timezone.localdate()
    rows = news().filter(
        Q(meeting=None) | Q(meeting__held_on__gte=today),
        closed_at=None,
        told_on__lte=until,
        enrolment__voided_at=None,
        enrolment__session__state__in=TOLD_OF,
        enrolment__session__voided_at=None,
        enrolment__session__ends_on__gte=today,
    )
    return of_person(rows, "told_on", "enrolment__")


def news_words(row: Any, day: date, user: "User") -> DueWords:
    session = row.enrolment.session
    return DueWords(title=session.course.title, why=news_text(row), url=_page(session.pk), action=_("Open"))


def news_text(row: Any) -> str:
    """What happened, in one sentence; `row` comes from `news()`."""
    return event_text(row, row.enrolment.session)


def event_text(row: Any, session: CourseSession) -> str:
    """As `news_text`, for the row of anybody who is told of this session."""
    meeting, text = row.meeting, _text_of(row, session)
    known = _known(session, row, row.next_on or session.starts_on)
    known |= {"days": days_text(session), "reason": row.reason, "note": session.note}
    known["where"] = session.place or _("place to be told")
    if meeting is not None:
        known |= _when(session, meeting.held_on, meeting.starts_at, meeting.place)
        known["until"] = f"{meeting.ends_at:%H:%M}"
        if row.kind == News.CLASS_MOVED:
            known["was"] = f"{formats.date_format(row.was_on)} {row.was_at:%H:%M}"
            if (row.was_on, row.was_at) == (meeting.held_on, meeting.starts_at):
                text = SAME_START
    return str(text) % known


def _text_of(row: Any, session: CourseSession) -> Any:
    """The sentence, as place and session stand now."""
    kind = row.kind
    if kind in (News.INVITED, News.MOVED_UP) and row.next_on != session.starts_on:
        return HAS_BEGUN
    own = getattr(row, "enrolment", None)
    if kind == News.TAKEN_UP and own is not None and own.place == Place.WAITING:
        return WAITS_AGAIN
    if kind == News.MODE and session.mode == Mode.ONLINE:
        return NOW_ONLINE
    if kind == News.MOVED and row.next_place:
        return MOVED_IN_PART
    return TEXTS[kind]


def _begins(session: CourseSession, row: Any, day: date, key: "UUID") -> DueWords:
    text = _("“%(course)s” begins %(day)s at %(time)s, %(place)s.")
    if day != session.starts_on:
        text = _("The next class of “%(course)s” is %(day)s at %(time)s, %(place)s.")
    known = _known(session, row, day) | {"day": near_day(day)}
    return DueWords(title=session.course.title, why=text % known, url=_page(key), action=_("Open"))


def _known(session: CourseSession, row: Any, day: date) -> dict[str, str]:
    known = {"course": session.course.title}
    return known | _when(session, day, row.next_at, row.next_place)


def _when(session: CourseSession, day: date, at: time | None, place: str | None) -> dict[str, str]:
    where = place or session.place or _("place to be told")
    return {"day": near_day(day), "time": f"{at:%H:%M}" if at is not None else "", "place": where}


def with_next_class(rows: Any, session: OuterRef) -> Rows:
    """With `next_on`, `next_at`, `next_place`: of the next class, of the first one where all have begun."""
    now = timezone.localtime()
    has_begun = Q(held_on__lt=now.date()) | Q(held_on=now.date(), starts_at__lte=now.time())
    is_past = ExpressionWrapper(has_begun, output_field=BooleanField())
    classes = ClassMeeting.objects.standing().filter(session=session)
    found = classes.order_by(is_past, "held_on", "starts_at", "pk")
    columns = {"next_on": "held_on", "next_at": "starts_at", "next_place": "place"}
    return rows.annotate(**{name: Subquery(found.values(column)[:1]) for name, column in columns.items()})


def _about_to_begin(rows: Any, session: OuterRef, until: date) -> Rows:
    """Of rows with their next class those in which it is near, has not begun, and follows no class of the day before."""
    before = ExpressionWrapper(OuterRef("next_on") - Value(1), output_field=DateField())
    follows = ClassMeeting.objects.standing().filter(session=session, held_on=before)
    now = timezone.localtime()
    is_ahead = Q(next_on__gt=now.date()) | Q(next_on=now.date(), next_at__gt=now.time())
    return rows.filter(is_ahead, ~Exists(follows), next_on__lte=until)


def _own_place(rows: Rows, user: "User") -> Rows:
    return rows.filter(**{OWN: user})


def _page(key: "UUID") -> str:
    return reverse("training:session_detail", kwargs={"pk": key})
