"""Somebody in development, the staff who are named for what is restricted, and everybody else."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cadre_app.accounts.models import AccountKind, User
from cadre_app.conduct.models import Admonition, NamedStaff, Reward, Sanction
from cadre_app.conduct.services import admonitions, naming, rewards, sanctions
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["TODAY", "_on_the_day", "client_of", "place", "sign_in"]

NUMBER = "望纪〔2026〕7号"
ORGAN = "中共望屿区纪委"


@dataclass
class Conduct:
    """A civil servant of the town who holds a township post; who is named, who is not, who leads; the own account."""

    district: District
    file: Trainee
    own: User
    named: User
    staff: User
    leader: User
    liaison: User
    other_staff: User

    def user(self, name: str) -> User:
        """The account as a new request finds it."""
        return User.objects.get(pk=getattr(self, name).pk)

    def rewarded(self, **values: Any) -> Reward:
        known: dict[str, Any] = {
            "kind": "civil_servant-1",
            "level": "district",
            "awarded_by": "中共望屿区委",
            "awarded_on": date(2026, 3, 5),
            "document_number": "望委〔2026〕3号",
            "actor": self.staff,
        }
        file = values.pop("file", self.file)
        return rewards.enter_reward(file, **known | values)

    def decided(self, **values: Any) -> Sanction:
        known: dict[str, Any] = {
            "kind": "administrative-2",
            "organ": ORGAN,
            "document_number": NUMBER,
            "decided_on": date(2026, 5, 10),
            "actor": self.named,
        }
        file = values.pop("file", self.file)
        return sanctions.enter_sanction(file, **known | values)

    def warned(self, **values: Any) -> Admonition:
        known: dict[str, Any] = {
            "way": "7",
            "matter": "work",
            "organ": "中共梧岭镇委员会",
            "approver_post": "镇党委书记",
            "document_number": "梧委〔2026〕9号",
            "given_on": date(2026, 8, 31),
            "actor": self.named,
        }
        file = values.pop("file", self.file)
        return admonitions.enter_admonition(file, **known | values)

    def name(self, user: User, **values: Any) -> NamedStaff:
        known: dict[str, Any] = {"user": user, "reason": "分工", "actor": self.leader}
        return naming.name_staff(values.pop("unit", self.district.top), **known | values)


@pytest.fixture
def conduct(place: District) -> Conduct:
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town, language="en", display_name="林知远")
    file = TraineeFactory.create(
        person=PersonFactory.create(name="林知远", account=own),
        home_unit=place.town,
        arrived_on=date(2024, 7, 1),
        post_level="142",
    )
    found = Conduct(
        place,
        file,
        own,
        place.somebody(Role.STAFF, place.top),
        place.staff,
        place.somebody(Role.LEADER, place.top),
        place.somebody(Role.LIAISON, place.town),
        place.somebody(Role.STAFF, place.other_town),
    )
    found.name(found.named)
    return found


def fields_of(call: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        call()
    return {name: [str(error.code) for error in errors] for name, errors in caught.value.error_dict.items()}
