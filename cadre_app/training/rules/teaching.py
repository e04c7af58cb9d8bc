"""What teachers are told of the sessions that they give, for some days: given to them, moved, cancelled, taken from them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.training.models import TeachingEvent, TeachingNews
from cadre_app.training.policies import CAMP_RULE
from cadre_app.training.rules.sessions import event_text, with_next_class

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

TOLD_FOR = timedelta(days=7)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "training.teaching_news",
        ReminderRule(
            label=gettext_lazy("Own course given, moved or cancelled"),
            source=CAMP_RULE,
            rows=news,
            dues=to_be_told,
            visible=lambda rows, user: rows.filter(teacher__account=user),
            words=news_words,
            order=134,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            on_desk=False,
        ),
    )


def news() -> Rows:
    return with_next_class(TeachingNews.objects.select_related("session__course", "meeting"), OuterRef("session"))


def to_be_told(until: date) -> Rows:
    """Events of the last days, in sessions that are not over; the teacher's answer is not asked for."""
    today = timezone.localdate()
    rows = news().filter(closed_at=None, told_on__gt=today - TOLD_FOR, told_on__lte=until, session__ends_on__gte=today)
    rows = rows.filter(teacher__account__isnull=False, teacher__voided_at=None)
    return rows.annotate(due_day=F("told_on"), trainee_key=NOBODY, doer_key=F("teacher__account_id"))


def news_words(row: TeachingNews, day: date, user: "User") -> DueWords:
    """Whoever does not give it any more sees its page no longer."""
    session = row.session
    page = reverse("training:session_detail", kwargs={"pk": session.pk})
    if row.kind == TeachingEvent.RELEASED or session.is_voided:
        page = reverse("training:session_mine")
    return DueWords(title=session.course.title, why=event_text(row, session), url=page, action=_("Open"))
