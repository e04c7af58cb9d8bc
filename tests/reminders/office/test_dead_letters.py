from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.core.operations import operations_parts
from cadre_app.history.models import Entry
from cadre_app.reminders import letters
from cadre_app.reminders.models import Channel, Message
from cadre_app.reminders.services import dead_letters as services
from tests.factories import UserFactory

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LIST, ALL = reverse("reminders:dead_letter_list"), reverse("reminders:retry_all")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def make(number: int = 0, *, state: str = Message.State.PARKED, tries: int = 8, **values) -> Message:
    values = {"error": "421 try later", "sent_at": None} | values
    return Message.objects.create(
        recipient=UserFactory.create(),
        channel=Channel.EMAIL,
        key=f"k{number}",
        created_at=NOON - timedelta(hours=number + 1),
        send_at=NOON - timedelta(hours=1),
        state=state,
        tries=tries,
        **values,
    )


def retry_url(message: Message) -> str:
    return reverse("reminders:message_retry", kwargs={"pk": message.pk})


def state_of(message: Message) -> tuple[str, int, datetime]:
    return Message.objects.values_list("state", "tries", "send_at").get(pk=message.pk)


def test_a_message_given_up_is_tried_anew_at_once_and_on_record(sysadmin):
    message = make()

    services.retry_message(message.pk, actor=sysadmin)

    [entry] = Entry.objects.filter(verb="reminders.message.retried")
    assert state_of(message) == ("waiting", 0, NOON)
    assert (entry.actor, entry.after) == (sysadmin, {"message": str(message.pk), "tries": 8})


def test_trying_twice_is_told_and_changes_nothing(sysadmin):
    message = make()
    services.retry_message(message.pk, actor=sysadmin)
    Message.objects.filter(pk=message.pk).update(tries=3)

    with pytest.raises(ValidationError) as refused:
        services.retry_message(message.pk, actor=sysadmin)

    assert (refused.value.code, state_of(message)) == ("not_parked", ("waiting", 3, NOON))


@pytest.mark.parametrize("state", [state for state in Message.State.values if state != "parked"])
def test_what_is_not_given_up_is_refused_in_words_of_its_own(sysadmin, sign_in, state):
    message = make(state=state)
    client = sign_in(sysadmin)

    [text] = client.post(retry_url(message), {"submission": str(uuid4())}).context["form"].non_field_errors()

    assert text == services.NOT_PARKED[state]
    assert client.get(retry_url(message)).context["not_parked"] == services.NOT_PARKED[state]
    assert state_of(message)[:2] == (state, 8)


def test_all_are_tried_anew_and_the_others_left_alone(sysadmin):
    parked, sent = [make(number) for number in range(3)], make(7, state="sent", tries=1, sent_at=NOON)

    count = services.retry_all(actor=sysadmin)

    assert (count, [state_of(message)[:2] for message in parked]) == (3, [("waiting", 0)] * 3)
    assert state_of(sent)[:2] == ("sent", 1)
    assert Entry.objects.get(verb="reminders.message.all_retried").after == {"count": 3}


def test_where_none_is_given_up_nothing_is_recorded(sysadmin):
    with pytest.raises(ValidationError) as refused:
        services.retry_all(actor=sysadmin)
    assert (refused.value.code, Entry.objects.filter(verb="reminders.message.all_retried").count()) == (
        "none_parked",
        0,
    )


def test_a_double_tap_is_told_as_one(sysadmin, sign_in):
    message = make()
    client = sign_in(sysadmin)
    token = client.get(retry_url(message)).context["form"]["submission"].value()

    answers = [client.post(retry_url(message), {"submission": token}).status_code for _ in range(2)]

    assert (answers, Entry.objects.filter(verb="reminders.message.retried").count()) == ([302, 302], 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(sysadmin, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        make(number)
    client = sign_in(sysadmin)
    client.get(LIST)
    with django_assert_num_queries(9):
        assert len(client.get(LIST).context["table"].rows) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_part_of_the_operations_page_costs_four_queries(sysadmin, rows, django_assert_num_queries):
    for number in range(rows):
        make(number)
    assert sysadmin.standing_grants
    with django_assert_num_queries(4):
        report = operations_parts["reminders.dead_letters"].report(sysadmin)
    assert (len(report.lines), report.total) == (rows, rows)


def test_the_part_counts_what_waits_was_sent_today_and_was_repeated(sysadmin):
    make(1, state="waiting", tries=0)
    make(2, state="sent", tries=1, sent_at=NOON)
    make(3, state="sent", tries=3, sent_at=NOON - timedelta(hours=2))
    make(4, state="sent", tries=5, sent_at=NOON - timedelta(hours=13))

    assert [number for _name, number in letters.counts()] == ["1", "2", "2"]


def test_only_the_system_administrator_is_offered_to_try_again(sysadmin, leader, sign_in):
    make()
    found = {}
    for user in (sysadmin, leader):
        page = sign_in(user).get(LIST)
        report = operations_parts["reminders.dead_letters"].report(user)
        found[user] = (
            page.context["may_retry"],
            [column.key for column in page.context["table"].columns][-1],
            [len(line.actions) for line in report.lines],
        )
    assert found == {sysadmin: (True, "act", [1]), leader: (False, "created_at", [0])}


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        ("550 <a.b@example.test> unknown", "550 <…> unknown"),
        ("'林知行 lin@望屿.cn': no mailbox", "'林知行 …': no mailbox"),
        ("timed out after 30 s", "timed out after 30 s"),
        ("robot 13812345678 refused", "robot … refused"),
        ("", ""),
    ],
)
def test_an_error_is_shown_without_whom_it_was_for(error, shown):
    assert letters.error_of(Message(error=error)) == shown


def test_an_empty_list_says_when_something_would_stand_here(sysadmin, sign_in):
    page = sign_in(sysadmin).get(LIST)
    assert (page.context["table"].rows, page.context["may_retry"]) == ([], True)
    assert ALL not in page.content.decode()
