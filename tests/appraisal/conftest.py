"""A town with three civil servants and one of an institution, all arrived in 2024, and the campaign of 2025."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear, UnitQuota
from cadre_app.appraisal.services import course, decisions, entries, years
from cadre_app.core.roles import Role
from cadre_app.people.models import Kind, Status, Trainee
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

COMMENT = "该同志工作踏实，责任心强。"
DAYS = {
    "self_report_on": date(2026, 1, 5), "survey_on": date(2026, 1, 8), "appraised_on": date(2026, 1, 12)
}  # fmt: skip
NOTICE = {"notice_from": date(2026, 1, 14), "notice_until": date(2026, 1, 21)}
# Of somebody who is to become excellent by a correction that is proposed on the day of the tests.
LATER = {"notice_from": date(2026, 11, 23), "notice_until": date(2026, 11, 30)}


@dataclass
class Town:
    district: District
    people: Sequence[Trainee]
    own: User
    liaison: User
    leader: User
    campaign: AssessmentYear
    rows: list[AnnualAssessment] = field(default_factory=list)

    @property
    def staff(self) -> User:
        return User.objects.get(pk=self.district.staff.pk)

    @property
    def quota(self) -> UnitQuota:
        return UnitQuota.objects.select_related("campaign", "unit").get(unit=self.district.town)

    def row(self, index: int) -> AnnualAssessment:
        rows = AnnualAssessment.objects.select_related("trainee__person", "trainee__home_unit", "quota__campaign")
        return rows.get(trainee=self.people[index], year=2025)

    def approve(self, approved: int, participants: int = 10) -> None:
        years.set_quota(self.quota, participants=participants, approved=approved, actor=self.staff)

    def enter(self, index: int, outcome: str, *, by: User | None = None, **values: Any) -> AnnualAssessment:
        one = self.row(index)
        known = {"status": one.status, "outcome": outcome, "comment": COMMENT} | values
        return entries.edit_annual(one, **known, actor=by or self.liaison)

    def checked(self, index: int, outcome: str = "competent", **values: Any) -> AnnualAssessment:
        self.enter(index, outcome, **values)
        course.record_course(self.row(index), **DAYS, actor=self.liaison)
        if outcome == "excellent":
            course.record_course(self.row(index), **DAYS, **NOTICE, actor=self.liaison)
        return decisions.check_annual(self.row(index), actor=self.staff)

    def confirmed(self, index: int, outcome: str = "competent", **values: Any) -> AnnualAssessment:
        self.checked(index, outcome, **values)
        return decisions.sign_off_annual(self.row(index), actor=self.leader)

    def filed(self, index: int, outcome: str = "competent") -> AnnualAssessment:
        self.confirmed(index, outcome)
        return decisions.file_annual(self.row(index), filed_on=date(2026, 11, 23), actor=self.staff)


@pytest.fixture
def town(place: District) -> Town:
    own = UserFactory.create(unit=place.town, kind=AccountKind.TRAINEE)
    people = [
        TraineeFactory.create(person=PersonFactory.create(name="林知远", account=own), home_unit=place.town),
        TraineeFactory.create(person=PersonFactory.create(name="陈嘉穗"), home_unit=place.town),
        TraineeFactory.create(person=PersonFactory.create(name="黄雨桐"), home_unit=place.town),
        TraineeFactory.create(
            person=PersonFactory.create(name="蔡文琪"), home_unit=place.town, kind=Kind.INTRODUCED,
            status=Status.INSTITUTION,
        ),
    ]  # fmt: skip
    liaison, leader = place.somebody(Role.LIAISON, place.town), place.somebody(Role.LEADER, place.top)
    campaign = years.open_year(
        unit=place.top, year=2025, starts_on=date(2025, 12, 1), ends_on=date(2026, 1, 31), actor=place.staff
    )
    return Town(place, people, own, liaison, leader, campaign)
