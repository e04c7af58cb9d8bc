"""People of a small tree: a district with a town, and another district next to it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from cadre_app.accounts import services
from cadre_app.accounts.models import AccountKind, AccountRequest, User
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from tests.factories import GrantFactory, UnitFactory

PASSWORD = "correct horse battery"


@cache
def password_hash() -> str:
    """One hash for everybody: it is slow by design."""
    return make_password(PASSWORD)


def person(username: str, unit: Unit, kind: str = AccountKind.OFFICE) -> User:
    return User.objects.create(
        username=username, display_name=f"{username}同志", unit=unit, kind=kind, password=password_hash()
    )


@dataclass
class People:
    district: Unit
    town: Unit
    elsewhere: Unit
    staff: User
    other_staff: User
    security: User
    second_security: User
    mentor: User


@pytest.fixture
def people(db: None) -> People:
    district = UnitFactory.create(name="望屿区")
    town = UnitFactory.create(name="梧岭镇", parent=district)
    elsewhere = UnitFactory.create(name="邻区")
    administrator = AccountKind.ADMINISTRATOR
    found = People(
        district,
        town,
        elsewhere,
        staff=person("staff", district),
        other_staff=person("other.staff", elsewhere),
        security=person("secadmin", district, administrator),
        second_security=person("secadmin2", district, administrator),
        mentor=person("mentor", town, AccountKind.MENTOR),
    )
    GrantFactory.create(user=found.staff, role=Role.STAFF, unit=district)
    GrantFactory.create(user=found.other_staff, role=Role.STAFF, unit=elsewhere)
    GrantFactory.create(user=found.security, role=Role.SECURITY)
    GrantFactory.create(user=found.second_security, role=Role.SECURITY)
    return found


def signed_in(user: User, **options: object) -> Client:
    """A client that signed in with name and password, as a browser does."""
    client = Client(**options)  # type: ignore[arg-type]
    client.post("/accounts/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def ask(people: People, username: str = "new.person", **fields: object) -> AccountRequest:
    """A request of the district's staff."""
    values = {
        "display_name": "林致远",
        "username": username,
        "unit": people.town,
        "post": "村党组织书记助理",
        "kind": AccountKind.TRAINEE,
        "reason": "新录用报到",
        "actor": people.staff,
    }
    return services.request_account(**{**values, **fields})  # type: ignore[arg-type]


def today() -> date:
    return timezone.localdate()
