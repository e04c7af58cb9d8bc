import pytest

from cadre_app.core.roles import Role
from cadre_app.rosters.services import reports
from tests.people.conftest import _on_the_day, client_of, place, sign_in, trainee
from tests.rosters.reported import DAY

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]


@pytest.fixture
def leader(place):
    return place.somebody(Role.LEADER, place.top)


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


@pytest.fixture
def draft(place):
    return reports.start_report(unit=place.top, as_of=DAY, actor=place.staff)
