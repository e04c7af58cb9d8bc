"""A district with people, staff and a leader; drafts are made through the services."""

from datetime import date

import pytest

from cadre_app.briefings import services
from cadre_app.core.roles import Role
from tests.people.conftest import TODAY, _on_the_day, client_of, place, sign_in, trainee

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]

SINCE = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def leader(place):
    return place.somebody(Role.LEADER, place.top)


@pytest.fixture
def draft(place, trainee):
    return services.create_briefing(unit=place.top, since=SINCE, as_of=TODAY, actor=place.staff)


@pytest.fixture
def complete(draft, place):
    return write(draft, place.staff, shortcomings="写作课偏少", plans="增开写作课")


@pytest.fixture
def submitted(complete, place):
    return services.submit_briefing(complete, actor=place.staff)


def issue(briefing, place, leader):
    """Submitted by staff and issued by the leader."""
    return services.issue_briefing(services.submit_briefing(briefing, actor=place.staff), actor=leader)


def write(briefing, actor, **changes):
    texts = {name: getattr(briefing, name) for name in services.TEXTS} | changes
    return services.change_briefing(briefing, suggested=texts.pop("suggested", []), actor=actor, **texts)
