"""Requests for accounts: asked in one's own scope, answered once."""

import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cadre_app.accounts import services
from cadre_app.accounts.models import AccountRequest, User
from cadre_app.accounts.panels import answered_requests, locked_accounts, waiting_requests
from cadre_app.core.models import Stale
from cadre_app.core.registries import activations
from cadre_app.core.roles import Role
from tests.accounts.conftest import People, ask, signed_in, today

LIST = "/accounts/requests/"
NEW = "/accounts/requests/new/"


def url(request: AccountRequest, page: str = "") -> str:
    return f"{LIST}{request.pk}/{page}"


def posted(people: People, **fields: str) -> dict[str, str]:
    values = {
        "display_name": "林致远",
        "username": "lin.zhiyuan",
        "unit": str(people.town.pk),
        "kind": "trainee",
        "reason": "新录用报到",
        "submission": str(uuid.uuid4()),
    }
    return {**values, **fields}


def test_staff_ask_and_the_request_waits(people: People) -> None:
    assert signed_in(people.staff).post(NEW, posted(people)).headers["Location"] == LIST
    found = AccountRequest.objects.get()
    assert (found.status, found.requested_by, found.username) == ("waiting", people.staff, "lin.zhiyuan")


def test_a_double_tap_creates_one_request(people: People) -> None:
    client, data = signed_in(people.staff), posted(people)
    assert [client.post(NEW, data).status_code for _ in range(2)] == [302, 302]
    assert AccountRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"username": "staff"}, "username"),
        ({"username": "ab"}, "username"),
        ({"username": "林"}, "username"),
        ({"unit": "{elsewhere}"}, "unit"),
        ({"unit": str(uuid.uuid4())}, "unit"),
        ({"unit": "nonsense"}, "unit"),
        ({"kind": "administrator"}, "kind"),
        ({"role": "security"}, "role"),
        ({"role": "liaison"}, "role_unit"),
        ({"role": "liaison", "role_unit": "{elsewhere}"}, "role_unit"),
        ({"display_name": "林\u202e致远"}, "display_name"),
        ({"reason": "字" * 301}, "reason"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_created(people: People, fields: dict[str, str], wrong: str) -> None:
    fields = {key: value.format(elsewhere=people.elsewhere.pk) for key, value in fields.items()}
    response = signed_in(people.staff).post(NEW, posted(people, **fields))
    assert list(response.context["form"].errors) == [wrong]
    assert AccountRequest.objects.count() == 0


def test_the_service_refuses_what_the_form_would_not_offer(people: People) -> None:
    with pytest.raises(ValidationError) as error:
        ask(people, unit=people.elsewhere, kind="administrator", role=Role.SECURITY, role_unit=people.elsewhere)
    assert sorted(error.value.error_dict) == ["kind", "role", "role_unit", "unit"]


def test_the_same_name_is_not_asked_for_twice(people: People) -> None:
    ask(people)
    with pytest.raises(ValidationError) as error:
        ask(people)
    assert list(error.value.error_dict) == ["username"]


def test_full_width_names_become_narrow(people: People) -> None:
    signed_in(people.staff).post(NEW, posted(people, username="ＬＩＮ．ｚｙ２"))
    assert AccountRequest.objects.get().username == "lin.zy2"


def test_staff_see_their_scope_and_the_security_administrator_all(people: People) -> None:
    ask(people)
    counts = {
        who: signed_in(getattr(people, who)).get(LIST).context["table"].total
        for who in ("staff", "other_staff", "security")
    }
    assert counts == {"staff": 1, "other_staff": 0, "security": 1}
    assert signed_in(people.other_staff).get(url(AccountRequest.objects.get())).status_code == 404


def test_the_security_administrator_reads_neither_post_nor_reason(people: People) -> None:
    found = ask(people, post="金丝雀职务", reason="金丝雀事由")
    client = signed_in(people.security)
    pages = [client.get(url(found, page)).content.decode() for page in ("", "activate/", "decline/")]
    pages.append(client.get(LIST).content.decode())
    assert [("金丝雀" in page) for page in pages] == [False, False, False, False]
    assert "金丝雀事由" in signed_in(people.staff).get(url(found)).content.decode()


def test_the_list_costs_the_same_queries_for_any_number_of_rows(people: People, django_assert_num_queries) -> None:
    client = signed_in(people.staff)
    client.get(LIST)
    ask(people)
    with django_assert_num_queries(7):
        assert len(client.get(LIST).context["table"].rows) == 1
    ask(people, "second.person")
    ask(people, "third.person")
    with django_assert_num_queries(7):
        assert len(client.get(LIST).context["table"].rows) == 3


def test_the_list_is_narrowed_by_status(people: People) -> None:
    services.withdraw_request(ask(people), actor=people.staff)
    ask(people, "second.person")
    rows = signed_in(people.staff).get(f"{LIST}?status=waiting").context["table"].rows
    assert [row.object.username for row in rows] == ["second.person"]


def test_activation_makes_account_role_and_slip_at_once(people: People) -> None:
    found = ask(people, role=Role.LIAISON, role_unit=people.town)
    data = {"username": "new.person", "valid_from": str(today()), "version": 1, "submission": str(uuid.uuid4())}
    client = signed_in(people.security)
    slip = client.post(url(found, "activate/"), data)
    user = User.objects.get(username="new.person")
    assert user.check_password(slip.context["password"])
    assert (user.must_change_password, user.has_role(Role.LIAISON), user.unit) == (True, True, people.town)
    found.refresh_from_db()
    assert (found.status, found.account) == ("activated", user)
    again = client.post(url(found, "activate/"), data)
    assert (again.status_code, again.context["password"]) == (200, "")


@pytest.fixture
def followed(people: People) -> Iterator[list[AccountRequest]]:
    """What another room was told of; it refuses an account named `unwanted`."""
    told: list[AccountRequest] = []

    def follow(request: AccountRequest) -> None:
        assert connection.in_atomic_block
        if request.username == "unwanted":
            raise ValidationError("no")
        told.append(request)

    activations.register("test.follow", follow)
    yield told
    activations._items.pop("test.follow")


def test_other_rooms_learn_of_an_activated_account(people: People, followed: list[AccountRequest]) -> None:
    found = ask(people)
    services.activate_request(found, username="new.person", password="x" * 12, actor=people.security)
    assert [(request.pk, request.account, request.status) for request in followed] == [
        (found.pk, User.objects.get(username="new.person"), "activated")
    ]


@pytest.mark.usefixtures("followed")
def test_what_another_room_refuses_is_not_activated(people: People) -> None:
    found = ask(people)
    with pytest.raises(ValidationError):
        services.activate_request(found, username="unwanted", password="x" * 12, actor=people.security)
    found.refresh_from_db()
    assert (found.status, found.account, User.objects.filter(username="unwanted").exists()) == ("waiting", None, False)


def test_a_name_taken_meanwhile_can_be_changed_at_activation(people: People) -> None:
    found = ask(people)
    people.mentor.username = "new.person"
    people.mentor.save()
    client = signed_in(people.security)
    data = {"username": "new.person", "valid_from": str(today()), "version": 1}
    assert list(client.post(url(found, "activate/"), data).context["form"].errors) == ["username"]
    client.post(url(found, "activate/"), {**data, "username": "new.person2"})
    assert User.objects.filter(username="new.person2").exists()


def test_a_declined_request_tells_the_reason(people: People) -> None:
    found = ask(people)
    signed_in(people.security).post(url(found, "decline/"), {"answer": "已有账号", "version": 1})
    found.refresh_from_db()
    assert (found.status, found.answer) == ("declined", "已有账号")
    assert "已有账号" in signed_in(people.staff).get(url(found)).content.decode()


def test_the_form_of_a_decline_does_not_show_the_departments_reason(people: People) -> None:
    found = ask(people)
    assert signed_in(people.security).get(url(found, "decline/")).context["form"]["answer"].value() == ""


def test_an_answered_request_is_not_answered_again(people: People) -> None:
    found = services.decline_request(ask(people), answer="已有账号", actor=people.security)
    with pytest.raises(ValidationError):
        services.activate_request(found, username="new.person", password="x" * 12, actor=people.security)
    with pytest.raises(ValidationError):
        services.withdraw_request(found, actor=people.staff)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_activating_at_once_make_one_account(people: People) -> None:
    found = ask(people)
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def activate(actor: User) -> None:
        try:
            barrier.wait(timeout=10)
            services.activate_request(found, username="new.person", password="x" * 12, version=1, actor=actor)
            outcomes.append("activated")
        except (Stale, ValidationError) as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=activate, args=[actor]) for actor in (people.security, people.second_security)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["Stale", "activated"]
    assert User.objects.filter(username="new.person").count() == 1


def test_desks_show_what_waits_and_what_was_answered(people: People, rf) -> None:
    first, second = ask(people), ask(people, "second.person")
    services.decline_request(second, answer="已有账号", actor=people.security)
    request = rf.get("/")
    request.user = people.security
    assert [item.url for item in waiting_requests(request)] == [url(first)]
    assert locked_accounts(request) == []
    request.user = people.staff
    assert [item.url for item in answered_requests(request)] == [url(second)]


def test_a_request_of_somebody_who_moved_away_is_not_activated(people: People) -> None:
    request = ask(people)
    people.staff.grants.update(valid_until=today() - timedelta(days=1))
    with pytest.raises(ValidationError):
        services.activate_request(request, username="lin.zhiyuan", password="x" * 12, actor=people.security)
    assert AccountRequest.objects.get().status == "waiting"
