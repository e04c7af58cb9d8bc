from typing import Any

import pytest
from django.test import Client

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from tests.factories import GrantFactory, UserFactory


def _with(role: Role, kind: str = AccountKind.OFFICE) -> User:
    user = UserFactory.create(kind=kind)
    unit = user.unit if kind == AccountKind.OFFICE else None
    GrantFactory.create(user=user, role=role, unit=unit)
    return user


@pytest.fixture
def staff(db: None) -> User:
    return _with(Role.STAFF)


@pytest.fixture
def leader(db: None) -> User:
    return _with(Role.LEADER)


@pytest.fixture
def sysadmin(db: None) -> User:
    return _with(Role.SYSTEM, AccountKind.ADMINISTRATOR)


@pytest.fixture
def sign_in() -> Any:
    def as_(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_
