"""A district with a trainee whose probation ends, and what the sweep makes of it."""

from datetime import date

import pytest
import time_machine

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.reminders.models import Channel, Notice, Occurrence
from cadre_app.reminders.services.sweeping import Swept, sweep
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

PROBATION = "people.probation"


@pytest.fixture(autouse=True)
def _one_rule_at_a_time(hours_not_asked: None) -> None:
    """What is told here is told of probation."""


@pytest.fixture
def leader(place: District) -> User:
    return place.somebody(Role.LEADER, place.top)


def on_probation(place: District, ends_on: date, *, name: str = "林知远", unit=None) -> Trainee:
    """Somebody in the town whose probation ends on that day, arrival checklist not asked any more."""
    return TraineeFactory.create(
        person=PersonFactory.create(name=name),
        home_unit=unit or place.town,
        arrived_on=date(2024, 8, 1),
        probation_ends_on=ends_on,
    )


def swept_on(day: str, *, at: str = "12:00") -> Swept:
    """Sweep on a local day."""
    with time_machine.travel(f"{day}T{at}:00+08:00", tick=False):
        return sweep()


def told(user: User, *, channel: str = Channel.INBOX, rule: str = PROBATION) -> list[tuple[str, int]]:
    """Kind and step of what `user` was told by that rule, in order."""
    rows = Notice.objects.filter(recipient=user, channel=channel, occurrence__rule=rule)
    return list(rows.order_by("step", "kind").values_list("kind", "step"))


def open_items(rule: str = PROBATION) -> list[tuple[object, date]]:
    rows = Occurrence.objects.open().filter(rule=rule)
    return list(rows.order_by("day", "source").values_list("source", "day"))
