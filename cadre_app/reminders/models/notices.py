"""提醒 what a person was told: in the inbox at once, outside by a message that says only that something is due."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.reminders.models.occurrences import Occurrence

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Channel(models.TextChoices):
    INBOX = "inbox", _("Inbox")
    EMAIL = "email", _("E-mail")
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")


OUTSIDE = (Channel.EMAIL, Channel.WECOM, Channel.DINGTALK)


class MessageQuerySet(models.QuerySet["Message"]):
    def parked(self) -> Self:
        """Given up after eight tries, until somebody lets them be tried again."""
        return self.filter(state=Message.State.PARKED)

    def waiting(self) -> Self:
        return self.filter(state=Message.State.WAITING)


class Message(models.Model):
    """One message outside the system; `id` is its Message-ID, `key` the day of a digest or the notice it is sent for.

    Whoever sends it holds it until `lease_until`; a sender that dies leaves it to the next one after that. Times are UTC.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("message", "Waiting")
        SENT = "sent", pgettext_lazy("message", "Sent")
        SETTLED = "settled", pgettext_lazy("message", "Nothing left to say")
        UNWANTED = "unwanted", pgettext_lazy("message", "No longer wanted")
        CAPPED = "capped", pgettext_lazy("message", "Held back by the monthly limit")
        PARKED = "parked", pgettext_lazy("message", "Given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    key = models.CharField(max_length=40)
    created_at = models.DateTimeField(_("created at"))
    send_at = models.DateTimeField(_("to be sent at"))
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        ordering = ("send_at", "id")
        indexes = [
            models.Index(fields=["send_at", "id"], condition=Q(state="waiting"), name="message_to_send"),
            models.Index(fields=["created_at", "id"], condition=Q(state="parked"), name="message_given_up"),
            models.Index(fields=["recipient", "sent_at"], condition=Q(state="sent"), name="message_sent_to"),
            models.Index(fields=["state", "sent_at"], name="message_by_state"),
        ]
        constraints = [models.UniqueConstraint(fields=["recipient", "channel", "key"], name="one_message_per_key")]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: "User") -> Self:
        """One's own inbox; nobody reads another's."""
        return self.filter(recipient=user, channel=Channel.INBOX)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One step of a due item told to one person over one channel, never twice: `step` is days from `due_on`.

    A backlog has no occurrence: it says that `count` items are due since long. Its words are made when it is read.
    """

    class Kind(models.TextChoices):
        ITEM = "item", pgettext_lazy("notice", "Due")
        ATTENTION = "attention", pgettext_lazy("notice", "For your attention")
        BACKLOG = "backlog", pgettext_lazy("notice", "Due since long")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    occurrence = models.ForeignKey(
        Occurrence, models.CASCADE, null=True, related_name="notices", db_index=False, db_constraint=False
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    step = models.SmallIntegerField()
    due_on = models.DateField(_("due on"))
    made_on = models.DateField()
    count = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("told at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, related_name="notices", db_index=False, db_constraint=False
    )
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        ordering = ("-created_at", "id")
        indexes = [
            models.Index(
                fields=["recipient", "-created_at", "id"], condition=Q(channel="inbox"), name="notice_of_inbox"
            ),
            models.Index(fields=["recipient"], condition=Q(channel="inbox", read_at=None), name="notice_unread"),
            models.Index(fields=["message"], condition=Q(message__isnull=False), name="notice_of_message"),
            models.Index(fields=["id"], condition=Q(message=None) & ~Q(channel="inbox"), name="notice_to_pack"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "recipient", "step", "channel", "due_on"], name="one_notice_per_step"
            ),
            models.UniqueConstraint(
                fields=["recipient", "channel", "made_on"],
                condition=Q(occurrence=None),
                name="one_backlog_per_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.due_on} {self.step}"
