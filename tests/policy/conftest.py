import pytest
from django.test import Client

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from tests.factories import GrantFactory, UnitFactory, UserFactory


@pytest.fixture
def district(db: None) -> Unit:
    return UnitFactory.create(name="望屿区", kind=UnitKind.DISTRICT)


@pytest.fixture
def sysadmin(district: Unit) -> User:
    user = UserFactory.create(unit=district, kind=AccountKind.ADMINISTRATOR, language="zh-hans")
    GrantFactory.create(user=user, role=Role.SYSTEM)
    return user


@pytest.fixture
def staff(district: Unit) -> User:
    user = UserFactory.create(unit=district, language="zh-hans")
    GrantFactory.create(user=user, role=Role.STAFF, unit=district)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def manager(sysadmin: User) -> Client:
    return signed_in(sysadmin)


@pytest.fixture
def staff_client(staff: User) -> Client:
    return signed_in(staff)
