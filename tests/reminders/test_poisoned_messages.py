"""What is wrong with one message keeps no other from leaving, whatever it does to its sender."""

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import OperationalError

from cadre_app.reminders import channels
from cadre_app.reminders.failures import ChannelError, Failure
from cadre_app.reminders.models import Channel, Message, Mode, Preference
from cadre_app.reminders.services import sending
from cadre_app.reminders.services.sending import send_messages
from tests.people.conftest import TODAY
from tests.reminders.conftest import on_probation, swept_on

pytestmark = pytest.mark.django_db
State = Message.State
NOON = datetime(2026, 11, 23, 4, 1, tzinfo=UTC)


@pytest.fixture
def left(monkeypatch):
    """Keys of the messages that left."""
    keys: list[uuid.UUID] = []
    monkeypatch.setattr(channels, "send", lambda outgoing: keys.append(outgoing.id))
    return keys


@pytest.fixture
def waiting(place):
    """Five messages, first to be sent first."""
    Preference.objects.create(user=place.staff, channel=Channel.EMAIL, mode=Mode.AT_ONCE, address="chen@example.cn")
    for number in range(5):
        on_probation(place, TODAY, name=f"同志{number}")
    swept_on("2026-11-23")
    return list(Message.objects.order_by("send_at", "id").values_list("pk", flat=True))


def sent():
    with time_machine.travel(NOON, tick=False):
        return send_messages()


@pytest.mark.parametrize(
    "problem",
    [ChannelError(Failure.REFUSED, permanent=True), RuntimeError("cannot be made")],
    ids=["refused for good", "cannot be made"],
)
def test_four_in_a_row_do_not_end_the_round(waiting, left, monkeypatch, problem):
    def send(outgoing):
        if outgoing.id != waiting[-1]:
            raise problem
        left.append(outgoing.id)

    monkeypatch.setattr(channels, "send", send)
    assert (sent().failed, left) == (4, [waiting[-1]])


def test_a_message_of_nobody_is_tried_again_like_others(waiting, left):
    Message.objects.filter(pk=waiting[0]).update(recipient_id=uuid.uuid4())
    assert (sent().failed, sorted(left)) == (1, sorted(waiting[1:]))
    assert Message.objects.get(pk=waiting[0]).error == "DoesNotExist"


def test_a_message_of_which_its_sender_died_lets_the_others_go_first(waiting, left, monkeypatch):
    def dies(outgoing):
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit), time_machine.travel(NOON, tick=False):
        patch.setattr(channels, "send", dies)
        send_messages()
    [deadly] = Message.objects.filter(tries=1)
    Message.objects.update(lease_until=None)
    assert Message.objects.order_by("send_at", "id").last() == deadly
    assert (sent().sent, left[-1]) == (5, deadly.pk)


def test_a_message_of_which_eight_senders_died_is_given_up(waiting, left):
    Message.objects.filter(pk=waiting[0]).update(tries=sending.MOST_TRIES)
    assert (sent().parked, sorted(left)) == (1, sorted(waiting[1:]))
    given_up = Message.objects.get(pk=waiting[0])
    assert (given_up.state, given_up.tries, given_up.error) == (State.PARKED, 8, "broken_off")


def test_a_database_that_is_away_is_no_failure_of_a_message(waiting, left, monkeypatch):
    def away(message):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(sending, "_prepared", away)
    with pytest.raises(OperationalError):
        sent()
    assert set(Message.objects.values_list("state", "error")) == {(State.WAITING, "")}
