"""The outermost rules: what is too large is refused before it is read."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ANNOUNCED = str(settings.LARGEST_REQUEST + 1)


class Body:
    """A body that must not be read."""

    def readline(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("path", ["/accounts/sign-in/", "/settings/calendar/upload/", "/csp-report"])
def test_a_body_larger_than_any_form_or_file_is_refused_unread(path: str) -> None:
    content = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": ANNOUNCED, "wsgi.input": Body()}
    answer = Client(enforce_csrf_checks=True).request(REQUEST_METHOD="POST", PATH_INFO=path, **content)
    assert answer.status_code == 413
    assert "太大" in answer.content.decode() or "过大" in answer.content.decode()


def test_a_length_that_is_no_number_is_not_asked() -> None:
    assert Client().request(PATH_INFO="/accounts/sign-in/", CONTENT_LENGTH="x").status_code == 200


def test_the_address_of_a_button_says_what_it_is_instead_of_nothing(client: Client) -> None:
    client.force_login(UserFactory.create())
    client.cookies["qinglan_language"] = "en"
    answer = client.get(reverse("jobs:job_start"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "belongs to a button" in answer.content.decode()
