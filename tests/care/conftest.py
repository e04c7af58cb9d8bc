"""Somebody in development, and everybody who may or may not read about their talks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.care.models import Problem, Talk, TalkPlan
from cadre_app.care.services import plans, problems, recording, talks
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

SECRET, ANSWER = "该同志谈到近期睡眠不好", "该同志表示理解"


@dataclass
class Care:
    """A file of the town with its plan; who records, reads, leads; and the person's own account."""

    district: District
    file: Trainee
    own: User
    staff: User
    colleague: User
    leader: User
    liaison: User
    other_staff: User

    @property
    def plan(self) -> TalkPlan:
        return TalkPlan.objects.get(trainee=self.file)

    def user(self, name: str) -> User:
        """The account as a new request finds it."""
        return User.objects.get(pk=getattr(self, name).pk)

    def planned(self, **values: Any) -> Talk:
        known = {"kind": "routine", "planned_on": date(2026, 12, 1), "actor": self.staff}
        return talks.plan_talk(self.file, **known | values)  # type: ignore[arg-type]

    def held(self, **values: Any) -> Talk:
        known = {
            "kind": "routine",
            "held_on": date(2026, 11, 20),
            "interviewer": self.leader,
            "topics": ["village"],
            "content": SECRET,
            "response": ANSWER,
            "actor": self.staff,
        }
        return recording.add_held_talk(self.file, **known | values)  # type: ignore[arg-type]

    def raised(self, talk: Talk, **values: Any) -> Problem:
        known = {
            "text": "办公电脑老旧",
            "handling_unit": "澜桥街道党政办",
            "due_on": date(2026, 12, 5),
            "actor": self.staff,
        }
        return problems.add_problem(talk, **known | values)  # type: ignore[arg-type]


@pytest.fixture
def care(place: District) -> Care:
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town, language="en", display_name="林知远")
    file = TraineeFactory.create(
        person=PersonFactory.create(name="林知远", account=own), home_unit=place.town, arrived_on=date(2025, 7, 1)
    )
    plans.sweep_plans()
    return Care(
        place,
        file,
        own,
        place.staff,
        place.somebody(Role.STAFF, place.top),
        place.somebody(Role.LEADER, place.top),
        place.somebody(Role.LIAISON, place.town),
        place.somebody(Role.STAFF, place.other_town),
    )


Somebody = Callable[[User], Any]
__all__ += ["ANSWER", "SECRET", "TODAY", "Care", "Somebody"]
