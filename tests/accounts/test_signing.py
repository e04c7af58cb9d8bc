"""Signing in and out: one answer for every refusal, a lock, a record of each attempt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.utils import timezone

from cadre_app.accounts import services
from cadre_app.accounts.models import User
from cadre_app.history.models import Entry
from tests.accounts.conftest import PASSWORD, People, signed_in

URL = "/accounts/sign-in/"
WRONG = "wrong password"


def attempt(username: str, password: str = WRONG, client: Client | None = None, **extra: str):
    return (client or Client()).post(URL, {"username": username, "password": password, **extra})


def counted(calls: list[str], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, noted in `calls` unless it is called by another counted one."""

    def inner(*args: Any) -> Any:
        if "busy" in calls:
            return work(*args)
        calls.append("busy")
        try:
            return work(*args)
        finally:
            calls[calls.index("busy")] = name

    return inner


def without_what_was_typed(response, username: str) -> str:
    text = response.content.decode().replace(username, "")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("at").values_list("verb", flat=True))


def test_the_right_password_leads_to_the_desk_and_is_recorded(people: People) -> None:
    response = attempt("staff", PASSWORD)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert verbs() == ["accounts.user.signed_in"]
    assert Entry.objects.get().actor == people.staff


def test_names_are_taken_in_full_width_and_capitals(people: People) -> None:
    assert attempt("ＳＴＡＦＦ ", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_foreign_next_page_is_ignored(people: People, target: str) -> None:
    assert attempt("staff", PASSWORD, next=target).headers["Location"] == "/"


def test_a_local_next_page_is_opened(people: People) -> None:
    assert attempt("staff", PASSWORD, next="/accounts/me/").headers["Location"] == "/accounts/me/"


def test_unknown_disabled_and_wrong_get_the_same_answer(people: People) -> None:
    User.objects.filter(pk=people.mentor.pk).update(is_active=False, username="switched.off")
    wrong = attempt("staff")
    unknown = attempt("nobody")
    disabled = attempt("switched.off", PASSWORD)
    assert {wrong.status_code, unknown.status_code, disabled.status_code} == {200}
    expected = without_what_was_typed(wrong, "staff")
    assert without_what_was_typed(unknown, "nobody") == expected
    assert without_what_was_typed(disabled, "switched.off") == expected


@pytest.mark.parametrize("username", ["staff", "nobody"])
def test_a_known_and_an_unknown_name_cost_one_hash_each(people: People, monkeypatch, username: str) -> None:
    calls = []
    hasher = type(get_hasher())
    for name in ("encode", "verify"):
        monkeypatch.setattr(hasher, name, counted(calls, name, getattr(hasher, name)))
    attempt(username)
    assert len(calls) == 1


def test_a_failure_names_the_account_only_if_it_exists_and_never_what_was_typed(people: People) -> None:
    attempt("staff")
    attempt("hunter2-typed-as-name")
    known, unknown = Entry.objects.order_by("at")
    assert (known.verb, known.object_id, known.actor) == ("accounts.user.sign_in_failed", people.staff.pk, None)
    assert (unknown.verb, unknown.object_id, unknown.after) == ("accounts.user.sign_in_failed", None, {})


@pytest.mark.parametrize("username", ["staff", "nobody"])
def test_the_fifth_failure_locks_known_and_unknown_names_alike(people: People, username: str) -> None:
    statuses = [attempt(username).status_code for _ in range(5)]
    locked = attempt(username, PASSWORD)
    assert statuses == [200, 200, 200, 200, 429]
    assert locked.status_code == 429
    assert "20" in locked.content.decode()
    assert verbs() == ["accounts.user.sign_in_failed"] * 5 + ["accounts.user.locked"]


def test_attempts_during_the_lock_do_not_prolong_it(people: People) -> None:
    with time_machine.travel("2026-11-23T01:00:00Z", tick=False) as clock:
        for _ in range(5):
            attempt("staff")
        clock.shift(timedelta(minutes=19))
        assert attempt("staff", PASSWORD).status_code == 429
        clock.shift(timedelta(minutes=2))
        assert attempt("staff", PASSWORD).status_code == 302


def test_the_lock_holds_for_one_name_at_one_address(people: People) -> None:
    for _ in range(5):
        attempt("staff")
    assert attempt("mentor", PASSWORD).status_code == 302
    assert Client(REMOTE_ADDR="10.0.0.9").post(URL, {"username": "staff", "password": PASSWORD}).status_code == 302


def test_the_session_key_changes_at_sign_in(people: People) -> None:
    client = Client()
    client.get("/accounts/me/")
    session = client.session
    session["planted"] = True
    session.save()
    before = client.session.session_key
    attempt("staff", PASSWORD, client=client)
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_is_recorded(people: People) -> None:
    client = signed_in(people.staff)
    response = client.post("/accounts/sign-out/")
    assert response.headers["Location"] == URL
    assert client.get("/accounts/me/").status_code == 302
    assert verbs()[-1] == "accounts.user.signed_out"


def test_an_expired_temporary_password_is_told_and_opens_nothing(people: People) -> None:
    temporary = services.temporary_password()
    services.reset_password(people.mentor, password=temporary, reason="遗失", actor=people.security)
    late = timezone.now() - timedelta(days=8)
    User.objects.filter(pk=people.mentor.pk).update(password_set_at=late)
    client = Client()
    response = attempt("mentor", temporary, client=client)
    assert response.status_code == 200
    assert "临时密码已过期" in response.content.decode() or "has expired" in response.content.decode()
    assert client.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize(
    "username",
    [
        "nul\x00name",
        "\u202effats",
        "𠮷" * 40,
        "a" * 100_000,
        "",
        "staff'--",
        "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ],
)
def test_hostile_names_get_the_usual_answer(people: People, username: str) -> None:
    assert attempt(username).status_code == 200


def test_ten_megabytes_are_refused_as_too_large(people: People) -> None:
    assert attempt("staff", "x" * 10_000_000).status_code == 413


def test_a_post_without_token_is_refused(people: People) -> None:
    assert attempt("staff", PASSWORD, client=Client(enforce_csrf_checks=True)).status_code == 403
