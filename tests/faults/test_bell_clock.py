"""The bell after days of standstill, and with a clock that goes back: in one database, under a clock of our own."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.core import mail

from cadre_app.people.models import Trainee
from cadre_app.reminders.models import Channel, Message, Mode, Notice, Occurrence, RuleSetting
from cadre_app.reminders.services.sending import send_messages
from cadre_app.runtime.services import sweep_once
from tests.faults.bell import RULE, expected
from tests.faults.district import file_number, fill

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]

TOWNS, FILES = 5, 100
STAFF, ITEMS = 2 * TOWNS, TOWNS * FILES
DAYS = {f"2026-11-{day}" for day in range(20, 31)}
EVERY = sorted(file_number(town, which) for town in range(TOWNS) for which in range(FILES))

Fill = Callable[..., None]


@pytest.fixture
def filled() -> Iterator[Fill]:
    """A district whose accounts want their reminders so, `leads` days before the day."""

    def make(mode: str, *, leads: tuple[int, ...] = (0,)) -> None:
        with time_machine.travel("2026-11-02T08:00:00+08:00", tick=False):
            fill(towns=TOWNS, files=FILES, mode=mode)
        RuleSetting.objects.create(
            rule=RULE, unit=None, leads=list(leads), overdue=[], attention=None, source="演练", reason="断点演练"
        )

    yield make
    mail.outbox.clear()


def at(moment: str, *, times: int = 2) -> None:
    """What beat rings in that minute, more than once; all of it succeeds."""
    with time_machine.travel(f"{moment}:00+08:00", tick=False):
        for _time in range(times):
            assert sweep_once().failed == []
            send_messages()


def ends_on(day: str, files: list[str]) -> None:
    Trainee.objects.filter(file_number__in=files).update(probation_ends_on=day)


def told() -> list[tuple[str, str, str, int]]:
    """(file, account, kind, step) of every notice in an inbox, in order."""
    files = dict(Trainee.objects.values_list("pk", "file_number"))
    rows = Notice.objects.filter(channel=Channel.INBOX, occurrence__rule=RULE)
    named = rows.values_list("occurrence__source", "recipient__username", "kind", "step")
    return sorted((files[source], *rest) for source, *rest in named)


def letters() -> Counter[str]:
    """How often each Message-ID arrived."""
    return Counter(str(letter.message()["Message-ID"]) for letter in mail.outbox)


def messages() -> Counter[tuple[str, str, int]]:
    """How many messages there are by day ("" for single ones), state, and number of notices."""
    counted = Counter(Notice.objects.exclude(message=None).values_list("message_id", flat=True))
    return Counter((row.key if row.key in DAYS else "", row.state, counted[row.pk]) for row in Message.objects.all())


def test_after_three_days_of_standstill_the_last_step_is_told_once_in_one_message(filled, capsys) -> None:
    filled(Mode.DAILY, leads=(3, 2, 1, 0))
    ends_on("2026-11-27", EVERY)
    at("2026-11-23T18:00")
    assert (Occurrence.objects.filter(rule=RULE).count(), told(), mail.outbox) == (ITEMS, [], [])

    at("2026-11-27T08:30", times=3)
    assert told() == expected(EVERY)
    assert mail.outbox == []
    at("2026-11-27T09:00", times=3)
    at("2026-11-28T09:00", times=3)

    assert told() == expected(EVERY)
    assert messages() == {("2026-11-27", "sent", FILES): STAFF}
    assert (len(letters()), letters().total()) == (STAFF, STAFF)
    with capsys.disabled():
        print(f"\nthree days of standstill: notices {len(told())}, messages {STAFF}, repeats 0")


def test_a_clock_an_hour_back_over_midnight_tells_and_mails_nothing_twice(filled, capsys) -> None:
    filled(Mode.AT_ONCE)
    first, second = EVERY[: ITEMS // 2], EVERY[ITEMS // 2 :]
    ends_on("2026-11-24", first)
    at("2026-11-23T23:30")
    at("2026-11-24T00:15")
    assert told() == expected(first)
    ends_on("2026-11-24", second)
    for moment in ("2026-11-23T23:15", "2026-11-23T23:45", "2026-11-24T00:00", "2026-11-24T00:30", "2026-11-24T01:30"):
        at(moment)

    assert told() == expected(EVERY)
    assert messages() == {("", "sent", 1): 2 * ITEMS}
    assert (len(letters()), letters().total()) == (2 * ITEMS, 2 * ITEMS)
    with capsys.disabled():
        print(f"\nan hour back over midnight: notices {len(told())}, messages {2 * ITEMS}, repeats 0")


def test_a_clock_an_hour_back_over_the_hour_of_the_gathered_message_loses_nothing(filled, capsys) -> None:
    filled(Mode.DAILY)
    first, second = EVERY[: ITEMS // 2], EVERY[ITEMS // 2 :]
    ends_on("2026-11-24", first)
    at("2026-11-24T08:45")
    at("2026-11-24T09:15")
    ends_on("2026-11-24", second)
    for moment in ("2026-11-24T08:15", "2026-11-24T09:00", "2026-11-24T10:15", "2026-11-25T09:00"):
        at(moment)

    assert told() == expected(EVERY)
    assert messages() == {("2026-11-24", "sent", FILES // 2): STAFF, ("2026-11-25", "sent", FILES // 2): STAFF}
    assert (len(letters()), letters().total()) == (2 * STAFF, 2 * STAFF)
    with capsys.disabled():
        print(f"\nan hour back over nine o'clock: notices {len(told())}, messages {2 * STAFF}, repeats 0")


def test_a_backlog_is_one_summary_also_when_the_clock_goes_back(filled) -> None:
    filled(Mode.AT_ONCE)
    ends_on("2026-09-01", EVERY)
    for moment in ("2026-11-23T23:30", "2026-11-24T00:15", "2026-11-23T23:15", "2026-11-24T00:30"):
        at(moment)

    summaries = Notice.objects.filter(channel=Channel.INBOX).values_list("kind", "made_on", "count")
    assert Counter(summaries) == {("backlog", date(2026, 11, 23), FILES): STAFF}
    assert letters().total() == STAFF
