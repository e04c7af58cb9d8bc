"""Somebody in the town, with staff, a leader who checks and one who signs, the liaison and a headquarters to be posted to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.assignments.models import Posting, PostingKind, PostingMode
from cadre_app.assignments.services import approvals, posting_course, postings
from cadre_app.core.roles import Role
from cadre_app.files.models import PDF
from cadre_app.files.uploads import CheckedUpload
from cadre_app.org.models import Unit
from cadre_app.people.models import Person, TermRole, Trainee, VillageTerm
from tests.factories import PersonFactory, TraineeFactory, UnitFactory, UserFactory
from tests.people.conftest import District, _on_the_day, place, sign_in

__all__ = ["_on_the_day", "place", "sign_in"]

START, DUE = date(2026, 9, 1), date(2027, 2, 28)


def upload(name: str = "批复.pdf") -> CheckedUpload:
    return CheckedUpload(name, PDF, "application/pdf", b"%PDF-1.4 " + name.encode(), pages=1)


@dataclass
class Room:
    district: District
    trainee: Trainee
    own: User
    leader: User
    chief: User
    liaison: User
    host: Person
    unit: Unit

    @property
    def staff(self) -> User:
        return self.district.staff

    def proposed(self, **values: Any) -> Posting:
        """A task force at the headquarters, full-time, half a year from 1 September."""
        known: dict[str, Any] = {"kind": PostingKind.TASK_FORCE, "mode": PostingMode.FULL, "tasks": "工程建设宣传"}
        known |= {"unit": self.unit, "started_on": START, "due_on": DUE, "supervisor": self.host, "actor": self.staff}
        trainee = values.pop("trainee", self.trainee)
        return postings.propose_posting(trainee, **known | values)

    def approved(self, **values: Any) -> Posting:
        posting = approvals.check_posting(self.proposed(**values), actor=self.chief)
        return approvals.sign_off_posting(posting, document_number="望委组〔2026〕18号", actor=self.leader)

    def returned(self, ended_on: date = date(2026, 11, 20), **values: Any) -> Posting:
        reason = {"ended_on": ended_on, "return_reason": "任务完成"}
        return posting_course.return_posting(self.approved(**values), **reason, actor=self.staff)

    def in_village(
        self, started_on: date = date(2025, 9, 1), due_on: date = date(2027, 8, 31), ended_on: date | None = None
    ) -> VillageTerm:
        values: dict[str, Any] = {"village": self.district.village, "role": TermRole.DIRECTOR, "months": 24}
        return VillageTerm.objects.create(
            trainee=self.trainee, started_on=started_on, due_on=due_on, ended_on=ended_on, **values
        )


@pytest.fixture
def room(place: District) -> Room:
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
    trainee = TraineeFactory.create(person=PersonFactory.create(name="林知远", account=own), home_unit=place.town)
    host = PersonFactory.create(name="郑工", account=UserFactory.create(unit=place.other_town))
    leader, chief = place.somebody(Role.LEADER, place.top), place.somebody(Role.LEADER, place.top)
    liaison = place.somebody(Role.LIAISON, place.town)
    unit = UnitFactory.create(name="环湾大道工程建设指挥部", parent=place.top, order=9)
    return Room(place, trainee, own, leader, chief, liaison, host, unit)
