"""The reminder rule of the office's calendar: an entry is due on its day until its round is done."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.reminding import DueWords, ReminderRule
from cadre_app.core.roles import Role
from cadre_app.reminders.models import WorkItem

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

RULE = "reminders.work_calendar"


def dues(until: date) -> "QuerySet[WorkItem]":
    """Every entry in use that is due up to that day; nobody's alone, so it rings all department staff."""
    nobody = Cast(Value(None), UUIDField())
    due = WorkItem.objects.in_use().filter(due_on__lte=until)
    return due.annotate(due_day=F("due_on"), trainee_key=nobody, doer_key=nobody)


def visible(rows: "QuerySet[WorkItem]", user: "User") -> "QuerySet[WorkItem]":
    """Staff and leaders."""
    return rows.visible_to(user)  # type: ignore[attr-defined,no-any-return]


def words(row: WorkItem, due_day: date, user: "User") -> DueWords:
    """The entry, who is responsible for it, and on what basis."""
    who = _("Responsible: %(who)s") % {"who": row.responsible}
    basis = _("Basis: %(basis)s") % {"basis": row.basis} if row.basis else _("Annual work calendar")
    url = reverse("reminders:work_item_detail", kwargs={"pk": row.pk})
    return DueWords(
        title=row.label, why=_("%(who)s. %(basis)s") % {"who": who, "basis": basis}, url=url, action=_("Open")
    )


WORK_CALENDAR = ReminderRule(
    label=gettext_lazy("Annual work calendar"),
    source=gettext_lazy("The basis stands with each entry of the calendar"),
    rows=WorkItem.objects.all,
    dues=dues,
    visible=visible,
    words=words,
    order=900,
    roles=(Role.STAFF,),
    joint=True,
)
