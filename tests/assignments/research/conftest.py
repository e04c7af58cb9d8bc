"""A district with three people in development, the first with an account, and an open call."""

from dataclasses import dataclass
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.assignments.models import ResearchCall, ResearchProject
from cadre_app.people.models import Person, Trainee
from tests.assignments.factories import make_call
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, place, sign_in

__all__ = ["_on_the_day", "place", "sign_in"]


@dataclass
class Field:
    district: District
    call: ResearchCall
    files: list[Trainee]
    own: User

    @property
    def staff(self) -> User:
        return User.objects.get(pk=self.district.staff.pk)

    def anew(self, project: ResearchProject) -> ResearchProject:
        return ResearchProject.objects.get(pk=project.pk)


def reviewer(name: str = "评审", **fields: Any) -> Person:
    return PersonFactory.create(name=name, account=UserFactory.create(), **fields)


@pytest.fixture
def field(place: District) -> Field:
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
    people = [PersonFactory.create(name="林知远", account=own)]
    people += [PersonFactory.create(name=name) for name in ("陈予安", "郑一川")]
    files = [TraineeFactory.create(person=person, home_unit=place.town) for person in people]
    return Field(place, make_call(), files, own)
