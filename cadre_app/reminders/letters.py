"""Messages given up, as lists show them: channel, tries, error and time; never to whom and never what."""

import re
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.core.days import start_of
from cadre_app.core.operations import OperationsAction, OperationsLine, OperationsPart, OperationsReport
from cadre_app.core.tables import Column
from cadre_app.reminders import permissions
from cadre_app.reminders.models import Message

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SHOWN = 5
# Servers of others name the recipient in what they answer.
ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
LONG_NUMBER = re.compile(r"\d{7,}")


def error_of(message: Message) -> str:
    """The last error without addresses and long numbers in it."""
    return LONG_NUMBER.sub("…", ADDRESS.sub("…", message.error))


def columns(user: "User") -> tuple[Column[Message], ...]:
    """Columns of the list; the last one only for those who may act."""
    found: tuple[Column[Message], ...] = (
        Column("message", _("Message"), lambda message: str(message.pk)[:8]),
        Column("channel", _("Channel"), lambda message: message.get_channel_display()),
        Column("tries", _("Tries"), lambda message: message.tries, numeric=True),
        Column("error", _("Last error"), error_of),
        Column("created_at", _("Made on"), lambda message: message.created_at, sort=("created_at",)),
    )
    if permissions.can_retry_messages(user):
        cell = "reminders/_cell_retry.html"
        found += (Column("act", _("Actions"), lambda message: "", template=cell),)
    return found


def counts() -> tuple[tuple[str, str], ...]:
    """Waiting, sent today (local day), and tries of those before the one that succeeded; two queries."""
    sent = Message.objects.filter(state=Message.State.SENT, sent_at__gte=start_of(timezone.localdate()))
    today = sent.aggregate(count=Count("pk"), repeats=Sum(F("tries") - 1, filter=Q(tries__gt=1), default=0))
    return (
        (_("Waiting to be sent"), str(Message.objects.waiting().order_by().count())),
        (_("Sent today"), str(today["count"])),
        (_("Repeated tries among them"), str(today["repeats"])),
    )


def report(user: "User") -> OperationsReport:
    """The oldest messages given up with the way to all of them; four queries."""
    parked = Message.objects.parked()
    may_retry = permissions.can_retry_messages(user)
    oldest = parked.order_by("created_at", "pk")[:SHOWN]
    total = parked.order_by().count()
    everything = (OperationsAction(_("All messages given up"), reverse("reminders:dead_letter_list")),)
    lines = [_line(message, may_retry=may_retry) for message in oldest]
    return OperationsReport(lines, total, figures=counts(), actions=everything)


def _line(message: Message, *, may_retry: bool) -> OperationsLine:
    tries = ngettext("tried %(count)d time", "tried %(count)d times", message.tries) % {"count": message.tries}
    url = reverse("reminders:message_retry", kwargs={"pk": message.pk})
    return OperationsLine(
        f"{message.get_channel_display()} {str(message.pk)[:8]}",
        "over",
        str(message.get_state_display()),
        when=message.created_at,
        note=" · ".join(text for text in (tries, error_of(message)) if text),
        actions=(OperationsAction(_("Try again"), url),) if may_retry else (),
    )


DEAD_LETTERS = OperationsPart(
    title=gettext_lazy("Messages given up"),
    empty=gettext_lazy("No message is given up."),
    order=20,
    report=report,
)
