"""The bell for monthly reports: told once in the inbox, as news; a message outside says no more than that something is there."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.lists.models import Report
from cadre_app.lists.wording import result_text, subject_text

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEWS_FOR = timedelta(days=14)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "lists.report",
        ReminderRule(
            label=gettext_lazy("Monthly report"),
            source=gettext_lazy("Own subscription"),
            rows=reports,
            dues=new_reports,
            visible=as_own,
            words=report_words,
            order=900,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            is_news=True,
        ),
    )


def reports() -> Rows:
    return Report.objects.select_related("subscription__saved", "subscription__unit")


def new_reports(until: date) -> Rows:
    """Of the last two weeks; neither the first look, which was not asked to be told, nor what is cancelled or paused."""
    days = (timezone.localdate() - NEWS_FOR, until)
    rows = reports().filter(
        made_on__range=days,
        is_first=False,
        subscription__voided_at=None,
        subscription__paused_on=None,
        subscription__owner__is_active=True,
    )
    return rows.annotate(due_day=F("made_on"), trainee_key=NOBODY, doer_key=F("subscription__owner_id"))


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(subscription__owner=user)


def report_words(report: Report, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Monthly report: %(subject)s") % {"subject": subject_text(report.subscription)},
        why=result_text(report),
        url=reverse("lists:report", kwargs={"pk": report.pk}),
        action=_("Open the report"),
    )
