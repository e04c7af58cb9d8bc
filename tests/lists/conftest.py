"""The district of the tests of people, and somebody who keeps filters of its lists."""

import pytest

from tests.people.conftest import _on_the_day, client_of, place, sign_in, trainee

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]

ROSTER = "people:trainee_list"


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)
