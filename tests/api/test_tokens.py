"""访问令牌: made once and shown once, kept as a digest, counted, over after a year at most, revoked for good."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from cadre_app.accounts.models import Grant, User
from cadre_app.accounts.services import disable_account, enable_account, passwords
from cadre_app.api import services
from cadre_app.api.columns import state_of
from cadre_app.api.models import Token
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.reminders.models import Notice
from cadre_app.reminders.services.sweeping import sweep
from tests.api.conftest import Program, token_for

pytestmark = pytest.mark.django_db
TOKENS = "/api/tokens/"


def code(response):
    return response.status_code, response.json()["type"].partition("#")[2]


def test_the_secret_is_shown_once_and_only_its_digest_is_kept(client_of, place):
    client = client_of(place.staff)
    sent = {"name": "数据平台", "expires_on": "2027-11-23", "submission": "6f3b9a86-5d9c-4a92-9f8e-0c7de6f7a001"}
    secret = client.post(f"{TOKENS}new/", sent).context["secret"]
    again = client.post(f"{TOKENS}new/", sent)
    token = Token.objects.get()
    assert (token.digest, token.beginning, token.owner) == (services.digest_of(secret), secret[:8], place.staff)
    assert again.context["secret"] == ""
    assert secret not in client.get(TOKENS).text + again.text
    entry = Entry.objects.get(verb="api.token.made")
    assert "digest" not in entry.after
    assert entry.sealed == ["digest"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"expires_on": date(2027, 11, 24)}, "expires_on"),
        ({"expires_on": date(2026, 11, 22)}, "expires_on"),
        ({"name": "平台"}, "name"),
    ],
)
def test_what_cannot_be_made_is_said_beside_its_field(place, values, field):
    token_for(place.staff)
    with pytest.raises(ValidationError) as refused:
        token_for(place.staff, **{"name": "另一个", **values})
    assert list(refused.value.error_dict) == [field]


def test_nobody_has_more_than_ten_valid_ones(place):
    for number in range(10):
        token_for(place.staff, name=f"第{number}")
    with pytest.raises(ValidationError):
        token_for(place.staff, name="多余")
    services.revoke_token(Token.objects.first(), actor=place.staff)
    assert token_for(place.staff, name="多余")[0].state == "valid"


def test_what_is_no_token_opens_nothing(place, client_of):
    secret = token_for(place.staff)[1]
    client = client_of(place.staff)
    assert code(client.get("/api/v1/people")) == (401, "no_token")
    assert code(client.get("/api/v1/people", {"token": secret})) == (401, "no_token")
    assert code(client.get("/api/v1/people", headers={"Authorization": f"Basic {secret}"})) == (401, "no_token")
    assert code(Program("ql_没有这个").get("people")) == (401, "unknown_token")
    assert client.get("/api/v1/people")["WWW-Authenticate"] == 'Bearer realm="Qinglan"'


def test_a_revoked_token_opens_nothing_from_the_next_call_on(place):
    token, secret = token_for(place.staff)
    assert Program(secret).get("people").status_code == 200
    services.revoke_token(token, reason="换了程序", actor=place.staff)
    assert code(Program(secret).get("people")) == (401, "unknown_token")


def test_a_token_ends_with_its_last_day(place):
    secret = token_for(place.staff, expires_on=date(2026, 11, 23))[1]
    assert Program(secret).get("people").status_code == 200
    with time_machine.travel("2026-11-24T00:01:00+08:00", tick=False):
        assert code(Program(secret).get("people")) == (401, "expired_token")


def test_a_disabled_account_and_one_with_a_new_temporary_password_read_nothing(place):
    leader = place.somebody(Role.LEADER, place.town)
    secret = token_for(leader)[1]
    User.objects.filter(pk=leader.pk).update(must_change_password=True)
    assert code(Program(secret).get("people")) == (401, "unknown_token")
    User.objects.filter(pk=leader.pk).update(must_change_password=False)
    disable_account(leader, reason="调离", actor=place.staff)
    assert code(Program(secret).get("people")) == (401, "unknown_token")


def reset(place, owner):
    passwords.reset_password(owner, password="临时口令 2026 给", reason="忘记密码", actor=place.staff)
    passwords.change_password(
        User.objects.get(pk=owner.pk),
        current_password="临时口令 2026 给",
        new_password="新口令 2026 海阔天空",
        actor=owner,
    )


def away(place, owner):
    disable_account(owner, reason="借调", actor=place.staff)
    enable_account(owner, reason="回来", actor=place.staff)


@pytest.mark.parametrize("ended", [reset, away])
def test_what_a_token_was_ended_by_is_not_taken_back(place, ended):
    leader = place.somebody(Role.LEADER, place.town)
    token, secret = token_for(leader)
    other, others = token_for(place.staff)
    ended(place, leader)
    assert code(Program(secret).get("people")) == (401, "unknown_token")
    assert (Token.objects.get(pk=token.pk).state, Token.objects.get(pk=other.pk).state) == ("revoked", "valid")
    assert Program(others).get("people").status_code == 200
    assert Entry.objects.get(verb="api.token.voided").actor == place.staff
    assert token_for(leader)[0].state == "valid"


def test_a_token_whose_account_may_not_read_is_not_called_valid(client_of, place):
    secadmin = place.somebody(Role.STAFF, place.top)
    Grant.objects.filter(user=secadmin).update(role=Role.SECURITY, unit=None)
    leader = place.somebody(Role.LEADER, place.town)
    token_for(leader), token_for(place.staff)
    Grant.objects.filter(user=leader).update(valid_until=date(2026, 11, 22))
    client = client_of(secadmin)
    rows = client.get(TOKENS).context["table"].rows
    assert {row.object.owner: state_of(row.object) for row in rows} == {leader: "idle", place.staff: "valid"}
    for state, owner in (("idle", leader), ("valid", place.staff)):
        assert [row.object.owner for row in client.get(TOKENS, {"state": state}).context["table"].rows] == [owner]


def test_its_owner_hears_that_a_token_ends(client_of, place):
    token_for(place.staff, name="快到期", expires_on=date(2026, 12, 5))
    token_for(place.staff, name="还早", expires_on=date(2027, 5, 23))
    sweep()
    assert Notice.objects.get(channel="inbox").recipient == place.staff
    assert "The access token “快到期” ends" in client_of(place.staff).get("/reminders/inbox/").text
    services.revoke_token(Token.objects.get(name="快到期"), actor=place.staff)
    sweep()
    assert Notice.objects.get(channel="inbox").occurrence.closed_at is not None


def test_roles_are_those_of_the_moment(place, trainee):
    leader = place.somebody(Role.LEADER, place.other_town)
    secret = token_for(leader)[1]
    assert Program(secret).get("people").json()["data"] != []
    Grant.objects.filter(user=leader).update(unit=place.town)
    assert Program(secret).get("people").json()["data"] == []
    Grant.objects.filter(user=leader).update(valid_until=date(2026, 11, 22))
    assert code(Program(secret).get("people")) == (403, "no_role")


def test_calls_are_counted_whichever_process_answers(place):
    token, secret = token_for(place.staff)
    Token.objects.filter(pk=token.pk).update(calls=59, minute="2026-11-23T12:00:00+08:00")
    assert Program(secret).get("people").status_code == 200
    refused = Program(secret).get("people")
    assert (*code(refused), refused["Retry-After"]) == (429, "too_many", "60")
    with time_machine.travel("2026-11-23T12:00:54.3+08:00", tick=False):
        assert Program(secret).get("people")["Retry-After"] == "6"
    with time_machine.travel("2026-11-23T12:01:00+08:00", tick=False):
        assert Program(secret).get("people").status_code == 200
    assert Token.objects.get().last_used_at.minute == 1


def test_the_security_administrator_sees_and_revokes_with_a_reason(client_of, place):
    secadmin = place.somebody(Role.STAFF, place.top)
    Grant.objects.filter(user=secadmin).update(role=Role.SECURITY, unit=None)
    token, secret = token_for(place.staff)
    client = client_of(secadmin)
    listed = client.get(TOKENS, {"q": place.staff.username}).context["table"].rows
    assert [row.object for row in listed] == [token]
    assert client.get(f"{TOKENS}new/").status_code == 403
    url = f"{TOKENS}{token.pk}/revoke/"
    assert client.post(url, {"version": 1, "reason": ""}).status_code == 200
    assert client.post(url, {"version": 1, "reason": "人员调离"}).status_code == 302
    assert client.post(url, {"version": 1, "reason": "再一次"}).status_code == 302
    assert Entry.objects.get(verb="api.token.voided").reason == "人员调离"
    assert code(Program(secret).get("people"))[0] == 401


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(client_of, place, rows, django_assert_num_queries):
    for number in range(rows):
        token_for(place.staff, name=f"第{number}")
    client = client_of(place.staff)
    client.get(TOKENS)
    with django_assert_num_queries(7):
        assert len(client.get(TOKENS).context["table"].rows) == rows


def test_the_account_page_leads_to_the_tokens_of_whoever_may_have_some(client_of, place):
    assert f'href="{TOKENS}"' in client_of(place.staff).get("/accounts/me/").text
    assert TOKENS not in client_of(place.somebody(Role.LIAISON, place.town)).get("/accounts/me/").text


def test_a_year_is_a_year_also_from_a_leap_day(place):
    with time_machine.travel("2028-02-29T12:00:00+08:00", tick=False):
        token = token_for(place.staff, expires_on=date(2029, 2, 28))[0]
    assert token.expires_on - token.made_on == timedelta(days=365)
