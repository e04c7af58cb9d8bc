"""Somebody in a village since September 2025, with an account, the liaison of the town and a leader."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.assignments.models import Leave
from cadre_app.assignments.services import leaves
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, VillageTerm
from cadre_app.people.services import terms
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]


@dataclass
class Village:
    district: District
    trainee: Trainee
    own: User
    liaison: User
    leader: User
    term: VillageTerm

    @property
    def staff(self) -> User:
        return User.objects.get(pk=self.district.staff.pk)

    def asks(self, first: date, last: date, *, by: User | None = None, **values: Any) -> Leave:
        known: dict[str, Any] = {"kind": "annual", "started_on": first, "due_on": last, "reason": "探亲"}
        actor = User.objects.get(pk=(by or self.own).pk)
        return leaves.ask_for_leave(self.trainee, **known | values, actor=actor)


@pytest.fixture
def village(place: District) -> Village:
    own = UserFactory.create(unit=place.town, kind=AccountKind.TRAINEE)
    person = PersonFactory.create(name="林知远", account=own)
    trainee = TraineeFactory.create(person=person, home_unit=place.town)
    term = terms.start_term(trainee, village=place.village, started_on=date(2025, 9, 1), actor=place.staff)
    liaison = place.somebody(Role.LIAISON, place.town)
    return Village(place, trainee, own, liaison, place.somebody(Role.LEADER, place.top), term)
