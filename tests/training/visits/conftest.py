"""A visit with two participants of the town, one of them with an account."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.people.models import Trainee
from cadre_app.training.models import Presence, StudyVisit, VisitMember, VisitRoute
from cadre_app.training.services import visit_members, visit_records, visit_routes, visits
from cadre_app.training.services.visit_records import Recorded
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, place, sign_in

__all__ = ["_on_the_day", "place", "sign_in"]

DAY = date(2026, 11, 20)
LATER = date(2026, 12, 1)
SITES = "沧头村临港服务队\n新埭村冷链合作社\n区农业技术推广中心"


@dataclass
class Outing:
    district: District
    route: VisitRoute
    files: list[Trainee]
    own: User

    @property
    def staff(self) -> User:
        return User.objects.get(pk=self.district.staff.pk)

    def planned(self, **values: Any) -> StudyVisit:
        known: dict[str, Any] = {"title": "“产业强村”线", "visited_on": DAY, "sites": SITES, "route": self.route}
        visit = visits.create_visit(**known | values, actor=self.staff)
        visit_members.add_members(visit, trainees=self.files, actor=self.staff)
        return visit

    def member(self, visit: StudyVisit, number: int = 0) -> VisitMember:
        return visit.members.standing().get(trainee=self.files[number])

    def held(self, *presences: str, **values: Any) -> StudyVisit:
        """Recorded; the first one spoke at the symposium."""
        visit = self.planned(**{"hours": Decimal(3), "topic": "村集体怎样与园区共赢"} | values)
        known = presences or (Presence.PRESENT, Presence.ABSENT)
        recorded = {
            self.member(visit, number).pk: Recorded(
                presence=presence, at_symposium=number == 0, remarks="冷链要先算运费" if number == 0 else ""
            )
            for number, presence in enumerate(known)
        }
        return visit_records.record_visit(visit, recorded=recorded, summary="形成三条建议", actor=self.staff)


@pytest.fixture
def outing(place: District) -> Outing:
    route = visit_routes.create_route(
        title="“产业强村”线", sites=SITES, topic="村集体怎样与园区共赢", actor=place.staff
    )
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
    files = [
        TraineeFactory.create(person=PersonFactory.create(name="林知远", account=own), home_unit=place.town),
        TraineeFactory.create(person=PersonFactory.create(name="陈予安"), home_unit=place.town),
    ]
    return Outing(place, route, files, own)
