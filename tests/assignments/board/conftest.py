"""A district on 23 November 2026; somebody of the town who can be sent."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cadre_app.people.models import Kind, Trainee, VillageTerm
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["TODAY", "_on_the_day", "client_of", "place", "sign_in"]


@pytest.fixture
def somebody(place: District) -> Callable[..., Trainee]:
    """A person of the town (or of `unit`) by name."""

    def make(name: str, **values: Any) -> Trainee:
        values.setdefault("home_unit", values.pop("unit", place.town))
        values.setdefault("kind", Kind.INTRODUCED)  # selected ones owe time in the village
        return TraineeFactory.create(person=PersonFactory.create(name=name), **values)

    return make


@pytest.fixture
def term(place: District) -> Callable[..., VillageTerm]:
    """Two years in the village from a day on."""

    def make(trainee: Trainee, starts: date, due: date | None, **values: Any) -> VillageTerm:
        return VillageTerm.objects.create(
            trainee=trainee, village=place.village, role="director", started_on=starts, months=24, due_on=due, **values
        )

    return make


@pytest.fixture
def staff(client_of: Any, place: District) -> Any:
    """The office's own client, in English."""
    return client_of(place.staff)
