"""Sessions end by time, by epoch and by disabling; what was being typed comes back."""

import uuid
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from cadre_app.accounts import services
from cadre_app.accounts.models import Draft, User
from cadre_app.accounts.services import drafts
from cadre_app.core.roles import Role
from tests.accounts.conftest import PASSWORD, People, signed_in, today
from tests.factories import GrantFactory

ME = "/accounts/me/"
NEW = "/accounts/requests/new/"
START = "2026-11-23T01:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def typed(people: People, **fields: str) -> dict[str, str]:
    values = {
        "display_name": "林致远",
        "username": "lin.zhiyuan",
        "unit": str(people.town.pk),
        "kind": "trainee",
        "reason": "新录用报到，需要登录",
        "submission": str(uuid.uuid4()),
    }
    return {**values, **fields}


def is_open(client: Client) -> bool:
    return client.get(ME).status_code == 200


def test_a_desk_session_ends_after_fifteen_idle_minutes(people: People, clock) -> None:
    client = signed_in(people.staff)
    clock.shift(timedelta(minutes=15))
    assert is_open(client)
    clock.shift(timedelta(minutes=15, seconds=1))
    response = client.get(ME)
    assert response.headers["Location"] == f"/accounts/sign-in/?next={quote(ME, safe='')}"


def test_polls_are_no_activity(people: People, clock) -> None:
    client = signed_in(people.staff)
    for _ in range(3):
        clock.shift(timedelta(minutes=6))
        client.get(ME, headers={"X-Poll": "1"})
    assert not is_open(client)


def test_an_office_session_ends_after_eight_hours_however_busy(people: People, clock) -> None:
    client = signed_in(people.staff)
    for _ in range(48):
        clock.shift(timedelta(minutes=10))
        assert is_open(client)
    clock.shift(timedelta(minutes=1))
    assert not is_open(client)


def test_a_mentor_stays_signed_in_for_twelve_idle_hours(people: People, clock) -> None:
    client = signed_in(people.mentor)
    clock.shift(timedelta(hours=12))
    assert is_open(client)
    clock.shift(timedelta(hours=12, minutes=1))
    assert not is_open(client)


def test_a_mentor_who_holds_a_role_works_by_the_rules_of_a_desk(people: People, clock) -> None:
    GrantFactory.create(user=people.mentor, role=Role.LIAISON, unit=people.town)
    client = signed_in(people.mentor)
    clock.shift(timedelta(minutes=16))
    assert not is_open(client)


def test_a_fragment_of_an_ended_session_sends_the_page_to_the_sign_in(people: People, clock) -> None:
    client = signed_in(people.staff)
    clock.shift(timedelta(minutes=16))
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/accounts/requests/?status=waiting"}
    response = client.get("/accounts/requests/", headers=headers)
    page = quote("/accounts/requests/?status=waiting", safe="")
    assert (response.status_code, response.headers["HX-Redirect"]) == (401, f"/accounts/sign-in/?next={page}")


def test_a_fragment_without_any_session_sends_the_page_to_the_sign_in(people: People) -> None:
    response = Client().get(ME, headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (
        401,
        f"/accounts/sign-in/?next={quote(ME, safe='')}",
    )


@pytest.mark.parametrize("change", ["disable", "grant", "reset", "end"])
def test_a_change_of_the_account_ends_its_sessions_at_the_next_request(people: People, change: str) -> None:
    client = signed_in(people.mentor)
    assert is_open(client)
    actor = people.security
    if change == "disable":
        services.disable_account(people.mentor, reason="离职", actor=actor)
    elif change == "grant":
        services.grant_role(people.mentor, role=Role.LIAISON, unit=people.town, valid_from=today(), actor=actor)
    elif change == "reset":
        services.reset_password(people.mentor, password="another password 1", reason="遗失", actor=actor)
    else:
        services.end_sessions(people.mentor, actor=actor)
    assert not is_open(client)


def test_a_form_sent_from_an_expired_session_comes_back_after_signing_in(people: People, clock) -> None:
    client = signed_in(people.staff)
    clock.shift(timedelta(minutes=16))
    response = client.post(NEW, typed(people))
    assert response.headers["Location"] == f"/accounts/sign-in/?next={quote(NEW, safe='')}"
    notice = client.get(response.headers["Location"])
    assert "saved and comes back" in notice.content.decode() or "登录后自动恢复" in notice.content.decode()
    again = client.post("/accounts/sign-in/", {"username": "staff", "password": PASSWORD, "next": NEW})
    page = client.get(again.headers["Location"])
    form = page.context["form"]
    assert form["display_name"].value() == "林致远"
    assert form["unit"].value() == str(people.town.pk)
    assert form.draft.page == NEW


def test_the_draft_goes_once_its_form_is_accepted(people: People, clock) -> None:
    values = typed(people)
    client = signed_in(people.staff)
    clock.shift(timedelta(minutes=16))
    client.post(NEW, values)
    client.post("/accounts/sign-in/", {"username": "staff", "password": PASSWORD})
    assert client.post(NEW, values).status_code == 302
    assert Draft.objects.count() == 0


def test_another_person_signing_in_does_not_get_the_draft(people: People, clock) -> None:
    client = signed_in(people.staff)
    clock.shift(timedelta(minutes=16))
    client.post(NEW, typed(people))
    client.post("/accounts/sign-in/", {"username": "other.staff", "password": PASSWORD})
    assert client.get(NEW).context["form"].draft is None


def test_a_form_of_a_session_whose_roles_changed_is_kept_too(people: People) -> None:
    client = signed_in(people.staff)
    services.end_sessions(people.staff, actor=people.security)
    client.post(NEW, typed(people))
    assert Draft.objects.get().user == people.staff


def test_nothing_is_kept_for_a_disabled_account(people: People) -> None:
    client = signed_in(people.staff)
    services.disable_account(people.staff, reason="离职", actor=people.security)
    client.post(NEW, typed(people))
    assert Draft.objects.count() == 0


def test_nothing_is_kept_without_the_token(people: People, clock) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.staff, backend="django.contrib.auth.backends.ModelBackend")
    client.get(ME)
    clock.shift(timedelta(minutes=16))
    assert client.post(NEW, typed(people)).status_code == 403
    assert Draft.objects.count() == 0


def test_passwords_tokens_and_restricted_fields_are_never_kept(people: People, clock) -> None:
    client = signed_in(people.staff)
    clock.shift(timedelta(minutes=16))
    extra = {
        "current_password": "秘密一",
        "csrfmiddlewaretoken": "token",
        "restricted": "post, content",
        "post": "限知",
        "content": "限知",
    }
    client.post(NEW, {**typed(people), **extra})
    kept = drafts.find_draft(people.staff, NEW)
    assert kept is not None
    assert sorted(kept.data) == ["display_name", "kind", "reason", "submission", "unit", "username"]


def test_a_draft_is_sealed_in_the_database(people: People) -> None:
    from django.db import connection
    from django.http import QueryDict

    drafts.save_draft(people.staff, page=NEW, data=QueryDict("reason=金丝雀"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM accounts_draft")
        stored = cursor.fetchone()[0]
    assert "reason" not in stored
    assert stored.startswith("k")


@pytest.mark.parametrize("body", ["", "submission=1", f"reason={'长' * 100_000}"])
def test_empty_and_huge_drafts_are_not_kept(people: People, body: str) -> None:
    client = signed_in(people.staff)
    assert client.post("/accounts/drafts/save/", {"page": NEW, "body": body}).status_code == 204
    assert Draft.objects.count() == 0


def test_autosave_keeps_and_discarding_forgets(people: People) -> None:
    client = signed_in(people.staff)
    client.post("/accounts/drafts/save/", {"page": NEW, "body": "reason=%E6%8A%A5%E5%88%B0"})
    assert client.get(NEW).context["form"]["reason"].value() == "报到"
    response = client.post("/accounts/drafts/discard/", {"page": NEW, "next": NEW})
    assert response.headers["Location"] == NEW
    assert client.get(NEW).context["form"].draft is None


def test_autosave_of_an_expired_session_is_kept_and_answered_401(people: People, clock) -> None:
    client = signed_in(people.staff)
    clock.shift(timedelta(minutes=16))
    response = client.post("/accounts/drafts/save/", {"page": NEW, "body": "reason=%E6%8A%A5%E5%88%B0"})
    assert response.status_code == 401
    assert Draft.objects.get().page == NEW


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "", "/" + "x" * 400])
def test_drafts_of_foreign_pages_are_not_kept(people: People, page: str) -> None:
    client = signed_in(people.staff)
    client.post("/accounts/drafts/save/", {"page": page, "body": "reason=text"})
    assert Draft.objects.count() == 0


def test_only_the_newest_twenty_drafts_are_kept(people: People) -> None:
    from django.http import QueryDict

    for number in range(23):
        drafts.save_draft(people.staff, page=f"/page/{number}/", data=QueryDict("reason=text"))
    assert Draft.objects.count() == 20
    assert not Draft.objects.filter(page="/page/0/").exists()


def test_a_first_password_must_be_set_before_anything_else(people: People) -> None:
    User.objects.filter(pk=people.staff.pk).update(must_change_password=True)
    client = signed_in(people.staff)
    assert client.get(ME).headers["Location"] == "/accounts/me/password/"
    assert client.get("/accounts/me/password/").status_code == 200
    assert client.post("/accounts/sign-out/").status_code == 302


def test_a_draft_typed_on_an_old_state_meets_the_page_with_both_texts(people: People, clock) -> None:
    page = f"/accounts/{people.mentor.pk}/edit/"
    data = {"display_name": "金志强", "unit": str(people.town.pk), "version": "1", "submission": str(uuid.uuid4())}
    client = signed_in(people.security)
    clock.shift(timedelta(minutes=16))
    client.post(page, data)
    services.change_account(
        people.mentor, display_name="金志刚", unit=people.town, version=1, actor=people.second_security
    )
    client = signed_in(people.security)
    form = client.get(page).context["form"]
    assert (form["display_name"].value(), form["version"].value()) == ("金志强", "1")
    assert client.post(page, data).status_code == 409
    assert User.objects.get(pk=people.mentor.pk).display_name == "金志刚"


def test_a_draft_is_not_shown_in_a_form_of_other_fields(people: People) -> None:
    client = signed_in(people.security)
    page = f"/accounts/{people.mentor.pk}/disable/"
    client.post("/accounts/drafts/save/", {"page": page, "body": "reason=text&amount=5"})
    assert client.get(page).context["form"].draft is None


def test_the_restored_draft_can_be_discarded_from_the_page(people: People) -> None:
    client = signed_in(people.staff)
    client.post("/accounts/drafts/save/", {"page": NEW, "body": "reason=text"})
    assert "/accounts/drafts/discard/" in client.get(NEW).content.decode()


def test_a_session_from_before_a_password_reset_keeps_no_draft(people: People) -> None:
    client = signed_in(people.staff)
    client.get("/")
    services.reset_password(people.staff, password="x" * 12, reason="遗失", actor=people.security)
    response = client.post("/feedback/new/", {"text": "不该留下"})
    assert response.status_code == 302
    assert Draft.objects.count() == 0
