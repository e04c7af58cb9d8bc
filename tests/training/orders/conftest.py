"""A round that takes orders, a course, somebody who orders, and staff."""

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Trainee
from cadre_app.training.models import Course, OrderRound
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory
from tests.training.factories import make_course
from tests.training.orders.factories import make_round


@pytest.fixture
def town() -> Unit:
    return UnitFactory.create(name="梧岭镇", kind=UnitKind.TOWN)


@pytest.fixture
def staff(town: Unit) -> User:
    user = UserFactory.create(unit=town)
    GrantFactory.create(user=user, role=Role.STAFF, unit=town)
    return user


@pytest.fixture
def person(town: Unit) -> User:
    return UserFactory.create(kind=AccountKind.TRAINEE, unit=town)


@pytest.fixture
def trainee(town: Unit, person: User) -> Trainee:
    return TraineeFactory.create(home_unit=town, person=PersonFactory.create(name="程砚书", account=person))


@pytest.fixture
def taken() -> OrderRound:
    return make_round()


@pytest.fixture
def course() -> Course:
    return make_course()
