"""What falls due after a class: its attendance, and once all classes are recorded what the session was for everybody."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import of_scope
from cadre_app.training.models import Attendance, ClassMeeting, CourseSession, Enrolment, SessionState
from cadre_app.training.models.choices import COMING
from cadre_app.training.models.sessions import taught_by
from cadre_app.training.permissions.rooms import is_department
from cadre_app.training.policies import TRAINING_RULE

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.enrolments import EnrolmentQuerySet

DAYS_TO_RECORD = 1
DEPARTMENT = (Role.STAFF, Role.LEADER)
DAYS_TO_FINISH = 3


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "training.attendance_missing",
        ReminderRule(
            label=gettext_lazy("Attendance not recorded"),
            source=TRAINING_RULE,
            rows=classes,
            dues=unrecorded,
            visible=of_those_who_record,
            words=class_words,
            order=120,
            leads=(0,),
            overdue=(3, 7),
        ),
    )
    reminder_rules.register(
        "training.to_finish",
        ReminderRule(
            label=gettext_lazy("Session to be finished and its hours posted"),
            source=TRAINING_RULE,
            rows=sessions,
            dues=unfinished,
            visible=of_the_department,
            words=session_words,
            order=122,
            leads=(0,),
        ),
    )


def classes() -> Rows:
    return ClassMeeting.objects.select_related("session__course", "session__teacher")


def unrecorded(until: date) -> Rows:
    """Held on an earlier day and not recorded for everybody, for the teacher's account, else for staff. What is still to
    be held is nobody's omission, so nothing is due ahead of its day.
    """
    last = min(until, timezone.localdate()) - timedelta(days=DAYS_TO_RECORD)
    rows = _lacking().filter(held_on__lte=last, session__state__in=COMING, session__voided_at=None)
    return rows.annotate(
        due_day=_after("held_on", DAYS_TO_RECORD), trainee_key=NOBODY, doer_key=F("session__teacher__account_id")
    )


def of_those_who_record(rows: Rows, user: "User") -> Rows:
    """The teacher; staff and leaders of somebody on the roster who is not recorded yet."""
    own = taught_by(user, "session__")
    if is_department(user):
        own |= Q(Exists(_left_out().filter(of_scope(user, *DEPARTMENT, prefix="trainee__"))))
    return rows.filter(own)


def class_words(row: ClassMeeting, day: date, user: "User") -> DueWords:
    told = {"day": formats.date_format(row.held_on), "time": f"{row.starts_at:%H:%M}"}
    why = _("The class was held on %(day)s at %(time)s.") % told
    teacher = row.session.teacher
    if teacher is not None and teacher.account_id != user.pk:
        why = _("%(why)s Teacher: %(name)s") % {"why": why, "name": teacher.name}
    return DueWords(
        title=_("Record attendance: %(course)s") % {"course": row.session.course.title},
        why=why,
        url=reverse("training:attendance_list", kwargs={"pk": row.pk}),
        action=_("Record attendance"),
    )


def sessions() -> Rows:
    return CourseSession.objects.select_related("course")


def unfinished(until: date) -> Rows:
    """Over for some days with everybody recorded at all classes, or with nobody on the roster, and no hours posted."""
    last = min(until, timezone.localdate()) - timedelta(days=DAYS_TO_FINISH)
    rows = CourseSession.objects.standing().filter(ends_on__lte=last)
    waiting = _lacking().filter(session=OuterRef("pk"))
    rows = rows.filter(Q(enrolled=0) | ~Exists(waiting), state__in=(*COMING, SessionState.FINISHED))
    return rows.annotate(due_day=_after("ends_on", DAYS_TO_FINISH), trainee_key=NOBODY, doer_key=NOBODY)


def of_the_department(rows: Rows, user: "User") -> Rows:
    """Staff and leaders of everybody on the roster: who works for some of them neither finishes nor posts."""
    here = of_scope(user, *DEPARTMENT, prefix="trainee__")
    others = Enrolment.objects.attending().filter(session=OuterRef("pk")).exclude(here)
    return rows.filter(~Exists(others)) if is_department(user) else rows.none()


def session_words(row: CourseSession, day: date, user: "User") -> DueWords:
    told = {"course": row.course.title}
    title, why = _("Finish the session: %(course)s"), _("Attendance is recorded; the outcome is not.")
    if row.state == SessionState.FINISHED:
        title, why = _("Post hours: %(course)s"), _("The session is finished; the hours are in no file yet.")
    elif not row.enrolled:
        title, why = _("Cancel the session: %(course)s"), _("It is over and nobody was on its roster.")
    return DueWords(
        title=title % told,
        why=_("%(why)s Last day: %(day)s") % {"why": why, "day": formats.date_format(row.ends_on)},
        url=reverse("training:session_attendance", kwargs={"pk": row.pk}),
        action=_("Look at the session"),
    )


def _lacking() -> Rows:
    """Classes at which somebody on the roster is not recorded."""
    return ClassMeeting.objects.standing().filter(Exists(_left_out()))


def _left_out() -> "EnrolmentQuerySet":
    """Places of a class whose attendance at it is not recorded."""
    recorded = Attendance.objects.standing().filter(enrolment=OuterRef("pk"), meeting=OuterRef(OuterRef("pk")))
    return Enrolment.objects.attending().filter(~Exists(recorded), session=OuterRef("session"))


def _after(name: str, days: int) -> Any:
    return ExpressionWrapper(F(name) + Value(days), output_field=DateField())
