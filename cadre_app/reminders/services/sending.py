"""Messages leave the system: claimed 200 at a time in one statement, each sent and marked in its own commit.

A sender that is killed keeps its lease until it runs out; then the next one sends the message again under the same
Message-ID. So every message leaves at least once, and nothing that was marked leaves twice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from cadre_app.core.days import start_of
from cadre_app.policy import snapshot
from cadre_app.reminders import channels
from cadre_app.reminders.models import Message, Mode, Notice, Occurrence
from cadre_app.reminders.policies import BACKLOG_DAYS, MONTHLY_CAP
from cadre_app.reminders.services.hours import Hours
from cadre_app.reminders.services.preferences import address_of

logger = structlog.get_logger("qinglan.reminders")

AT_A_TIME = 200
MOST_TRIES = 8
SENDER_LOCK = 706_502
IN_A_ROW = 3
BROKEN_OFF = "broken_off"
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
A_DAY = timedelta(days=1)

CLAIM_SQL = """
UPDATE reminders_message SET lease_until = %(until)s
WHERE id IN (
    SELECT id FROM reminders_message
    WHERE state = 'waiting' AND send_at <= %(now)s AND (lease_until IS NULL OR lease_until < %(now)s)
        AND NOT channel = ANY(%(away)s)
    ORDER BY send_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
RETURNING send_at, id
"""


@dataclass
class Sent:
    """What one round did: sent, failed (to be tried again), parked, and left unsent because nothing was to be said."""

    sent: int = 0
    failed: int = 0
    parked: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.failed + self.parked + self.dropped


def send_messages() -> Sent:
    """Send what is due now, until nothing is left; outside quiet hours, one sender at a time. Call without transaction."""
    done = Sent()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SENDER_LOCK])
        if not cursor.fetchone()[0]:
            return done
    try:
        with snapshot.held():
            if Hours.now().is_quiet(timezone.now()):
                return done
            away: set[str] = set()
            while claimed := claim(timezone.now(), away):
                _send_all(claimed, done, away)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SENDER_LOCK])
    return done


def claim(now: datetime, away: Collection[str] = ()) -> list[UUID]:
    """Lease the next 200 messages that are due, in their order, none of the channels that are `away`; what another sender
    holds is left to it.
    """
    until = now + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM_SQL, {"until": until, "now": now, "most": AT_A_TIME, "away": list(away)})
        return [pk for _send_at, pk in sorted(cursor.fetchall())]


def _send_all(claimed: list[UUID], done: Sent, away: set[str]) -> None:
    """A channel that fails three times in a row is `away` for this round: its messages are given back, others go on."""
    failures: dict[str, int] = {}
    for pk in claimed:
        message = Message.objects.filter(pk=pk).first()
        if message is None:
            continue
        if message.channel in away:
            Message.objects.waiting().filter(pk=pk).update(lease_until=None)
            continue
        went_well = _send_one(message, done)
        failures[message.channel] = 0 if went_well else failures.get(message.channel, 0) + 1
        if failures[message.channel] >= IN_A_ROW:
            away.add(message.channel)


def _send_one(message: Message, done: Sent) -> bool:
    """True unless the channel failed; what is wrong with this one message alone says nothing about the next."""
    if message.tries >= MOST_TRIES:
        # Whoever sent it died of it each time: nobody was left to say that it failed.
        _failed(message, BROKEN_OFF, done)
        return True
    try:
        return _tried(message, done)
    except channels.ChannelError as error:
        _failed(message, str(error.kind), done)
        return error.permanent
    except (OperationalError, InterfaceError):
        raise  # the database is away, and with it the place to say so
    except Exception as error:
        # One message that cannot be made must not keep the others from leaving.
        logger.exception("message_failed", message=str(message.pk))
        _failed(message, type(error).__name__, done)
        return True


def _tried(message: Message, done: Sent) -> bool:
    _begin(message)
    why_not, outgoing = _prepared(message)
    if outgoing is None:
        _settle(message, why_not)
        done.dropped += 1
        return True
    channels.send(outgoing)
    _settle(message, Message.State.SENT)
    done.sent += 1
    return True


def _begin(message: Message) -> None:
    """Count the try before it is made, and let others go first, should this sender not live to see its end."""
    message.tries += 1
    Message.objects.filter(pk=message.pk).update(tries=message.tries, send_at=timezone.now())


def _prepared(message: Message) -> tuple[str, channels.Outgoing | None]:
    """What is to be sent, or the state of a message that is no longer to be sent."""
    recipient = message.recipient
    count = _open_items(message)
    if not count:
        return Message.State.SETTLED, None
    mode, address = address_of(recipient, message.channel)
    if mode == Mode.OFF or not address:
        return Message.State.UNWANTED, None
    if _sent_this_month(message) >= MONTHLY_CAP.now():
        return Message.State.CAPPED, None
    link = channels.public_url(reverse("reminders:due_list"))
    subject, body = channels.texts_for(count, recipient.language, link)
    return "", channels.Outgoing(message.pk, message.channel, address, subject, body, link)


def _open_items(message: Message) -> int:
    """How many of the things it was made for are still due, and still the recipient's to see."""
    seen = Occurrence.objects.visible_to(message.recipient).open()
    items = seen.filter(pk__in=Notice.objects.filter(message=message).values("occurrence")).order_by().count()
    return items + _open_backlog(message)


def _open_backlog(message: Message) -> int:
    """Of a backlog no more than is still to be done of what is that old."""
    told = Notice.objects.filter(message=message, occurrence=None).aggregate(many=Sum("count"))["many"] or 0
    if not told:
        return 0
    old = timezone.localdate() - timedelta(days=BACKLOG_DAYS.now())
    left = Occurrence.objects.to_act(message.recipient).open().filter(day__lt=old)
    return min(told, left.order_by()[:told].count())


def _sent_this_month(message: Message) -> int:
    first = start_of(timezone.localdate().replace(day=1))
    sent = Message.objects.filter(recipient=message.recipient_id, state=Message.State.SENT, sent_at__gte=first)
    return sent.count()


def _settle(message: Message, state: str) -> None:
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            state=state,
            lease_until=None,
            error="",
            sent_at=timezone.now() if state == Message.State.SENT else None,
        )


def _failed(message: Message, kind: str, done: Sent) -> None:
    """Back-off doubles from a minute to two hours; a server that is away costs no try for a day: afterwards it may be the
    address that is wrong, and somebody has to look at it.
    """
    is_away = kind == channels.Failure.UNREACHABLE and message.created_at > timezone.now() - A_DAY
    tries = message.tries - 1 if is_away else message.tries
    is_over = tries >= MOST_TRIES
    pause = min(FIRST_PAUSE * 2 ** max(tries - 1, 0), LONGEST_PAUSE)
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            state=Message.State.PARKED if is_over else Message.State.WAITING,
            tries=tries,
            send_at=timezone.now() + pause,
            lease_until=None,
            error=kind[:200],
        )
    if is_over:
        done.parked += 1
    else:
        done.failed += 1
