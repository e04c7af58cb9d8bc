"""Somebody promoted in a town: their file with post, rank and résumé, staff who enter, staff who check, a leader."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.advancement.models import Outcome
from cadre_app.advancement.services import decisions, outcomes
from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear, UnitQuota
from cadre_app.conduct.models import Sanction
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.people.services import posts
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

RESUME = "2017.09--2021.07  澜江大学行政管理专业学习\n2021.08--         望屿区梧岭镇工作"
ANNOUNCED: dict[str, Any] = {
    "kind": "promoted",
    "post": "镇党委组织委员",
    "document_number": "望委干〔2026〕31号",
    "published_on": date(2026, 11, 20),
    "effective_on": date(2026, 11, 18),
}


@dataclass
class Town:
    district: District
    trainee: Trainee
    own: User
    staff: User
    other: User
    leader: User
    liaison: User

    def enters(self, **values: Any) -> Outcome:
        """Entered by staff."""
        return outcomes.enter_outcome(self.trainee, **(ANNOUNCED | values), actor=self.staff)

    def checked(self, **values: Any) -> Outcome:
        return decisions.check_outcome(self.enters(**values), actor=self.other)

    def signed(self, **values: Any) -> Outcome:
        return decisions.sign_outcome(self.checked(**values), actor=self.leader)

    def fresh(self) -> Trainee:
        return Trainee.objects.select_related("person").get(pk=self.trainee.pk)


@pytest.fixture
def town(place: District) -> Town:
    own = UserFactory.create(unit=place.town, kind=AccountKind.TRAINEE)
    person = PersonFactory.create(name="林知远", account=own, resume=RESUME)
    trainee = TraineeFactory.create(person=person, home_unit=place.town, arrived_on=date(2021, 8, 2))
    posts.add_post_record(trainee, started_on=date(2021, 8, 2), post="试用期公务员", actor=None)
    posts.add_post_record(trainee, started_on=date(2022, 8, 2), post="党建办公室工作人员", rank="10", actor=None)
    people = [place.somebody(role, unit) for role, unit in (
        (Role.STAFF, place.top), (Role.LEADER, place.top), (Role.LIAISON, place.town),
    )]  # fmt: skip
    return Town(place, Trainee.objects.get(pk=trainee.pk), own, place.staff, *people)


def graded(trainee: Trainee, year: int, grade: str = "competent", **values: Any) -> AnnualAssessment:
    """A confirmed year."""
    days = {"starts_on": date(year, 12, 1), "ends_on": date(year + 1, 1, 31)}
    campaign, _new = AssessmentYear.objects.get_or_create(unit=trainee.home_unit, year=year, defaults=days)
    quota, _new = UnitQuota.objects.get_or_create(
        campaign=campaign, unit=trainee.home_unit, defaults={"participants": 90, "approved": 9}
    )
    known = {"grade": grade, "confirmed_on": date(year + 1, 1, 20), "checked_on": date(year + 1, 1, 15)}
    return AnnualAssessment.objects.create(
        trainee=trainee, year=year, quota=quota, status=trainee.status, **known | values
    )


def punished(trainee: Trainee, **values: Any) -> Sanction:
    known = {"category": "administrative", "kind": "administrative-1", "organ": "望屿区监察委员会"}
    days = {"decided_on": date(2023, 3, 1), "ends_on": date(2023, 8, 31), "months": 6}
    return Sanction.objects.create(trainee=trainee, document_number="望监〔2023〕3号", **known | days | values)
