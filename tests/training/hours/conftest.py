"""A district with somebody in development, and who may or may not see their training hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.training.models import HoursEntry, HoursSource, Mode, OutsideCourse, OutsideState
from cadre_app.training.services import outside
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["TODAY", "District", "Hours", "Somebody", "_on_the_day", "client_of", "place", "sign_in"]
Somebody = Callable[[User], Any]
FACTS: dict[str, Any] = {
    "title": "乡村治理专题研讨班",
    "organiser": "市委党校",
    "started_on": date(2026, 11, 9),
    "ended_on": date(2026, 11, 10),
    "hours": Decimal(12),
    "mode": Mode.CLASSROOM,
}


@dataclass
class Hours:
    """A file of the town with the person's own account, and the office around it."""

    district: District
    file: Trainee
    own: User
    staff: User
    leader: User
    liaison: User
    other_staff: User

    def user(self, name: str) -> User:
        """The account as a new request finds it."""
        return User.objects.get(pk=getattr(self, name).pk)

    def submitted(self, trainee: Trainee | None = None, **values: Any) -> OutsideCourse:
        return outside.submit_course(trainee or self.file, **FACTS | values, actor=self.own)

    def earned(
        self, amount: str, mode: str = Mode.CLASSROOM, *, on: date = date(2026, 3, 1), trainee: Trainee | None = None
    ) -> HoursEntry:
        """Hours by a verified outside course of that day; without a service."""
        known: dict[str, Any] = {"trainee": trainee or self.file, "hours": Decimal(amount), "mode": mode}
        verified = {"state": OutsideState.VERIFIED, "verified_on": on, "verified_by": self.staff, "submitted_on": on}
        days = {"started_on": on, "ended_on": on}
        course = OutsideCourse.objects.create(**known, **days, **verified, title="干部网络学习", organiser="市委党校")
        return HoursEntry.objects.create(**known, source=HoursSource.OUTSIDE, outside=course, earned_on=on)


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def trainee(place: District) -> Trainee:
    return TraineeFactory.create(home_unit=place.town)


@pytest.fixture
def hours(place: District) -> Hours:
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town, language="en", display_name="林知远")
    file = TraineeFactory.create(person=PersonFactory.create(name="林知远", account=own), home_unit=place.town)
    return Hours(
        place,
        file,
        own,
        place.staff,
        place.somebody(Role.LEADER, place.top),
        place.somebody(Role.LIAISON, place.town),
        place.somebody(Role.STAFF, place.other_town),
    )
