"""Messages leave at their hour, each once, and what cannot leave is tried again, given up after eight tries."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from cadre_app.people.services import posts
from cadre_app.policy import services as policy
from cadre_app.reminders import channels
from cadre_app.reminders.failures import ChannelError, Failure
from cadre_app.reminders.models import Channel, Message, Mode, Notice, Preference
from cadre_app.reminders.policies import MONTHLY_CAP
from cadre_app.reminders.services import sending
from cadre_app.reminders.services.sending import send_messages
from tests.people.conftest import TODAY
from tests.reminders.conftest import on_probation, swept_on

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def wants(place):
    def choose(mode=Mode.AT_ONCE, channel=Channel.EMAIL, address="chen@example.cn"):
        return Preference.objects.create(user=place.staff, channel=channel, mode=mode, address=address)

    return choose


@pytest.fixture
def broken(monkeypatch):
    """Every message fails with this error, until the list is emptied."""
    errors = []

    def send(outgoing):
        if errors:
            raise errors[0]
        mail.outbox.append(outgoing)

    monkeypatch.setattr(channels, "send", send)
    return errors


def due(place, *names):
    for name in names or ("林知远",):
        on_probation(place, TODAY, name=name)


def sent_at(day: str, at: str):
    with time_machine.travel(f"{day}T{at}:00+08:00", tick=False):
        return send_messages()


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def test_what_is_told_during_a_day_leaves_as_one_message_the_next_workday_morning(place, wants):
    type(place.staff).objects.update(language="zh-hans")
    wants(Mode.DAILY)
    due(place, "林知远", "周可")
    swept_on("2026-11-23")
    assert (sent_at("2026-11-23", "12:05").total, sent_at("2026-11-24", "08:59").total) == (0, 0)
    assert (sent_at("2026-11-24", "09:00").sent, sent_at("2026-11-24", "09:01").total) == (1, 0)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["chen@example.cn"], "青蓝：您有2件事项到期或将到期")
    assert "林知远" not in str(letter.message())


def test_a_message_at_once_waits_for_the_end_of_quiet_hours(place, wants):
    wants()
    due(place)
    swept_on("2026-11-23", at="18:30")
    assert sent_at("2026-11-23", "18:31").total == 0
    assert sent_at("2026-11-24", "08:00").sent == 1


def test_over_a_weekend_nothing_leaves(place, wants):
    wants()
    on_probation(place, TODAY)
    swept_on("2026-11-28")
    assert sent_at("2026-11-28", "12:00").total == 0
    assert sent_at("2026-11-30", "08:00").sent == 1


def test_what_is_settled_meanwhile_is_not_written_about(place, wants):
    wants(Mode.DAILY)
    file = on_probation(place, TODAY)
    swept_on("2026-11-23")
    posts.add_post_record(file, started_on=TODAY, rank="11", actor=place.staff)
    swept_on("2026-11-23", at="13:00")
    assert (sent_at("2026-11-24", "09:00").dropped, states(), mail.outbox) == (1, [State.SETTLED], [])


@pytest.mark.parametrize("ended", ["off", "disabled"])
def test_who_does_not_want_it_any_more_gets_nothing(place, wants, ended):
    chosen = wants(Mode.DAILY)
    due(place)
    swept_on("2026-11-23")
    if ended == "off":
        Preference.objects.filter(pk=chosen.pk).update(mode=Mode.OFF)
    else:
        type(place.staff).objects.update(is_active=False)
    assert (sent_at("2026-11-24", "09:00").dropped, states()) == (1, [State.UNWANTED])


def test_beyond_the_monthly_limit_the_inbox_alone_tells(place, wants):
    wants()
    policy.add_value(MONTHLY_CAP, value=1, valid_from=TODAY, source="减负规定", reason="限额", actor=place.staff)
    due(place, "林知远", "周可")
    swept_on("2026-11-23")
    sent_at("2026-11-23", "12:01")
    assert (states(), Notice.objects.filter(channel=Channel.INBOX).count()) == ([State.CAPPED, State.SENT], 2)


def test_a_message_that_fails_is_tried_eight_times_with_growing_pauses_and_then_given_up(place, wants, broken):
    wants()
    due(place)
    swept_on("2026-11-23", at="09:00")
    broken.append(ChannelError(Failure.REFUSED))
    moment, pauses = datetime(2026, 11, 23, 2, 0, tzinfo=UTC), []
    for _number in range(8):
        with time_machine.travel(moment, tick=False):
            send_messages()
        message = Message.objects.get()
        pauses.append(message.send_at - moment)
        moment = message.send_at
    minutes = [pause // timedelta(minutes=1) for pause in pauses]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 120]
    assert (message.state, message.tries, message.error) == (State.PARKED, 8, "refused")


def test_a_server_that_is_away_costs_no_try(place, wants, broken):
    wants()
    due(place)
    swept_on("2026-11-23", at="09:00")
    broken.append(ChannelError(Failure.UNREACHABLE))
    sent_at("2026-11-23", "09:00")
    message = Message.objects.get()
    assert (message.state, message.tries, message.lease_until) == (State.WAITING, 0, None)
    broken.clear()
    assert sent_at("2026-11-23", "09:02").sent == 1


def test_a_poisoned_message_keeps_no_other_from_leaving(place, wants, monkeypatch):
    wants()
    due(place, *(f"同志{number}" for number in range(5)))
    swept_on("2026-11-23")
    poisoned = Message.objects.order_by("send_at", "id").first()
    left = []

    def send(outgoing):
        if outgoing.id == poisoned.pk:
            raise RuntimeError("cannot be made")
        left.append(outgoing.id)

    monkeypatch.setattr(channels, "send", send)
    done = sent_at("2026-11-23", "12:01")
    assert (done.sent, done.failed, len(left)) == (4, 1, 4)
    assert Message.objects.get(pk=poisoned.pk).error == "RuntimeError"


def test_after_three_failures_in_a_row_the_rest_waits_for_the_next_round(place, wants, broken):
    wants()
    due(place, *(f"同志{number}" for number in range(5)))
    swept_on("2026-11-23")
    broken.append(ChannelError(Failure.TIMEOUT))
    assert sent_at("2026-11-23", "12:01").failed == 3
    waiting = Message.objects.waiting()
    assert (waiting.filter(tries=0).count(), waiting.filter(lease_until__isnull=False).count()) == (2, 0)


def test_a_mail_server_that_hangs_does_not_hold_up_the_other_channels(place, broken, monkeypatch):
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    kinds = [Channel.EMAIL] * 300 + [Channel.DINGTALK] * 3
    Message.objects.bulk_create(
        Message(recipient=place.staff, channel=kind, key=str(no), created_at=now, send_at=now + timedelta(seconds=no))
        for no, kind in enumerate(kinds)
    )
    tried = []

    def one(message, done):
        tried.append(message.channel)
        Message.objects.filter(pk=message.pk).update(send_at=now + timedelta(hours=1), lease_until=None)
        return message.channel != Channel.EMAIL

    monkeypatch.setattr(sending, "_send_one", one)
    sent_at("2026-11-23", "12:10")
    assert tried == [Channel.EMAIL] * 3 + [Channel.DINGTALK] * 3
    assert Message.objects.filter(lease_until__isnull=False).count() == 0


def test_what_nobody_can_reach_for_days_is_given_up_in_the_end(place, wants, broken):
    wants()
    due(place)
    swept_on("2026-11-23", at="09:00")
    broken.append(ChannelError(Failure.UNREACHABLE))
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        for hour in range(9, 20):
            sent_at(day, f"{hour:02d}:01")
            sent_at(day, f"{hour:02d}:31")
    message = Message.objects.get()
    assert (message.state, message.tries) == (State.PARKED, 8)


def test_what_another_sender_holds_is_left_to_it_until_its_lease_runs_out(place, wants, settings):
    settings.NOTICE_LEASE_SECONDS = 600
    wants()
    due(place)
    swept_on("2026-11-23")
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    [held] = sending.claim(now)
    assert sending.claim(now + timedelta(seconds=599)) == []
    assert sending.claim(now + timedelta(seconds=601)) == [held]


def test_two_hundred_are_claimed_in_one_statement(place, django_assert_num_queries):
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    Message.objects.bulk_create(
        Message(recipient=place.staff, channel=Channel.EMAIL, key=str(number), created_at=now, send_at=now)
        for number in range(201)
    )
    with django_assert_num_queries(2):
        assert (len(sending.claim(now)), len(sending.claim(now))) == (200, 1)


def test_an_address_in_the_record_is_enough(place):
    from tests.factories import PersonFactory

    PersonFactory.create(account=place.staff, email="chen@example.cn")
    due(place)
    swept_on("2026-11-23")
    assert (sent_at("2026-11-24", "09:00").sent, mail.outbox[0].to) == (1, ["chen@example.cn"])


def test_without_celery_one_command_does_it_all(place, wants, capsys):
    wants()
    due(place)
    call_command("run_reminders")
    assert "Reminders: 2 handled, failed: -; messages: 1 sent, 0 to be tried again" in capsys.readouterr().out
