"""What happens at the same moment: attempts on one name, administrators who disable each other."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from cadre_app.accounts import services
from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from tests.accounts.conftest import People, today

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Outcomes of `works`, begun together; a ValidationError is an outcome."""
    barrier, outcomes = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            outcomes.append(work())
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_attempts_at_the_same_moment_do_not_slip_past_the_lock(people: People) -> None:
    def attempt() -> int:
        return Client().post("/accounts/sign-in/", {"username": "staff", "password": "wrong"}).status_code

    assert sorted(at_once(*[attempt] * 8)) == [200] * 4 + [429] * 4


def test_two_administrators_who_disable_each_other_leave_one(people: People) -> None:
    first, second = people.security, people.second_security

    def disable(account: User, actor: User) -> str:
        services.disable_account(account, reason="离职", actor=actor)
        return "disabled"

    outcomes = at_once(lambda: disable(first, second), lambda: disable(second, first))
    assert sorted(outcomes) == ["disabled", "refused"]
    assert [user.has_role(Role.SECURITY) for user in User.objects.filter(kind="administrator", is_active=True)] == [
        True
    ]


def test_the_same_role_granted_twice_at_once_is_one_grant(people: People) -> None:
    def grant() -> str:
        services.grant_role(
            people.mentor, role=Role.LIAISON, unit=people.town, valid_from=today(), actor=people.security
        )
        return "granted"

    assert sorted(at_once(grant, grant)) == ["granted", "refused"]
    assert people.mentor.grants.count() == 1
