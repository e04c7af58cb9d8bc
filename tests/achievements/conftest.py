"""Somebody of a town since July 2024 with an account, the liaison of the town, a leader, and the mentor of the village."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.achievements.models import Achievement
from cadre_app.achievements.services import writing
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.people.models import Trainee
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

COMPLETE: dict[str, Any] = {
    "title": "水渠修复解决两个小组灌溉",
    "started_on": date(2026, 5, 1),
    "ended_on": date(2026, 10, 31),
    "role": "牵头",
    "done": "争取小型水利维修资金12万元，组织群众投工。",
    "result": "修复水渠1.3公里，恢复灌溉140亩。",
    "witness": "梧头村党支部书记",
}


@dataclass
class Town:
    district: District
    trainee: Trainee
    own: User
    liaison: User
    leader: User
    mentor: User

    @property
    def staff(self) -> User:
        return User.objects.get(pk=self.district.staff.pk)

    def writes(self, *, is_sent: bool = True, **values: Any) -> Achievement:
        return writing.write_achievement(
            self.trainee, **COMPLETE | values, is_sent=is_sent, actor=User.objects.get(pk=self.own.pk)
        )


@pytest.fixture
def town(place: District) -> Town:
    own = UserFactory.create(unit=place.town, kind=AccountKind.TRAINEE)
    trainee = TraineeFactory.create(person=PersonFactory.create(name="林知远", account=own), home_unit=place.town)
    mentor = UserFactory.create(unit=place.village, kind=AccountKind.MENTOR, display_name="老支书")
    Pairing.objects.create(
        trainee=trainee,
        mentor=PersonFactory.create(name="老支书", account=mentor),
        kind=MentorKind.COMMUNITY,
        choice_reason="熟悉村情",
        started_on=TODAY - timedelta(days=100),
        due_on=TODAY + timedelta(days=300),
        check_in_days=30,
        next_check_in_on=TODAY,
        last_record_on=TODAY,
    )
    liaison = place.somebody(Role.LIAISON, place.town)
    return Town(place, trainee, own, liaison, place.somebody(Role.LEADER, place.top), mentor)


def typed(**values: Any) -> dict[str, Any]:
    """What a browser sends for a complete entry."""
    found = {**COMPLETE, **values}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}
