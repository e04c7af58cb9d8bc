"""What a hostile caller sends around the locked door: it meets a plain answer, and gains nothing."""

import pytest
from django.test import Client, override_settings

from cadre_app.accounts.models import Draft, User
from tests.accounts.conftest import PASSWORD, People, signed_in

SIGN_IN = "/accounts/sign-in/"
LOCKED = 429


@pytest.mark.parametrize("cookie", ["\0" * 32, "\0" * 8, "\x85" * 32, "a" * 5000, "' or 1=1 --"])
def test_a_session_cookie_that_cannot_be_ours_is_no_session(cookie: str, people: People) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["qinglan_session"] = cookie
    assert client.get(SIGN_IN).status_code == 200
    assert client.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize("page", ["\0", "/\0", "/feedback/new/\0"])
def test_a_draft_of_an_impossible_page_is_neither_kept_nor_looked_for(page: str, people: People) -> None:
    client = signed_in(people.staff, raise_request_exception=False)
    saved = client.post("/accounts/drafts/save/", {"page": page, "body": "text=abc"})
    discarded = client.post("/accounts/drafts/discard/", {"page": page})
    assert (saved.status_code, discarded.status_code, Draft.objects.count()) == (204, 302, 0)


def test_an_ended_session_may_name_an_impossible_page(people: People) -> None:
    client = signed_in(people.staff, raise_request_exception=False)
    User.objects.update(session_epoch=9)
    answer = client.post("/accounts/drafts/save/", {"page": "/\0", "body": "text=abc"})
    assert (answer.status_code, Draft.objects.count()) == (401, 0)


def test_ending_other_sessions_forgives_no_wrong_password(people: People) -> None:
    client = signed_in(people.staff)
    data = {
        "current_password": "wrong",
        "new_password": "an entirely new one",
        "repeated_password": "an entirely new one",
    }
    for _guess in range(4):
        client.post("/accounts/me/password/", data)
        client.post("/accounts/me/end-sessions/")
    assert client.post("/accounts/me/password/", data).headers["Location"] == SIGN_IN
    assert client.get("/accounts/me/").status_code == 302


@override_settings(TRUSTED_PROXIES=1)
def test_behind_a_proxy_a_claimed_address_does_not_escape_the_lock(people: People) -> None:
    def attempt(claimed: str, real: str, password: str = "wrong") -> int:
        data = {"username": people.staff.username, "password": password}
        return Client(REMOTE_ADDR="10.0.0.1").post(SIGN_IN, data, HTTP_X_FORWARDED_FOR=f"{claimed}, {real}").status_code

    statuses = [attempt(f"192.0.2.{number}", "203.0.113.7") for number in range(5)]
    assert statuses[-1] == LOCKED
    assert attempt("192.0.2.99", "203.0.113.7", PASSWORD) == LOCKED
    assert attempt("192.0.2.99", "203.0.113.8", PASSWORD) == 302


@pytest.mark.parametrize("forwarded", ["nonsense", "1.2.3.4:80", "", "fe80::1%eth0", "\x85", ","])
@override_settings(TRUSTED_PROXIES=1)
def test_an_address_that_is_none_does_no_harm(forwarded: str, people: People) -> None:
    client = Client(raise_request_exception=False, REMOTE_ADDR="10.0.0.1")
    data = {"username": people.staff.username, "password": PASSWORD}
    assert client.post(SIGN_IN, data, HTTP_X_FORWARDED_FOR=forwarded).status_code == 302
