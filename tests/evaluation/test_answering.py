"""The page behind a printed code: for everybody, once, and nothing of whoever opens it is kept."""

import logging
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cadre_app.core.middleware import shown_path
from cadre_app.evaluation.models import BoxedSheet, CampaignState, OneTimeCode, Way
from cadre_app.evaluation.services import codes
from cadre_app.evaluation.services.campaigns import close_campaign
from cadre_app.history.models import Entry
from tests.accounts.test_races import at_once
from tests.evaluation.conftest import Village

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes_on")]
SHEET = {"q1": "1", "q2": "5", "q3": "2", "q4": "1", "q5": "1", "respondent": "party", "comment": "肯跑"}


def made(village: Village, number: int = 1) -> list[str]:
    type(village.campaign).objects.filter(pk=village.campaign.pk).update(way=Way.CODE)
    return codes.make_codes(village.subject, number=number, actor=village.liaison)


def url(token: str) -> str:
    return reverse("evaluate", kwargs={"token": token})


def test_it_asks_five_questions_and_keeps_nothing_of_who_answers(village: Village, client: Client) -> None:
    (token,) = made(village)
    before = (Entry.objects.count(), Session.objects.count())
    page = client.get(url(token))
    assert page.status_code == 200
    assert "林知远" in page.content.decode()
    done = client.post(url(token), SHEET)
    assert done.status_code == 200
    for response in (page, done):
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
    assert (Entry.objects.count(), Session.objects.count()) == before
    assert BoxedSheet.objects.get().content == '[[1, 5, 2, 1, 1], "party", "肯跑"]'


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"q3": ""}, "q3"),
        ({"q3": "9"}, "q3"),
        ({"respondent": ""}, "respondent"),
        ({"comment": "话" * 201}, "comment"),
        ({"comment": "秘密★1年"}, "comment"),
        ({"comment": "a\u202eb"}, "comment"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_the_code_is_not_used(
    village: Village, client: Client, change: dict[str, str], field: str
) -> None:
    (token,) = made(village)
    response = client.post(url(token), SHEET | change)
    assert list(response.context["form"].errors) == [field]
    assert OneTimeCode.objects.filter(is_used=True).count() == 0
    assert client.post(url(token), SHEET).status_code == 200


def test_codes_that_open_nothing_say_why(village: Village, client: Client) -> None:
    first, second = made(village, 2)
    client.post(url(first), SHEET)
    assert client.get(url(first)).status_code == 410
    assert client.post(url(first), SHEET).status_code == 410
    assert client.get(url("meiyou")).status_code == 404
    assert client.get(url("\u00e9" * 40)).status_code == 404
    close_campaign(village.now(), actor=village.liaison)
    closed = client.post(url(second), SHEET)
    assert closed.status_code == 410
    assert BoxedSheet.objects.count() == 1


def test_before_it_is_open_a_code_opens_nothing(village: Village, client: Client) -> None:
    (token,) = made(village)
    type(village.campaign).objects.update(state=CampaignState.PLANNED)
    assert client.get(url(token)).status_code == 410


def test_the_address_is_in_no_log(village: Village, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    (token,) = made(village)
    with caplog.at_level(logging.DEBUG):
        client.get(url(token))
        client.post(url(token), SHEET)
        client.get(url(token))
        client.get(url("meiyou-zhege"))
    assert caplog.records
    assert token not in caplog.text
    assert "meiyou-zhege" not in caplog.text
    assert shown_path(url(token)) == "/evaluate/…"


def test_codes_are_shown_once_on_the_sheets(village: Village, client_of: Any) -> None:
    type(village.campaign).objects.filter(pk=village.campaign.pk).update(way=Way.CODE)
    client = client_of(village.liaison)
    page = reverse("evaluation:codes_new", kwargs={"pk": village.subject.pk})
    form = client.get(page).context["form"]
    sent = {"number": "3", "submission": str(form.initial["submission"])}
    response = client.post(page, sent)
    assert response.content.decode().count('class="qr"') == 3
    assert OneTimeCode.objects.count() == 3
    again = client.post(page, sent)
    assert (again.status_code, OneTimeCode.objects.count()) == (302, 3)
    entry = Entry.objects.get(verb="evaluation.subject.codes_made")
    assert entry.after == {"number": 3}


@pytest.mark.django_db(transaction=True)
def test_used_twice_at_the_same_moment_a_code_gives_one_sheet(village: Village) -> None:
    (token,) = made(village)

    def answer() -> object:
        try:
            codes.fill_in(token, answers=[1, 1, 1, 1, 1], respondent="party")
        except codes.NoSheet as refused:
            return refused.why
        return "in the box"

    assert sorted(map(str, at_once(*[answer] * 6))) == ["in the box", *["used"] * 5]
    assert BoxedSheet.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_comes_in_after_a_close(village: Village) -> None:
    tokens = made(village, 8)

    def answer(token: str) -> object:
        try:
            codes.fill_in(token, answers=[1, 1, 1, 1, 1], respondent="party")
        except codes.NoSheet as refused:
            return refused.why
        return "in the box"

    works = [lambda one=one: answer(one) for one in tokens]
    outcomes = at_once(*works, lambda: close_campaign(village.now(), actor=village.liaison).state)
    assert BoxedSheet.objects.count() == outcomes.count("in the box")
    assert OneTimeCode.objects.filter(is_used=True).count() == BoxedSheet.objects.count()
    assert outcomes.count("in the box") + outcomes.count("closed") == 9
