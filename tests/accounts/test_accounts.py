"""The security administrator's pages and what stands behind them."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from cadre_app.accounts import services
from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from tests.accounts.conftest import PASSWORD, People, person, signed_in

LIST = "/accounts/"


def url(account: User, page: str = "") -> str:
    return f"/accounts/{account.pk}/{page}"


def names(response) -> list[str]:
    return [row.object.username for row in response.context["table"].rows]


def without_tokens(response) -> bytes:
    """The body without what differs from request to request: the CSRF token and the address itself."""
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}", b"", response.content)


def fail(username: str, times: int = 5) -> None:
    for _ in range(times):
        Client().post("/accounts/sign-in/", {"username": username, "password": "wrong"})


def test_the_list_shows_every_account_in_the_order_of_names(people: People) -> None:
    assert names(signed_in(people.security).get(LIST)) == ["mentor", "other.staff", "secadmin", "secadmin2", "staff"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=OTHER", ["other.staff"]),
        ("q=mentor同", ["mentor"]),
        ("kind=mentor", ["mentor"]),
        ("role=staff", ["other.staff", "staff"]),
        ("state=disabled", []),
        ("state=locked", ["mentor"]),
        ("unit={elsewhere}", ["other.staff"]),
        ("unit={town}", ["mentor"]),
        ("sort=-username", ["staff", "secadmin2", "secadmin", "other.staff", "mentor"]),
        ("sort=password", ["mentor", "other.staff", "secadmin", "secadmin2", "staff"]),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_the_address(people: People, query: str, expected: list[str]) -> None:
    fail("mentor")
    query = query.format(elsewhere=people.elsewhere.pk, town=people.town.pk)
    assert names(signed_in(people.security).get(f"{LIST}?{query}")) == expected


def test_the_list_costs_the_same_queries_for_any_number_of_rows(people: People, django_assert_num_queries) -> None:
    client = signed_in(people.security)
    client.get(LIST)
    with django_assert_num_queries(10):
        assert len(names(client.get(f"{LIST}?kind=mentor"))) == 1
    for number in range(2):
        person(f"mentor{number}", people.town, "mentor")
    with django_assert_num_queries(10):
        assert len(names(client.get(f"{LIST}?kind=mentor"))) == 3


def test_disabling_is_recorded_and_can_be_undone(people: People) -> None:
    client = signed_in(people.security)
    client.post(url(people.mentor, "disable/"), {"reason": "退休", "version": 1})
    assert not User.objects.get(pk=people.mentor.pk).is_active
    entry = Entry.objects.get(verb="accounts.user.disabled")
    assert (entry.actor, entry.reason) == (people.security, "退休")
    client.post(url(people.mentor, "enable/"), {"reason": "返聘", "version": 2})
    assert User.objects.get(pk=people.mentor.pk).is_active


def test_nobody_disables_or_resets_oneself(people: People) -> None:
    client = signed_in(people.security)
    for page in ("disable/", "reset-password/", "roles/new/", "unlock/", "end-sessions/", "enable/"):
        assert client.post(url(people.security, page), {"reason": "误", "version": 1}).status_code == 403
    with pytest.raises(ValidationError):
        services.disable_account(people.security, reason="误", actor=people.security)


def test_unlocking_opens_the_sign_in_again(people: People) -> None:
    fail("mentor")
    signed_in(people.security).post(url(people.mentor, "unlock/"), {"reason": "已核实本人", "version": 1})
    assert signed_in(people.mentor).get("/accounts/me/").status_code == 200


def test_a_slip_is_shown_once_and_stored_nowhere(people: People) -> None:
    client = signed_in(people.security)
    data = {"reason": "遗失", "version": 1, "submission": str(uuid.uuid4())}
    first = client.post(url(people.mentor, "reset-password/"), data)
    password = first.context["password"]
    assert re.fullmatch(r"[a-hjkmnp-z2-9]{12}", password)
    assert password in first.content.decode()
    assert "no-store" in first.headers["Cache-Control"]
    again = client.post(url(people.mentor, "reset-password/"), data)
    assert again.context["password"] == ""
    assert User.objects.get(pk=people.mentor.pk).check_password(password)
    assert password not in str(list(Entry.objects.values_list("before", "after", "reason", "sealed")))


def test_a_temporary_password_opens_only_the_page_that_replaces_it(people: People) -> None:
    data = {"reason": "遗失", "version": 1}
    slip = signed_in(people.security).post(url(people.mentor, "reset-password/"), data)
    client = Client()
    client.post("/accounts/sign-in/", {"username": "mentor", "password": slip.context["password"]})
    assert client.get("/accounts/requests/").headers["Location"] == "/accounts/me/password/"


def test_name_and_unit_are_changed_with_their_version_and_the_post_is_left_alone(people: People) -> None:
    client = signed_in(people.security)
    data = {"display_name": "金志强", "unit": str(people.district.pk), "post": "党总支书记", "reason": "", "version": 1}
    assert client.post(url(people.mentor, "edit/"), data).status_code == 302
    mentor = User.objects.get(pk=people.mentor.pk)
    assert (mentor.display_name, mentor.unit, mentor.post) == ("金志强", people.district, people.mentor.post)
    assert client.post(url(people.mentor, "edit/"), data).status_code == 409


def test_ids_in_the_body_do_not_redirect_the_change(people: People) -> None:
    data = {
        "display_name": "改名",
        "unit": str(people.town.pk),
        "version": 1,
        "pk": str(people.staff.pk),
        "id": str(people.staff.pk),
        "username": "root",
        "is_active": "",
        "kind": "administrator",
    }
    signed_in(people.security).post(url(people.mentor, "edit/"), data)
    staff, mentor = User.objects.get(pk=people.staff.pk), User.objects.get(pk=people.mentor.pk)
    assert staff.display_name == "staff同志"
    assert (mentor.username, mentor.kind, mentor.is_active) == ("mentor", "mentor", True)


@pytest.mark.parametrize("name", ["张\x00三", "张\u202e三", "三" * 41, "", "\t"])
def test_hostile_names_are_refused_beside_the_field(people: People, name: str) -> None:
    data = {"display_name": name, "unit": str(people.town.pk), "version": 1}
    response = signed_in(people.security).post(url(people.mentor, "edit/"), data)
    assert list(response.context["form"].errors) == ["display_name"]


def test_rare_characters_and_dots_in_names_are_kept(people: People) -> None:
    data = {"display_name": "𠮷㛃·买买提", "unit": str(people.town.pk), "version": 1}
    signed_in(people.security).post(url(people.mentor, "edit/"), data)
    assert User.objects.get(pk=people.mentor.pk).display_name == "𠮷㛃·买买提"


@pytest.mark.parametrize("query", ["q=%00", "unit=nonsense", "page=%00", "state=x", "kind=%F0%A0%AE%B7", "q=%E2%80%AE"])
def test_nonsense_in_the_address_is_answered(people: People, query: str) -> None:
    assert signed_in(people.security).get(f"{LIST}?{query}").status_code == 200


def test_a_foreign_and_a_missing_account_look_the_same(people: People) -> None:
    client = signed_in(people.staff)
    foreign, missing = client.get(url(people.mentor)), client.get(f"/accounts/{uuid.uuid4()}/")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert without_tokens(foreign) == without_tokens(missing)


def test_the_first_administrators_are_created_once_with_a_root_unit(db: None) -> None:
    created = services.create_first_administrators(PASSWORD)
    services.create_first_administrators(PASSWORD)
    assert [name for name, _role in created] == ["secadmin", "auditadmin", "sysadmin"]
    assert Unit.objects.get().name == "望屿区"
    assert [
        user.has_role(role)
        for user, role in zip(User.objects.order_by("username"), (Role.AUDIT, Role.SECURITY, Role.SYSTEM), strict=True)
    ] == [True, True, True]


def test_old_sessions_and_drafts_are_swept(people: People) -> None:
    from django.contrib.sessions.models import Session

    from cadre_app.core.registries import sweeps

    signed_in(people.staff)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    assert sweeps["runtime.sessions"]() == 1
    assert sweeps["accounts.drafts"]() == 0


def test_a_sign_in_name_that_is_taken_is_said_in_our_own_words(people: People) -> None:
    account = User(username="staff", display_name="另一人", unit=people.district)
    with pytest.raises(ValidationError) as caught:
        account.full_clean()
    assert caught.value.message_dict["username"] == [
        gettext("This sign-in name is already taken. Please choose another one.")
    ]
