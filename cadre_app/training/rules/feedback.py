"""The reminder to give feedback: for whoever completed a session, until the sheet is in or the time is over."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DateField, ExpressionWrapper, F, Value, When
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.training.models import Enrolment, Outcome
from cadre_app.training.models.choices import HELD
from cadre_app.training.policies import CAMP_RULE, FEEDBACK_DAYS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "training.feedback",
        ReminderRule(
            label=gettext_lazy("Feedback on an own session"),
            source=CAMP_RULE,
            rows=places,
            dues=open_sheets,
            visible=as_own,
            words=words,
            order=168,
            leads=(7, 1),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )


def places() -> Rows:
    return Enrolment.objects.select_related("session__course")


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(trainee__person__account=user)


def open_sheets(until: date) -> Rows:
    """Completed sessions whose feedback time runs and whose sheet is not in; due on the last day of that time."""
    windows = _windows(timezone.localdate())
    days = [day for ended in windows.values() for day in ended]
    rows = places().enrolled().filter(outcome=Outcome.COMPLETED, receipt=None, session__ends_on__in=days)
    rows = rows.filter(
        session__state__in=HELD,
        session__voided_at=None,
        trainee__voided_at=None,
        trainee__departed_on=None,
        trainee__person__account__isnull=False,
    )
    cases: list[Any] = [When(session__ends_on__in=ended, then=_after(length)) for length, ended in windows.items()]
    last = Case(*cases, output_field=DateField(null=True))
    rows = rows.annotate(due_day=last, trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id"))
    return rows.filter(due_day__lte=until)


def words(row: Enrolment, day: date, user: "User") -> DueWords:
    known = {"course": row.session.course.title, "day": formats.date_format(day)}
    return DueWords(
        title=_("Feedback on “%(course)s”") % known,
        why=_("Anonymous, three questions, open until %(day)s.") % known,
        url=reverse("training:feedback_form", kwargs={"pk": row.pk}),
        action=_("Give feedback"),
    )


def _windows(today: date) -> dict[int, list[date]]:
    """Last days of sessions whose feedback time runs today, by the length in force on each of them."""
    found: dict[int, list[date]] = {}
    for back in range(FEEDBACK_DAYS.high + 1):
        day = today - timedelta(days=back)
        length = FEEDBACK_DAYS.on(day)
        if back <= length:
            found.setdefault(length, []).append(day)
    return found


def _after(days: int) -> Any:
    return ExpressionWrapper(F("session__ends_on") + Value(days), output_field=DateField())
