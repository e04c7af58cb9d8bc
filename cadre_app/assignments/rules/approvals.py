"""What falls due before somebody is posted: proposals to be checked and to be signed off; and the answer to a declined one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.assignments.models import Posting, PostingState
from cadre_app.assignments.permissions.rooms import is_department, signs_off
from cadre_app.assignments.policies import POSTING_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.core.signing import another_needed_text, by_others

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEWS_FOR = timedelta(days=14)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.posting_check",
        ReminderRule(
            label=gettext_lazy("Posting to be checked"),
            source=POSTING_RULE,
            rows=rows,
            dues=to_check,
            visible=as_checking,
            words=check_words,
            order=196,
            leads=(0,),
            overdue=(3, 7),
            attention=None,
            roles=(Role.STAFF, Role.LEADER),
            supervisors=(),
            gathered=True,
        ),
    )
    reminder_rules.register(
        "assignments.posting_sign",
        ReminderRule(
            label=gettext_lazy("Posting to be signed off"),
            source=POSTING_RULE,
            rows=rows,
            dues=to_sign,
            visible=as_signing,
            words=sign_words,
            order=197,
            leads=(0,),
            overdue=(3, 7),
            attention=3,
            roles=(Role.LEADER,),
            supervisors=(Role.STAFF,),
            gathered=True,
        ),
    )
    reminder_rules.register(
        "assignments.posting_declined",
        ReminderRule(
            label=gettext_lazy("Own proposal of a posting declined"),
            source=POSTING_RULE,
            rows=rows,
            dues=declined,
            visible=as_proposer,
            words=declined_words,
            order=198,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
        ),
    )


def rows() -> Rows:
    return Posting.objects.select_related("trainee__person", "unit")


def as_checking(found: Rows, user: "User") -> Rows:
    """What others proposed."""
    return found.visible_to(user).filter(by_others(user, "proposed_by")) if is_department(user) else found.none()


def as_signing(found: Rows, user: "User") -> Rows:
    """Leaders what others proposed and checked; other staff all of it, as they see to it that somebody signs."""
    if is_department(user) and not signs_off(user):
        return found.visible_to(user)
    return as_checking(found, user).filter(by_others(user, "proposed_by", "checked_by"))


def as_proposer(found: Rows, user: "User") -> Rows:
    return found.visible_to(user).filter(proposed_by=user)


def to_check(until: date) -> Rows:
    """Proposals of people in development, from the day on which they were made."""
    found = _open(PostingState.PROPOSED).annotate(due_day=TruncDate("created_at"))
    return found.filter(due_day__lte=until).annotate(trainee_key=F("trainee_id"), doer_key=NOBODY)


def check_words(row: Posting, day: date, user: "User") -> DueWords:
    return _words(row, _("Posting to be checked: %(host)s from %(day)s"), pgettext("posting", "Check"))


def to_sign(until: date) -> Rows:
    """Those that were checked, from that day on."""
    found = _open(PostingState.CHECKED).filter(checked_on__lte=until)
    return found.annotate(due_day=F("checked_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def sign_words(row: Posting, day: date, user: "User") -> DueWords:
    title = _("Posting to be signed off: %(host)s from %(day)s")
    if not signs_off(user):
        return replace(_words(row, title, _("Open")), why=another_needed_text())
    return _words(row, title, _("Sign off"))


def declined(until: date) -> Rows:
    """Declined in the last two weeks and not proposed again; whoever proposed it is told."""
    days = (timezone.localdate() - NEWS_FOR, until)
    found = rows().standing().filter(state=PostingState.DECLINED, declined_on__range=days, trainee__voided_at=None)
    found = found.exclude(proposed_again__voided_at=None, proposed_again__isnull=False)
    return found.annotate(due_day=F("declined_on"), trainee_key=F("trainee_id"), doer_key=F("proposed_by_id"))


def declined_words(row: Posting, day: date, user: "User") -> DueWords:
    known = {"host": row.host, "day": formats.date_format(row.started_on)}
    return DueWords(
        title=_("Your proposal was declined: %(host)s from %(day)s") % known,
        why=_("Reason: %(reason)s") % {"reason": row.decline_reason},
        url=_page(row),
        action=_("Open"),
        subject=row.trainee.person.name,
    )


def _words(row: Posting, title: str, action: str) -> DueWords:
    known = {"host": row.host, "day": formats.date_format(row.started_on)}
    begun = row.started_on <= timezone.localdate()
    return DueWords(
        title=title % known,
        why=_("Its first day has come, and it is not decided.") if begun else _("It is decided before its first day."),
        url=_page(row),
        action=action,
        subject=row.trainee.person.name,
    )


def _open(state: str) -> Rows:
    return rows().standing().filter(state=state, trainee__departed_on=None, trainee__voided_at=None)


def _page(row: Posting) -> str:
    return reverse("assignments:posting_detail", kwargs={"pk": row.pk})
