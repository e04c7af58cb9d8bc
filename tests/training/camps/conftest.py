"""A district in November 2026, its camps on 1 September, and people by their day of arrival."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine

from cadre_app.people.models import Trainee
from cadre_app.training.models import Camp
from cadre_app.training.services.camp_previews import preview
from cadre_app.training.services.camps import apply_grades, plan_camp
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]


@pytest.fixture
def somebody(place: District) -> Callable[..., Trainee]:
    """A file of the town; `term_ends_on` as services would keep it."""

    def made(name: str, arrived: date, *, ends: date | None = None, **fields: object) -> Trainee:
        person = PersonFactory.create(name=name)
        values = {"home_unit": place.town, "arrived_on": arrived, "term_ends_on": ends} | fields
        return TraineeFactory.create(person=person, **values)

    return made


@pytest.fixture
def people(somebody: Callable[..., Trainee]) -> dict[str, Trainee]:
    """One for each thing that can happen with the camp of 2026."""
    return {
        "new": somebody("林知远", date(2026, 7, 1)),
        "late": somebody("陈嘉穗", date(2026, 10, 8)),
        "second": somebody("吴书瑶", date(2025, 7, 1)),
        "third": somebody("赵启明", date(2023, 7, 1), ends=date(2027, 6, 30)),
        "ended": somebody("孙望舒", date(2023, 7, 1), ends=date(2026, 7, 31)),
        "ending": somebody("周牧之", date(2024, 7, 1), ends=date(2026, 10, 31)),
    }


@pytest.fixture
def earlier(place: District, people: dict[str, Trainee]) -> Camp:
    """The camp of 2025 with its grades, given out then."""
    with time_machine.travel("2025-09-10T12:00:00+08:00", tick=False):
        camp = plan_camp(year=2025, actor=place.staff)
        return apply_grades(camp, shown=preview(camp, place.staff).digest, actor=place.staff)


@pytest.fixture
def camp(place: District, people: dict[str, Trainee]) -> Camp:
    return plan_camp(year=2026, actor=place.staff)


@pytest.fixture
def graded(place: District, camp: Camp) -> Camp:
    return apply_grades(camp, shown=preview(camp, place.staff).digest, actor=place.staff)
