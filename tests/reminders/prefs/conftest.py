from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.reminding import DueWords, ReminderRule, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Trainee
from cadre_app.reminders.models import Occurrence
from tests.factories import GrantFactory, UnitFactory, UserFactory


def _words(row: Trainee, day: Any, user: User) -> DueWords:
    return DueWords("帮带见面", "结对协议", "/", "办理", subject=str(row))


def plain_rule(**fields: Any) -> ReminderRule:
    """A rule about growth files that finds nothing by itself."""
    given: dict[str, Any] = {
        "label": "帮带见面",
        "source": "结对协议",
        "rows": Trainee.objects.all,
        "dues": lambda until: Trainee.objects.none(),
        "visible": lambda rows, user: rows,
        "words": _words,
        "order": 10,
    }
    return ReminderRule(**given | fields)


@pytest.fixture
def rules() -> Iterator[dict[str, ReminderRule]]:
    """Two rules that stand only in this test."""
    made = {
        "test.meeting": plain_rule(),
        "test.talk": plain_rule(label="谈心谈话", leads=(30,), overdue=(), attention=None, order=20, is_on=False),
    }
    before = dict(reminder_rules._items)
    reminder_rules._items.clear()
    for key, rule in made.items():
        reminder_rules.register(key, rule)
    yield made
    reminder_rules._items.clear()
    reminder_rules._items.update(before)


@pytest.fixture
def district(db: None) -> Unit:
    return UnitFactory.create(name="望屿区", kind=UnitKind.DISTRICT)


@pytest.fixture
def town(district: Unit) -> Unit:
    return UnitFactory.create(name="梧岭镇", kind=UnitKind.TOWN, parent=district)


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


@pytest.fixture
def mentor(town: Unit) -> User:
    user: User = UserFactory.create(unit=town, kind=AccountKind.MENTOR, language="zh-hans")
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def due(rule: str, source: Any, days: int = 0, **fields: Any) -> Occurrence:
    """One item due `days` from today."""
    day = timezone.localdate() + timedelta(days=days)
    return Occurrence.objects.create(rule=rule, source=source, due_on=day, **fields)
