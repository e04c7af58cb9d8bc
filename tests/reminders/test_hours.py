"""When messages may leave: local hours of workdays, quiet ones left out."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cadre_app.reminders.services.hours import Hours

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def hours(quiet_from=18, quiet_until=8, digest_at=9, workdays_only=True) -> Hours:
    return Hours(quiet_from, quiet_until, digest_at, workdays_only)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-11-23T12:00", "2026-11-23T12:00"),
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T18:00", "2026-11-24T08:00"),
        ("2026-11-27T18:30", "2026-11-30T08:00"),
        ("2026-11-28T12:00", "2026-11-30T08:00"),
    ],
)
def test_the_next_hour_at_which_something_may_be_sent(asked, opens):
    assert hours().next_open(at(asked)) == at(opens)


@pytest.mark.parametrize(
    ("made", "day", "gathered"),
    [
        ("2026-11-23T08:30", date(2026, 11, 23), "2026-11-23T09:00"),
        ("2026-11-23T09:00", date(2026, 11, 24), "2026-11-24T09:00"),
        ("2026-11-27T12:00", date(2026, 11, 30), "2026-11-30T09:00"),
    ],
)
def test_a_gathered_message_belongs_to_a_workday(made, day, gathered):
    assert hours().slots(at(made)).gathered[0] == (day, at(gathered))


def test_the_gathered_message_after_it_belongs_to_the_next_workday():
    days = [day for day, _at in hours().slots(at("2026-11-27T08:30")).gathered]
    assert days == [date(2026, 11, 27), date(2026, 11, 30)]


def test_a_gathered_message_never_falls_into_quiet_hours():
    assert hours(digest_at=6).slots(at("2026-11-23T05:00")).gathered[0][1] == at("2026-11-23T08:00")


def test_the_same_hour_twice_is_never_quiet_and_every_day_may_count():
    always = hours(0, 0, 9, workdays_only=False)
    assert always.next_open(at("2026-11-28T03:00")) == at("2026-11-28T03:00")
