"""What falls due once a session is finished: the results of its test."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, DateField, ExpressionWrapper, F, Value, When
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.training.models import Assessment, CourseSession, Enrolment, Outcome
from cadre_app.training.models.choices import HELD
from cadre_app.training.permissions.rooms import is_department
from cadre_app.training.policies import CAMP_RULE, RESULT_DAYS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "training.result_missing",
        ReminderRule(
            label=gettext_lazy("Results of a session to be recorded"),
            source=CAMP_RULE,
            rows=sessions,
            dues=results_missing,
            visible=as_sessions,
            words=result_words,
            order=150,
            leads=(3, 0),
            supervisors=(Role.STAFF,),
        ),
    )


def sessions() -> Rows:
    return CourseSession.objects.select_related("course", "teacher")


def as_sessions(rows: Rows, user: "User") -> Rows:
    """Staff and leaders; the teacher the own ones."""
    return rows if is_department(user) else rows.given_by(user)


def results_missing(until: date) -> Rows:
    """Finished, with a test, and somebody who completed the session has no result; some days after its last day."""
    days = RESULT_DAYS.now()
    missing = Enrolment.objects.enrolled().filter(outcome=Outcome.COMPLETED, result="")
    rows = sessions().standing().filter(state__in=HELD, ends_on__lte=until - timedelta(days=days))
    rows = rows.exclude(assessment=Assessment.NONE).filter(pk__in=missing.values("session"))
    account = F("teacher__account_id")
    return rows.annotate(
        due_day=ExpressionWrapper(F("ends_on") + Value(days), output_field=DateField()),
        trainee_key=NOBODY,
        doer_key=Case(When(teacher__account__is_active=True, teacher__voided_at=None, then=account), default=NOBODY),
    )


def result_words(row: CourseSession, day: date, user: "User") -> DueWords:
    days = RESULT_DAYS.now()
    why = ngettext(
        "The session ended on %(day)s; results are recorded within %(days)d day.",
        "The session ended on %(day)s; results are recorded within %(days)d days.",
        days,
    ) % {"day": formats.date_format(row.ends_on), "days": days}
    is_mine = row.teacher is not None and row.teacher.account_id == user.pk
    if not is_mine and row.teacher is not None:
        why = _("%(teacher)s. %(why)s") % {"teacher": row.teacher.name, "why": why}
    return DueWords(
        title=_("Results of the session to be recorded"),
        why=why,
        url=reverse("training:result_list", kwargs={"pk": row.pk}),
        action=_("Record results"),
        subject=row.course.title,
    )
