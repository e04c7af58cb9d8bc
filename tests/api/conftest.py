"""The district of the tests of people, and programs that read with tokens."""

from datetime import date

import pytest
from django.test import Client

from cadre_app.api.services import make_token, new_secret
from tests.growth.conftest import trainee
from tests.people.conftest import _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]


def token_for(user, *, name="平台", expires_on=date(2027, 5, 23)):
    """A token of `user` and its secret."""
    secret = new_secret()
    return make_token(name=name, expires_on=expires_on, secret=secret, actor=user), secret


class Program:
    """Reads with one token."""

    def __init__(self, secret, **headers):
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}", **headers}

    def get(self, path, data=None, **headers):
        return self.client.get(f"/api/v1/{path}", data, headers={**self.headers, **headers})


@pytest.fixture
def program(place):
    """The program of staff of the whole district."""
    return Program(token_for(place.staff)[1])
