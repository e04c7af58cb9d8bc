"""The two commands of whoever runs the servers: the first staff of an installation, and a way back in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().split()[-1]


def test_the_first_staff_work_on_the_topmost_unit_and_must_choose_a_password() -> None:
    top = UnitFactory.create(name="望屿区")
    UnitFactory.create(name="梧岭镇", parent=top)
    password = run("create_account", "first.staff", "--name", "程昱晗", "--role", "staff")
    user = User.objects.get(username="first.staff")
    assert (user.check_password(password), user.must_change_password, user.kind) == (True, True, "office")
    assert user.holds(top, Role.STAFF)


def test_a_second_security_administrator_can_be_appointed() -> None:
    UnitFactory.create(name="望屿区")
    run("create_account", "sec.second", "--name", "何守谦", "--role", "security")
    user = User.objects.get(username="sec.second")
    assert (user.kind, user.has_role(Role.SECURITY)) == ("administrator", True)


@pytest.mark.parametrize(
    "arguments",
    [("taken", "--name", "甲"), ("Bad Name", "--name", "甲"), ("new.one", "--name", "甲", "--unit", "没有这个单位")],
)
def test_what_cannot_be_is_said_and_nothing_is_created(arguments: tuple[str, ...]) -> None:
    UserFactory.create(username="taken")
    with pytest.raises(CommandError):
        run("create_account", *arguments)
    assert User.objects.count() == 1


def test_a_lost_password_is_replaced_with_a_reason_in_history() -> None:
    user = UserFactory.create(username="only.secadmin")
    password = run("issue_slip", "only.secadmin", "--reason", "遗忘密码")
    user.refresh_from_db()
    assert (user.check_password(password), user.must_change_password) == (True, True)
    assert Entry.objects.get(verb="accounts.user.password_reset").reason == "遗忘密码"


def test_a_name_that_does_not_exist_is_said() -> None:
    with pytest.raises(CommandError):
        run("issue_slip", "nobody", "--reason", "遗忘密码")
