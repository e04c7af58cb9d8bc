"""What an error page gives back of what was typed: to whom it belongs, and nothing else."""

import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
GONE = "/people/00000000-0000-4000-8000-000000000000/"
TYPED = {
    "text": "今天走了9户",
    "phone": "13900001111",
    "link": "Https://example.invalid/A",
    "kind": "selected",
    "day": "2026-11-23",
    "submission": "9b2d6f0e-1111-4222-8333-444455556666",
    "password": "Geheim Geheim",
}


@pytest.fixture
def client() -> Client:
    found = Client(raise_request_exception=False)
    found.force_login(UserFactory.create(), backend="django.contrib.auth.backends.ModelBackend")
    return found


def given_back(response) -> list[str]:
    return [value for value in TYPED.values() if value in response.content.decode()]


def test_words_and_numbers_come_back_keys_choices_and_passwords_do_not(client: Client) -> None:
    response = client.post(f"{GONE}print/", TYPED)
    assert given_back(client.post("/mentoring/notes/00000000-0000-4000-8000-000000000000/edit/", TYPED)) == [
        "今天走了9户",
        "13900001111",
        "Https://example.invalid/A",
    ]
    assert given_back(response) == []


def test_an_address_that_is_none_gives_nothing_back(client: Client) -> None:
    assert [given_back(found.post("/no/such/page/", TYPED)) for found in (client, Client())] == [[], []]


def test_a_body_that_cannot_be_read_is_no_error_of_ours(client: Client) -> None:
    response = client.post(GONE, data=b"x", content_type="multipart/form-data")
    assert response.status_code < 500
