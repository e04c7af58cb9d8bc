"""What is told late for the day's gathered message goes into the next one: nothing is added to what has left."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection, transaction

from cadre_app.reminders.models import Channel, Message, Mode, Notice, Preference
from cadre_app.reminders.services.sending import claim, send_messages
from tests.people.conftest import TODAY
from tests.reminders.conftest import on_probation, swept_on

pytestmark = pytest.mark.django_db
State = Message.State
FIRST, SECOND = "2026-11-24", "2026-11-25"


@pytest.fixture
def gathered(place):
    """The message of the 24th, 9:00, with one item."""
    Preference.objects.create(user=place.staff, channel=Channel.EMAIL, mode=Mode.DAILY, address="chen@example.cn")
    on_probation(place, TODAY)
    swept_on("2026-11-23")
    return Message.objects.get()


def sent_at(day: str, at: str) -> int:
    with time_machine.travel(f"{day}T{at}:00+08:00", tick=False):
        return send_messages().sent


def late(place) -> None:
    """One more item, told at half past eight on the 24th."""
    on_probation(place, date(2026, 11, 24), name="周可")
    swept_on(FIRST, at="08:30")


def packed() -> list[tuple[str, int]]:
    """Key of each message and how many items it is made for."""
    rows = Notice.objects.exclude(channel=Channel.INBOX).values_list("message__key", flat=True)
    keys = [key for key in rows if key]
    return sorted((key, keys.count(key)) for key in set(keys))


def test_before_it_leaves_it_takes_what_is_told(place, gathered):
    late(place)
    assert packed() == [(FIRST, 2)]


def test_after_it_has_left_nothing_is_added_also_when_the_clock_goes_back(place, gathered):
    assert sent_at(FIRST, "09:00") == 1
    late(place)
    assert packed() == [(FIRST, 1), (SECOND, 1)]
    assert (sent_at(FIRST, "09:00"), sent_at(SECOND, "09:00")) == (0, 1)


def test_while_somebody_sends_it_nothing_is_added(place, gathered):
    Message.objects.update(lease_until="2026-11-24T01:10:00Z")
    late(place)
    assert packed() == [(FIRST, 1), (SECOND, 1)]


def test_after_a_try_nothing_is_added(place, gathered):
    Message.objects.update(tries=1)
    late(place)
    assert packed() == [(FIRST, 1), (SECOND, 1)]


def test_nobody_is_left_without_a_message(place, gathered):
    sent_at(FIRST, "09:00")
    late(place)
    assert Notice.objects.filter(message=None).exclude(channel=Channel.INBOX).count() == 0


@pytest.mark.django_db(transaction=True)
def test_nobody_begins_to_send_it_while_a_sweep_adds_to_it(place, gathered):
    nine = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    def claimed_beside():
        try:
            return claim(nine)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as beside:
        late(place)
        assert beside.submit(claimed_beside).result(20) == []
    assert (claim(nine), packed()) == ([gathered.pk], [(FIRST, 2)])
