"""The district of the pairings, with offices that change hands."""

from datetime import date, timedelta

import pytest

from cadre_app.mentorship.handing_over import waiting
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.policies import MAX_LOAD
from cadre_app.mentorship.services import pairings
from cadre_app.mentorship.services.waiting import RELATED, HandOver, hand_overs_for
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import offices
from cadre_app.policy import services as policy
from tests.factories import PersonFactory
from tests.mentorship.pairings.conftest import (
    STARTED,
    Secretary,
    _on_the_day,
    account_of,
    client_of,
    elder,
    head,
    in_office,
    newcomer,
    pairing,
    place,
    sign_in,
    trainee,
)
from tests.people.conftest import TODAY, District

__all__ = [
    "STARTED",
    "TODAY",
    "_on_the_day",
    "account_of",
    "client_of",
    "elder",
    "head",
    "in_office",
    "newcomer",
    "pairing",
    "place",
    "sign_in",
    "trainee",
]

CHANGED = date(2026, 11, 2)
YESTERDAY = TODAY - timedelta(days=1)


def succeed(secretary: Secretary, name: str = "简明远", *, since: date = CHANGED) -> Person:
    """Somebody else takes the office over."""
    person = PersonFactory.create(name=name)
    offices.appoint(secretary.office, person=person, since=since, ends_predecessor=True, actor=None)
    return person


def wait() -> list[HandOver]:
    """Everything that waits, as lists show it."""
    return hand_overs_for(list(waiting().select_related(*RELATED).order_by("due_day", "trainee__file_number")))


def keys() -> list[str]:
    return [each.key for each in wait()]


def paired(place: District, file: Trainee, secretary: Secretary, kind: str = MentorKind.POLITICAL) -> Pairing:
    return pairings.create_pairing(
        file, kind=kind, mentor=secretary.person, office=secretary.office, started_on=STARTED, actor=place.staff
    )


def limited(place: District, most: int) -> None:
    """That many mentees of one mentor at most, from now on."""
    policy.add_value(MAX_LOAD, value=most, valid_from=STARTED, source="试", reason="试", actor=place.staff)


@pytest.fixture
def successor(pairing: Pairing, head: Secretary) -> Person:
    """简明远, Party secretary of the town since 2 November 2026: the pairing waits."""
    return succeed(head)
