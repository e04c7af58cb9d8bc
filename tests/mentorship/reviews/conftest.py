"""A pairing whose first half-year ends today, with both people and a leader who can sign in."""

from datetime import timedelta

import pytest

from cadre_app.accounts.models import User
from cadre_app.core.days import add_months
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind, Pairing, PairingReview
from cadre_app.mentorship.services import pairings, review_decisions, review_parts
from cadre_app.people.models import Person
from tests.factories import GrantFactory, UserFactory
from tests.mentorship.pairings.conftest import (
    _on_the_day,
    account_of,
    client_of,
    head,
    in_office,
    newcomer,
    place,
    sign_in,
)
from tests.people.conftest import TODAY, District

__all__ = ["_on_the_day", "client_of", "head", "in_office", "place", "sign_in"]

BEGAN = add_months(TODAY + timedelta(days=1), -6)


def paired(place: District, secretary, name: str = "林知远", months: int = 24) -> Pairing:
    """A political pairing that began half a year ago; its first review is due today."""
    trainee = newcomer(place, name, arrived=BEGAN - timedelta(days=5), village=False)
    return pairings.create_pairing(
        trainee, kind=MentorKind.POLITICAL, mentor=secretary.person, office=secretary.office, started_on=BEGAN,
        months=months, actor=place.staff,
    )  # fmt: skip


@pytest.fixture
def pairing(place, head) -> Pairing:
    return paired(place, head)


@pytest.fixture
def review(pairing) -> PairingReview:
    """The open one."""
    return PairingReview.objects.open().select_related("pairing__trainee__person").get(pairing=pairing)


@pytest.fixture
def leader(place) -> User:
    user = UserFactory.create(display_name="部长")
    GrantFactory.create(user=user, role=Role.LEADER, unit=place.town)
    return user


@pytest.fixture
def mentor(head) -> User:
    return account_of(head.person)


@pytest.fixture
def mentee(pairing) -> User:
    user = UserFactory.create()
    Person.objects.filter(pk=pairing.trainee.person_id).update(account=user)
    return user


def written(review: PairingReview, staff: User) -> PairingReview:
    """Both parts, entered from paper."""
    review_parts.write_mentor_part(review, text="角色转变较快", actor=staff)
    return review_parts.write_trainee_part(review, text="学会了先听后说", actor=staff)


def concluded(review: PairingReview, staff: User) -> PairingReview:
    return review_decisions.conclude_review(written(review, staff), conclusion="帮带正常", actor=staff)


def signed(review: PairingReview, staff: User, leader: User) -> PairingReview:
    return review_decisions.sign_off_review(concluded(review, staff), actor=leader)
