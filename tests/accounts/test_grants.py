"""Roles on units: the rules of ACCESS.md, whoever asks."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cadre_app.accounts import services
from cadre_app.accounts.models import Grant, User
from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from tests.accounts.conftest import People, person, signed_in, today


def grant(people: People, user: User, role: str, **fields: object) -> Grant:
    values = {"valid_from": today(), "actor": people.security, **fields}
    return services.grant_role(user, role=role, **values)  # type: ignore[arg-type]


def fields_of(error: "pytest.ExceptionInfo[ValidationError]") -> list[str]:
    return sorted(error.value.error_dict)


def test_a_granted_role_holds_from_today_on_the_unit_and_below(people: People) -> None:
    grant(people, people.mentor, Role.LIAISON, unit=people.town)
    mentor = User.objects.get(pk=people.mentor.pk)
    assert mentor.holds(people.town, Role.LIAISON)
    assert not mentor.holds(people.district, Role.LIAISON)
    assert list(Entry.objects.order_by("at").values_list("verb", flat=True)) == [
        "accounts.grant.created",
        "accounts.user.roles_changed",
    ]


@pytest.mark.parametrize(("role", "unit"), [(Role.LIAISON, None), (Role.AUDIT, "district")])
def test_business_roles_need_a_unit_and_administrator_roles_none(people: People, role: str, unit: str | None) -> None:
    user = people.mentor if unit is None else person("auditadmin", people.district, "administrator")
    with pytest.raises(ValidationError) as error:
        grant(people, user, role, unit=getattr(people, unit) if unit else None)
    assert fields_of(error) == ["unit"]


def test_no_account_holds_two_administrator_roles(people: People) -> None:
    with pytest.raises(ValidationError) as error:
        grant(people, people.second_security, Role.AUDIT)
    assert fields_of(error) == ["role"]


@pytest.mark.parametrize(("username", "role"), [("secadmin2", Role.STAFF), ("mentor", Role.SYSTEM)])
def test_administrator_roles_and_administrator_accounts_belong_together(people, username, role) -> None:
    unit = people.district if role == Role.STAFF else None
    with pytest.raises(ValidationError) as error:
        grant(people, User.objects.get(username=username), role, unit=unit)
    assert fields_of(error) == ["role"]


def test_the_same_role_on_the_same_unit_does_not_overlap(people: People) -> None:
    with pytest.raises(ValidationError) as error:
        grant(people, people.staff, Role.STAFF, unit=people.district)
    assert fields_of(error) == ["role"]


def test_the_same_administrator_role_is_not_granted_twice(people: People) -> None:
    with pytest.raises(ValidationError) as error:
        grant(people, people.second_security, Role.SECURITY)
    assert fields_of(error) == ["role"]


def test_a_role_cannot_end_before_it_starts(people: People) -> None:
    with pytest.raises(ValidationError) as error:
        grant(people, people.mentor, Role.LIAISON, unit=people.town, valid_until=today() - timedelta(days=1))
    assert fields_of(error) == ["valid_until"]


def test_an_ended_role_holds_on_its_last_day_and_not_after(people: People) -> None:
    found = people.staff.grants.get()
    services.end_grant(found, valid_until=today(), reason="调离", actor=people.security)
    assert User.objects.get(pk=people.staff.pk).has_role(Role.STAFF)
    services.end_grant(found, valid_until=today() - timedelta(days=1), reason="调离", actor=people.security)
    assert not User.objects.get(pk=people.staff.pk).has_role(Role.STAFF)


def test_a_voided_role_is_gone_at_the_next_request_and_kept_in_the_table(people: People) -> None:
    client = signed_in(people.staff)
    services.void_grant(people.staff.grants.get(), reason="误授", actor=people.security)
    assert client.get("/accounts/requests/").status_code == 302
    assert signed_in(people.staff).get("/accounts/requests/").status_code == 403
    assert people.staff.grants.get().is_voided


def test_a_stale_page_is_told(people: People) -> None:
    found = people.staff.grants.get()
    services.end_grant(found, valid_until=today(), reason="调离", version=1, actor=people.security)
    with pytest.raises(Stale):
        services.end_grant(found, valid_until=today(), reason="调离", version=1, actor=people.security)


def test_nobody_changes_own_roles(people: People) -> None:
    own = people.security.grants.get()
    with pytest.raises(ValidationError):
        services.end_grant(own, valid_until=today(), reason="", actor=people.security)
    with pytest.raises(ValidationError):
        services.void_grant(own, reason="误授", actor=people.security)
    with pytest.raises(ValidationError):
        grant(people, people.security, Role.AUDIT)
    assert not people.security.grants.get().is_voided


def test_the_last_active_security_administrator_stays(people: People) -> None:
    actor = people.second_security
    User.objects.filter(pk=actor.pk).update(is_active=False)
    for change in (
        lambda: services.void_grant(people.security.grants.get(), reason="误授", actor=actor),
        lambda: services.end_grant(people.security.grants.get(), valid_until=today(), actor=actor),
        lambda: services.disable_account(people.security, reason="离职", actor=actor),
    ):
        with pytest.raises(ValidationError):
            change()
    assert User.objects.get(pk=people.security.pk).has_role(Role.SECURITY)


def test_the_page_shows_the_message_beside_the_field(people: People) -> None:
    client = signed_in(people.security)
    url = f"/accounts/{people.second_security.pk}/roles/new/"
    response = client.post(url, {"role": "audit", "valid_from": str(today()), "reason": "兼任", "version": 1})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["role"]


def test_a_grant_of_another_account_is_not_found_under_this_one(people: People) -> None:
    client = signed_in(people.security)
    foreign = people.other_staff.grants.get()
    url = f"/accounts/{people.staff.pk}/roles/{foreign.pk}/void/"
    assert client.post(url, {"reason": "误授", "version": 1}).status_code == 404
    assert not people.other_staff.grants.get().is_voided


def test_the_form_offers_only_the_roles_that_suit_the_account(people: People) -> None:
    client = signed_in(people.security)
    office = client.get(f"/accounts/{people.staff.pk}/roles/new/").context["form"]
    administrator = client.get(f"/accounts/{people.second_security.pk}/roles/new/").context["form"]
    assert [value for value, _label in office.fields["role"].choices] == ["staff", "leader", "liaison"]
    assert [value for value, _label in administrator.fields["role"].choices] == ["security", "audit", "system"]
    assert ("unit" in office.fields, "unit" in administrator.fields) == (True, False)


def test_a_security_administrator_whose_role_runs_out_is_not_the_one_that_stays(people: People) -> None:
    own = Grant.objects.get(user=people.second_security)
    services.end_grant(own, valid_until=today(), reason="轮岗", actor=people.security)
    with pytest.raises(ValidationError):
        services.disable_account(people.security, reason="误停", actor=people.second_security)
    assert User.objects.get(pk=people.security.pk).is_active
