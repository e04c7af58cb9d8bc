import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from tests.factories import GrantFactory, UnitFactory, UserFactory


@pytest.fixture
def district(db: None):
    return UnitFactory.create(name="望屿区")


@pytest.fixture
def author(district) -> User:
    """A mentor: no role, as most people who write."""
    return UserFactory.create(unit=UnitFactory.create(parent=district), kind=AccountKind.MENTOR)


@pytest.fixture
def staff(district) -> User:
    user = UserFactory.create(unit=district)
    GrantFactory.create(user=user, role=Role.STAFF, unit=district)
    return user


@pytest.fixture
def other_staff(db: None) -> User:
    user = UserFactory.create()
    GrantFactory.create(user=user, role=Role.STAFF, unit=user.unit)
    return user


@pytest.fixture
def sign_in(client):
    def as_(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_
