"""Messages given up after eight tries: let them be tried again."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.history import services as history
from cadre_app.reminders.models import Message

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

NOT_PARKED: dict[str, Any] = {
    Message.State.WAITING: gettext_lazy("This message is already waiting for its next try."),
    Message.State.SENT: gettext_lazy("This message has been sent meanwhile. Nothing is left to do."),
    Message.State.SETTLED: gettext_lazy("Nothing is left to say in this message: what was due has been done."),
    Message.State.UNWANTED: gettext_lazy("Its recipient no longer wants this message."),
    Message.State.CAPPED: gettext_lazy("This message is held back by the monthly limit and is not sent again."),
}


@transaction.atomic
def retry_message(message_id: "UUID", *, actor: "User") -> Message:
    """Let one message be tried anew, from the first of eight tries, at once; on record.

    Raises Message.DoesNotExist; ValidationError, in words for the reader, when it is no longer given up.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.PARKED:
        raise ValidationError(NOT_PARKED[message.state], code="not_parked")
    _reset(Message.objects.filter(pk=message_id))
    history.record("reminders.message.retried", actor=actor, after={"message": str(message_id), "tries": message.tries})
    message.refresh_from_db()
    return message


@transaction.atomic
def retry_all(*, actor: "User") -> int:
    """As `retry_message` for everything given up; returns how many. Raises ValidationError when there is none."""
    count = _reset(Message.objects.parked())
    if not count:
        raise ValidationError(_("No message is given up any more."), code="none_parked")
    history.record("reminders.message.all_retried", actor=actor, after={"count": count})
    return count


def _reset(messages: Any) -> int:
    """In one statement; the condition on the state holds against somebody who was faster."""
    found: int = messages.parked().update(
        state=Message.State.WAITING, tries=0, send_at=timezone.now(), lease_until=None
    )
    return found
