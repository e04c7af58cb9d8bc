"""One's own account: password, sessions, language, text size."""

import pytest
from django.test import Client

from cadre_app.accounts.models import User
from cadre_app.history.models import Entry
from tests.accounts.conftest import PASSWORD, People, signed_in

ME = "/accounts/me/"
URL = "/accounts/me/password/"
NEW = "an entirely new sentence"


def change(client: Client, current: str = PASSWORD, new: str = NEW, repeated: str | None = None):
    data = {"current_password": current, "new_password": new, "repeated_password": repeated or new}
    return client.post(URL, data)


def test_a_new_password_keeps_this_session_and_ends_the_others(people: People) -> None:
    here, there = signed_in(people.staff), signed_in(people.staff)
    assert change(here).headers["Location"] == ME
    assert here.get(ME).status_code == 200
    assert there.get(ME).status_code == 302
    assert signed_in(people.staff).get(ME).status_code == 302
    assert User.objects.get(pk=people.staff.pk).check_password(NEW)


def test_history_knows_that_but_not_what(people: People) -> None:
    change(signed_in(people.staff))
    entry = Entry.objects.get(verb="accounts.user.password_changed")
    assert sorted(entry.after) == ["password_set_at", "session_epoch"]


@pytest.mark.parametrize(
    ("current", "new", "repeated", "field"),
    [
        ("wrong", NEW, NEW, "current_password"),
        (PASSWORD, PASSWORD, PASSWORD, "new_password"),
        (PASSWORD, "short", "short", "new_password"),
        (PASSWORD, "20261123456", "20261123456", "new_password"),
        (PASSWORD, "password123", "password123", "new_password"),
        (PASSWORD, "staff同志staff", "staff同志staff", "new_password"),
        (PASSWORD, NEW, "another sentence", "repeated_password"),
    ],
)
def test_a_refused_password_is_explained_beside_its_field(people: People, current, new, repeated, field) -> None:
    response = change(signed_in(people.staff), current, new, repeated)
    assert list(response.context["form"].errors) == [field]
    assert PASSWORD not in response.content.decode()
    assert User.objects.get(pk=people.staff.pk).check_password(PASSWORD)


def test_the_messages_of_the_validators_are_chinese(people: People) -> None:
    response = change(signed_in(people.staff), new="password123")
    assert list(response.context["form"].errors["new_password"]) == ["这个密码太常见了。"]


def test_five_wrong_current_passwords_end_the_session(people: People) -> None:
    client = signed_in(people.staff)
    statuses = [change(client, "wrong").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 302]
    assert client.get(ME).status_code == 302


def test_a_first_password_leads_on_to_the_desk(people: People) -> None:
    User.objects.filter(pk=people.staff.pk).update(must_change_password=True)
    client = signed_in(people.staff)
    assert change(client).headers["Location"] == "/"
    assert client.get(ME).status_code == 200


def test_all_other_sessions_can_be_ended(people: People) -> None:
    here, there = signed_in(people.staff), signed_in(people.staff)
    assert here.post("/accounts/me/end-sessions/").headers["Location"] == ME
    assert (here.get(ME).status_code, there.get(ME).status_code) == (200, 302)


def test_language_follows_the_account_then_the_cookie_then_the_office(people: People) -> None:
    client = Client(headers={"Accept-Language": "en"})
    assert client.get("/accounts/sign-in/").headers["Content-Language"] == "zh-hans"
    client.post("/accounts/language/", {"language": "en"})
    assert client.get("/accounts/sign-in/").headers["Content-Language"] == "en"
    client.post("/accounts/sign-in/", {"username": "staff", "password": PASSWORD})
    client.post("/accounts/language/", {"language": "zh-hans"})
    assert User.objects.get(pk=people.staff.pk).language == "zh-hans"
    assert signed_in(people.staff).get(ME).headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("language", ["", "xx", "../en", "EN\x00"])
def test_an_unknown_language_changes_nothing(people: People, language: str) -> None:
    client = signed_in(people.staff)
    assert client.post("/accounts/language/", {"language": language, "next": ME}).headers["Location"] == ME
    assert User.objects.get(pk=people.staff.pk).language == ""


def test_text_size_is_remembered_on_the_account(people: People) -> None:
    client = signed_in(people.staff)
    client.post("/accounts/text-size/", {"text_size": "xlarge"})
    assert User.objects.get(pk=people.staff.pk).text_size == "xlarge"
    client.post("/accounts/text-size/", {"text_size": "999"})
    assert User.objects.get(pk=people.staff.pk).text_size == "xlarge"


def test_the_page_shows_the_own_sign_ins_only(people: People) -> None:
    signed_in(people.other_staff)
    response = signed_in(people.staff).get(ME)
    assert [entry.object_id for entry in response.context["sign_ins"]] == [people.staff.pk]


def test_a_second_session_cannot_go_on_guessing(people: People) -> None:
    first, second = signed_in(people.staff), signed_in(people.staff)
    for _ in range(5):
        change(first, "wrong")
    assert second.get(ME).status_code == 302
    assert Entry.objects.filter(verb="accounts.user.password_refused", actor=people.staff).count() == 5


def test_after_signing_in_again_the_password_can_be_changed(people: People) -> None:
    client = signed_in(people.staff)
    for _ in range(5):
        change(client, "wrong")
    assert change(signed_in(people.staff)).status_code == 302
