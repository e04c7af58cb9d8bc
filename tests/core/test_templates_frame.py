"""The frame of every page, and the error pages in it."""

from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client, RequestFactory

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core import errors
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.roles import Role
from cadre_app.core.submit import Conflict
from tests.factories import GrantFactory, UserFactory

pytestmark = pytest.mark.django_db

NOTICE = "State secrets must not be entered, stored or handled here"


def signed_in(**fields: object) -> tuple[Client, User]:
    user = UserFactory.create(language="en", display_name="陈静姝", **fields)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, user


def test_every_signed_in_page_carries_notice_watermark_and_the_way_to_write_a_suggestion() -> None:
    client, _user = signed_in()

    page = client.get("/help/").content.decode()

    assert NOTICE in page
    assert "Internal material, keep safe" in page
    assert "陈静姝 " in page.partition('class="wm-l"')[2]
    assert "?page=/help/" in page
    assert "<title>Help · Qinglan</title>" in page


def test_language_and_text_size_stand_on_the_root_element() -> None:
    client, _user = signed_in(text_size="large")

    page = client.get("/help/").content.decode()

    assert '<html lang="en" data-text="large">' in page


@pytest.mark.parametrize("kind", [AccountKind.MENTOR, AccountKind.TRAINEE])
def test_mentors_and_trainees_get_the_simple_frame(kind: str) -> None:
    client, _user = signed_in(kind=kind)

    page = client.get("/help/").content.decode()

    assert 'class="phone"' in page
    assert 'class="ql-rail"' not in page


def test_an_unknown_address_keeps_the_frame_of_the_person_who_asks() -> None:
    client, _user = signed_in()

    response = client.get("/no-such-page/")

    page = response.content.decode()
    assert response.status_code == 404
    assert 'class="ql-rail"' in page
    assert "Back to the desk" in page


def test_an_unknown_address_shows_nothing_of_the_inside_to_a_stranger(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    response = client.get("/no-such-page/")

    page = response.content.decode()
    assert response.status_code == 404
    assert 'class="ql-rail"' not in page
    assert "wm-l" not in page
    assert "To the sign-in page" in page


def test_the_components_page_is_refused_to_everybody_but_the_system_administrator() -> None:
    client, user = signed_in()

    refused = client.get("/help/components/").status_code
    GrantFactory.create(user=user, role=Role.SYSTEM, unit=None)
    shown = client.get("/help/components/").status_code

    assert (refused, shown) == (403, 200)


class NameForm(ChangeForm):
    display_name = forms.CharField(label="Name")
    post = forms.CharField(label="Post", required=False)


def test_the_conflict_page_shows_both_texts_and_sends_mine_with_the_current_version(rf: RequestFactory) -> None:
    client, user = signed_in(post="办公室")
    form = NameForm({"display_name": "王一", "post": "<b>党建办</b>", "version": 1}, instance=user)
    form.is_valid()
    user.version = 7
    request = client.get("/help/").wsgi_request
    request.path = "/somewhere/"

    response = errors.conflict(request, Conflict(form, user))

    page = response.content.decode()
    assert response.status_code == 409
    assert '<input type="hidden" name="version" value="7">' in page
    assert page.count('name="version"') == 1
    assert '<input type="hidden" name="display_name" value="王一"' in page
    assert "办公室" in page
    assert "&lt;b&gt;党建办&lt;/b&gt;" in page
    assert '<a class="btn" href="/somewhere/">' in page


def asked_again(form: ChangeForm, user: Any, **headers: str) -> str:
    form.is_valid()
    user.version = 7
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    request = client.get("/help/", headers=headers).wsgi_request
    request.path = "/somewhere/"
    response = errors.conflict(request, Conflict(form, user))
    assert response.status_code == 409
    return response.content.decode()


def test_a_decision_on_a_changed_record_is_asked_again_and_cannot_be_sent_from_the_conflict_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = UserFactory.create(language="en", display_name="王一", post="办公室")
    monkeypatch.setattr(type(user), "decided_fields", ("display_name", "post"))

    page = asked_again(ChangeForm({"version": 1}, instance=user), user)
    assert page.count("<dd") == 2
    assert "办公室" in page
    assert 'name="version"' not in page
    assert '<a class="btn btn-primary" href="/somewhere/">' in page
    assert "Use what I wrote" not in page


def test_the_reason_of_a_decision_is_kept_to_be_read_and_the_way_leads_back_to_where_it_was_asked() -> None:
    user = UserFactory.create(language="en", post="办公室")
    form = ReasonForm({"version": 1, "reason": "录入有误"}, instance=user)

    page = asked_again(form, user, referer="http://testserver/help/?q=1")
    assert "录入有误" in page
    assert "Use what I wrote" not in page
    assert 'href="http://testserver/help/?q=1">' in page
    assert 'action="/somewhere/">' in asked_again(form, user, referer="http://elsewhere.example/")


def test_a_question_looked_at_again_is_sent_back_with_its_reason_to_where_it_was_asked() -> None:
    user = UserFactory.create(language="en", post="办公室")
    form = ReasonForm({"version": 1, "reason": "录入有误"}, instance=user)

    page = asked_again(form, user, referer="http://testserver/somewhere/?q=1")
    assert 'action="http://testserver/somewhere/?q=1">' in page
    assert '<input type="hidden" name="look_again" value="1">' in page
    assert f'<input type="hidden" name="version" value="{user.version}">' in page
    assert '<input type="hidden" name="reason" value="录入有误"' in page


def test_the_500_page_needs_neither_database_nor_context_processors(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.request_id = "ab12"  # type: ignore[attr-defined]

    response = errors.server_error(request)

    assert response.status_code == 500
    assert "ab12" in response.content.decode()


def test_what_does_not_open_on_a_phone_is_no_line_of_its_menu() -> None:
    client, user = signed_in()
    GrantFactory.create(user=user, role=Role.STAFF, unit=user.unit)
    phone = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
    found = ['href="/appointment-forms/' in client.get("/help/", headers=headers).text for headers in ({}, phone)]
    assert found == [True, False]
