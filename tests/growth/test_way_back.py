"""Whoever enters something from a growth file comes back to it, saved or cancelled; nowhere else is one led."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from cadre_app.care.models import TalkTrigger
from cadre_app.core.growth import entry_links
from tests.people.conftest import TODAY, _on_the_day, client_of, place, sign_in, trainee

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]

OCCASION = {"occasion": "setback", "happened_on": (TODAY - timedelta(days=1)).isoformat(), "subject": ""}


def offered(client, trainee) -> dict[str, str]:
    page = client.get(reverse("growth:file", kwargs={"pk": trainee.pk}))
    keys = {link: key for key, link in entry_links.items()}
    return {keys[link]: url for link, url in page.context["to_enter"]}


def test_what_is_saved_leads_back_to_the_file(place, trainee, client_of):
    client, file = client_of(place.staff), reverse("growth:file", kwargs={"pk": trainee.pk})
    answer = client.post(offered(client, trainee)["care.occasion"], OCCASION)
    assert (answer.status_code, answer["Location"], TalkTrigger.objects.count()) == (302, file, 1)


def test_a_form_sent_after_the_session_ended_leads_to_what_was_typed(place, trainee, client_of):
    client = client_of(place.staff)
    url = offered(client, trainee)["care.occasion"]
    with time_machine.travel(datetime(2026, 11, 23, 8, tzinfo=UTC)):
        answer = client.post(url, OCCASION)
    address = urlsplit(answer["Location"])
    assert (answer.status_code, address.path) == (302, reverse("accounts:sign_in"))
    assert (parse_qs(address.query)["next"], TalkTrigger.objects.count()) == ([url], 0)


def test_every_form_that_is_cancelled_leads_back_to_the_file(place, trainee, client_of):
    client, file = client_of(place.staff), reverse("growth:file", kwargs={"pk": trainee.pk})
    forms = {key: client.get(url).content.decode() for key, url in offered(client, trainee).items()}
    assert [key for key, text in forms.items() if f'<a class="btn" href="{file}"' not in text] == []


def test_a_form_that_is_wrong_is_shown_again_with_its_way_back(place, trainee, client_of):
    client, file = client_of(place.staff), reverse("growth:file", kwargs={"pk": trainee.pk})
    answer = client.post(offered(client, trainee)["care.occasion"], OCCASION | {"happened_on": ""})
    assert (answer.status_code, f'href="{file}"' in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "path", ["https://example.org/", "//example.org/", "/", "/accounts/", "x" * 200, "", "/people/\x00"]
)
def test_nothing_but_a_file_is_led_back_to(place, trainee, client_of, path):
    url = reverse("care:trigger_new", kwargs={"pk": trainee.pk})
    client = client_of(place.staff)
    usual = client.post(url, OCCASION)["Location"]
    answer = client.post(reverse("care:trigger_new", kwargs={"pk": trainee.pk}, query={"back": path}), OCCASION)
    assert answer["Location"] == usual


def test_a_file_out_of_sight_stays_out_of_sight(place, trainee, client_of):
    back = reverse("growth:file", kwargs={"pk": uuid4()})
    client = client_of(place.staff)
    answer = client.post(reverse("care:trigger_new", kwargs={"pk": trainee.pk}, query={"back": back}), OCCASION)
    assert client.get(answer["Location"]).status_code == 404
