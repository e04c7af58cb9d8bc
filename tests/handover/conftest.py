"""A town with somebody in development, its staff, and papers of theirs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cadre_app.handover.models import Material, MaterialKind
from cadre_app.handover.services import materials
from cadre_app.people.models import Trainee
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["TODAY", "District", "_on_the_day", "client_of", "place", "sign_in"]

Entered = Callable[..., Material]


@pytest.fixture
def file(place: District) -> Trainee:
    found: Trainee = TraineeFactory.create(person=PersonFactory.create(name="林知远"), home_unit=place.town)
    return found


@pytest.fixture
def entered(place: District, file: Trainee) -> Entered:
    """A paper of 林知远 as staff enter it."""

    def enter(**values: Any) -> Material:
        known = {
            "person": file.person,
            "kind": MaterialKind.OTHER,
            "title": "学历认证报告",
            "formed_on": date(2026, 11, 1),
            "actor": place.staff,
        }
        return materials.add_material(**known | values)

    return enter
