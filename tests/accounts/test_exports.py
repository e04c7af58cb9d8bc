import pytest
from django.http import QueryDict

from cadre_app.accounts import exports
from cadre_app.accounts.models import AccountKind, AccountRequest
from cadre_app.core.roles import Role
from tests.factories import GrantFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def rows_of(table: object) -> list[list[object]]:
    return list(table.export_rows())[1:]


def test_the_accounts_are_exported_as_the_list_is_narrowed() -> None:
    administrator = GrantFactory.create(role=Role.SECURITY, user__username="sec.admin").user
    UserFactory.create(username="a.mentor", kind=AccountKind.MENTOR)
    rows = rows_of(exports.account_table(administrator, QueryDict("kind=mentor&columns=username")))
    assert rows == [["a.mentor"]]


def test_staff_export_the_requests_of_their_own_scope_only() -> None:
    here, elsewhere = UnitFactory.create(name="甲镇"), UnitFactory.create(name="乙镇")
    staff = GrantFactory.create(role=Role.STAFF, unit=here).user
    for unit in (here, elsewhere):
        AccountRequest.objects.create(
            display_name=unit.name, username=f"u{unit.serial}xx", unit=unit, kind=AccountKind.MENTOR, requested_by=staff
        )
    rows = rows_of(exports.request_table(staff, QueryDict("")))
    assert [row[0] for row in rows] == ["甲镇"]


def test_who_may_export_is_who_may_open_the_list() -> None:
    trainee = UserFactory.create(kind=AccountKind.TRAINEE)
    assert not exports.may_export_accounts(trainee)
    assert not exports.may_export_requests(trainee)
