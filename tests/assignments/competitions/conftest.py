"""A district with two teams' worth of people at the headquarters, an open comparison and three reviewers to name."""

from dataclasses import dataclass
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.assignments.models import Competition, CompetitionEntry, CompetitionState
from cadre_app.assignments.services import competition_course, competition_entries, competition_reviewers
from cadre_app.core.roles import Role
from cadre_app.people.models import Person, Trainee
from tests.assignments.competing import make_competition
from tests.assignments.factories import front, make_posting
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, District, _on_the_day, place, sign_in

__all__ = ["_on_the_day", "place", "sign_in"]


@dataclass
class Arena:
    district: District
    competition: Competition
    files: list[Trainee]
    own: User
    leader: User
    liaison: User
    reviewers: list[Person]

    @property
    def staff(self) -> User:
        return User.objects.get(pk=self.district.staff.pk)

    def now(self) -> Competition:
        return Competition.objects.get(pk=self.competition.pk)

    def entered(self, number: int = 0, **values: Any) -> CompetitionEntry:
        """A team of two: of the first two files, or of the next two."""
        known: dict[str, Any] = {
            "kind": "team",
            "front": front(),
            "name": f"攻坚{number + 1}组",
            "unit": self.district.town,
            "members": self.files[2 * number : 2 * number + 2],
            "result": "完成征迁签约",
            "numbers": "签约126户",
            "actor": self.liaison,
        }
        return competition_entries.enter_result(self.competition, **known | values)

    def verified(self, number: int = 0) -> CompetitionEntry:
        return competition_entries.verify_result(self.entered(number), actor=self.staff)

    def scored(self) -> Competition:
        """Under review, with two results and three reviewers."""
        self.verified(0)
        self.verified(1)
        competition_reviewers.name_reviewers(self.competition, persons=self.reviewers, actor=self.staff)
        competition_course.start_review(self.now(), scores_until=TODAY, actor=self.staff)
        return self.now()


def account_of(person: Person) -> User:
    return User.objects.get(pk=person.account_id)


@pytest.fixture
def arena(place: District) -> Arena:
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town)
    people = [PersonFactory.create(name="林知远", account=own)]
    people += [PersonFactory.create(name=name) for name in ("陈予安", "郑一川", "苏禾")]
    files = [TraineeFactory.create(person=person, home_unit=place.town) for person in people]
    for file in files:
        make_posting(file)
    leader, liaison = place.somebody(Role.LEADER, place.top), place.somebody(Role.LIAISON, place.town)
    reviewers = [PersonFactory.create(name=f"评审{number}", account=UserFactory.create()) for number in "甲乙丙"]
    competition = make_competition(place.top, actor=place.staff, state=CompetitionState.OPEN)
    return Arena(place, competition, files, own, leader, liaison, reviewers)
