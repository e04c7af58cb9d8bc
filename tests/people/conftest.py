from dataclasses import dataclass
from datetime import date

import pytest
import time_machine

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Trainee
from tests.factories import GrantFactory, TraineeFactory, UnitFactory, UserFactory

TODAY = date(2026, 11, 23)


@dataclass
class District:
    """A district with a town, its village, a second town, and staff of the whole."""

    top: Unit
    town: Unit
    village: Unit
    other_town: Unit
    staff: User

    def somebody(self, role: str, unit: Unit) -> User:
        """An account that holds `role` on `unit`."""
        user = UserFactory.create(unit=unit)
        GrantFactory.create(user=user, role=role, unit=unit)
        return user


@pytest.fixture
def _on_the_day():
    """23 November 2026, noon in Shanghai."""
    with time_machine.travel("2026-11-23T12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def place(db: None, _on_the_day: None) -> District:
    top = UnitFactory.create(name="望屿区", kind=UnitKind.DISTRICT)
    town = UnitFactory.create(name="梧岭镇", kind=UnitKind.TOWN, parent=top, order=1)
    village = UnitFactory.create(name="梧头村", kind=UnitKind.VILLAGE, parent=town)
    other = UnitFactory.create(name="潮音镇", kind=UnitKind.TOWN, parent=top, order=2)
    staff = UserFactory.create(unit=top)
    GrantFactory.create(user=staff, role=Role.STAFF, unit=top)
    return District(top, town, village, other, staff)


@pytest.fixture
def trainee(place: District) -> Trainee:
    """Arrived on 1 July 2024 in the town."""
    return TraineeFactory.create(home_unit=place.town)


@pytest.fixture
def sign_in(client):
    def as_(user: User):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


@pytest.fixture
def client_of(sign_in):
    """Signs somebody in who reads English."""

    def as_(user):
        type(user).objects.filter(pk=user.pk).update(language="en")
        return sign_in(user)

    return as_
