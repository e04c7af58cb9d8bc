"""What falls due with leave: the unit's word, the department's word, the return."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import DateField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.assignments.policies import LEAVE_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

DAY = timedelta(days=1)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.leave_confirm",
        ReminderRule(
            label=gettext_lazy("Leave to be confirmed by the unit"),
            source=LEAVE_RULE,
            rows=leaves,
            dues=to_confirm,
            visible=as_office,
            words=confirm_words,
            order=410,
            leads=(0,),
            overdue=(2, 5),
            attention=3,
            roles=(Role.LIAISON,),
            supervisors=(Role.STAFF,),
            gathered=True,
        ),
    )
    reminder_rules.register(
        "assignments.leave_approve",
        ReminderRule(
            label=gettext_lazy("Leave to be approved by the department"),
            source=LEAVE_RULE,
            rows=leaves,
            dues=to_approve,
            visible=as_office,
            words=approve_words,
            order=412,
            leads=(0,),
            overdue=(2, 5),
            attention=7,
            gathered=True,
        ),
    )
    reminder_rules.register(
        "assignments.leave_return",
        ReminderRule(
            label=gettext_lazy("Own return from leave"),
            source=LEAVE_RULE,
            rows=leaves,
            dues=ending,
            visible=lambda rows, user: rows.filter(trainee__person__account=user),
            words=ending_words,
            order=414,
            leads=(1,),
            overdue=(1, 3),
            attention=None,
            personal=True,
        ),
    )
    reminder_rules.register(
        "assignments.leave_overdue",
        ReminderRule(
            label=gettext_lazy("Leave overdue"),
            source=LEAVE_RULE,
            rows=leaves,
            dues=overdue,
            visible=as_office,
            words=overdue_words,
            order=416,
            leads=(0,),
            overdue=(3, 7, 14),
            attention=7,
            roles=(Role.LIAISON, Role.STAFF),
            joint=True,
        ),
    )


def leaves() -> Rows:
    return Leave.objects.select_related("trainee__person")


def as_office(rows: Rows, user: "User") -> Rows:
    """Business roles in their scope; never the own leave or a relative's."""
    return rows.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__"))


def to_confirm(until: date) -> Rows:
    """What people asked for, and the returns that they reported, from that day on."""
    asked = Q(state=LeaveState.REQUESTED, requested_on__lte=until)
    rows = _here(leaves()).filter(asked | Q(return_waits=True, returned_on__lte=until))
    return rows.annotate(due_day=Coalesce("returned_on", "requested_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def confirm_words(row: Leave, day: date, user: "User") -> DueWords:
    if row.return_waits:
        return _words(
            row, _("Return from leave to be confirmed"), _("Compare the last day away with what was approved.")
        )
    return _words(row, _("Leave to be confirmed"), _("Confirm it or decline it with a reason."))


def to_approve(until: date) -> Rows:
    """What the unit confirmed and is too long for it alone."""
    rows = _here(leaves()).filter(state=LeaveState.CONFIRMED, requested_on__lte=until, confirmed_on__lte=until)
    return rows.annotate(due_day=F("confirmed_on"), trainee_key=F("trainee_id"), doer_key=NOBODY)


def approve_words(row: Leave, day: date, user: "User") -> DueWords:
    return _words(
        row, _("Leave to be approved"), _("The unit has confirmed it; it is longer than the unit alone approves.")
    )


def ending(until: date) -> Rows:
    """Approved leave of people with an account, by its last day."""
    rows = _here(leaves()).filter(state=LeaveState.APPROVED, due_on__lte=until, trainee__person__account__isnull=False)
    return rows.annotate(due_day=F("due_on"), trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id"))


def ending_words(row: Leave, day: date, user: "User") -> DueWords:
    known = {"kind": row.get_kind_display(), "day": formats.date_format(row.due_on)}
    return DueWords(
        title=_("Report back from leave"),
        why=_("%(kind)s ends on %(day)s: report back once you are at work again.") % known,
        url=reverse("assignments:leave_detail", kwargs={"pk": row.pk}),
        action=_("Report back"),
    )


def overdue(until: date) -> Rows:
    """超假 Approved leave whose last day is past, without a return; due on the day after."""
    last = min(until, timezone.localdate()) - DAY
    rows = _here(leaves()).filter(state=LeaveState.APPROVED, due_on__lte=last)
    day = ExpressionWrapper(F("due_on") + Value(1), output_field=DateField())
    return rows.annotate(due_day=day, trainee_key=F("trainee_id"), doer_key=NOBODY)


def overdue_words(row: Leave, day: date, user: "User") -> DueWords:
    known = {"kind": row.get_kind_display(), "day": formats.date_format(row.due_on)}
    return _words(row, _("Leave overdue"), _("%(kind)s ended on %(day)s and no return is recorded.") % known)


def _words(row: Leave, title: str, why: str) -> DueWords:
    return DueWords(
        title=title,
        why=why,
        url=reverse("assignments:leave_detail", kwargs={"pk": row.pk}),
        action=pgettext("leave", "Look at it"),
        subject=row.trainee.person.name,
    )


def _here(rows: Rows) -> Rows:
    return rows.filter(voided_at=None, trainee__departed_on=None, trainee__voided_at=None)
