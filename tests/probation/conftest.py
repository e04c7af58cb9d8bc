"""A town with somebody whose probation has just ended: the account, staff, liaison, leader; induction completed elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from cadre_app.people.models import Education, Trainee
from cadre_app.people.services import posts
from cadre_app.probation.models import Probation
from cadre_app.probation.services import conclusions, decisions, records, steps
from cadre_app.training.models import OutsideCourse, OutsideState
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

ARRIVED, ENDS = date(2025, 11, 10), date(2026, 11, 10)
COMMENT = "该同志试用期间政治表现良好，初任培训考核合格，能够胜任岗位工作，考核结果为合格，同意按期任职定级。"
GRADING: dict[str, Any] = {
    "comment": COMMENT,
    "post": "党建办公室工作人员",
    "rank": "11",
    "document_number": "望委组〔2026〕31号",
    "document_on": date(2026, 11, 20),
}
EXTENSION: dict[str, Any] = {
    "comment": "病假较多，尚需考察。", "extended_to": date(2027, 3, 10), "reason": "病假累计超过三个月",
}  # fmt: skip
FAILURE: dict[str, Any] = {
    "comment": "不能胜任岗位工作。",
    "reason": "试用期考核不合格",
    "document_number": "望委组〔2026〕32号",
    "document_on": date(2026, 11, 20),
}


UNWRITTEN: dict[str, Any] = {"missing_reason": "本人长期病休，未提交总结"}


@dataclass
class Town:
    district: District
    trainee: Trainee
    own: User
    staff: User
    other: User
    liaison: User
    leader: User

    @property
    def one(self) -> Probation:
        return Probation.objects.of_now().select_related("trainee__person", "trainee__home_unit").get(
            trainee=self.trainee
        )  # fmt: skip

    def fresh(self) -> Trainee:
        return Trainee.objects.select_related("person", "home_unit").get(pk=self.trainee.pk)

    def opened(self) -> Probation:
        return records.open_probation(self.trainee, actor=self.staff)

    def written(self) -> Probation:
        """With the own summary."""
        return steps.write_summary(self.opened(), summary="到岗一年，走遍全村农户。", actor=self.own)

    def opined(self) -> Probation:
        return steps.write_opinion(self.written(), opinion="学习认真，遵守纪律。", opinion_on=TODAY, actor=self.liaison)

    def concluded(self, **values: Any) -> Probation:
        return conclusions.conclude_passed(self.opined(), **(GRADING | values), actor=self.staff)

    def checked(self, **values: Any) -> Probation:
        return decisions.check_conclusion(self.concluded(**values), actor=self.other)

    def signed(self, **values: Any) -> Probation:
        return decisions.sign_conclusion(self.checked(**values), actor=self.leader)


def on_probation(town: Any, name: str, *, account: User | None = None, arrived: date = ARRIVED) -> Trainee:
    """A civil servant with a bachelor's degree."""
    person = PersonFactory.create(name=name, account=account)
    Education.objects.create(person=person, mode="full_time", level="21", degree="412")
    file = TraineeFactory.create(
        person=person, home_unit=town, arrived_on=arrived, probation_ends_on=arrived.replace(year=arrived.year + 1)
    )
    posts.add_post_record(file, started_on=arrived, post="试用期公务员", actor=None)
    return Trainee.objects.select_related("person", "home_unit").get(pk=file.pk)


def complete_induction(file: Trainee) -> None:
    OutsideCourse.objects.create(
        trainee=file, title="新录用公务员初任培训班", started_on=date(2026, 3, 9), ended_on=date(2026, 3, 20), hours=60,
        is_induction=True, state=OutsideState.VERIFIED, submitted_on=date(2026, 4, 1), verified_on=date(2026, 4, 2),
    )  # fmt: skip


@pytest.fixture
def town(place: District) -> Town:
    own = UserFactory.create(unit=place.town, kind=AccountKind.TRAINEE)
    file = on_probation(place.town, "林知远", account=own)
    complete_induction(file)
    people = [place.somebody(role, unit) for role, unit in (
        (Role.STAFF, place.top), (Role.LIAISON, place.town), (Role.LEADER, place.top),
    )]  # fmt: skip
    return Town(place, file, own, place.staff, *people)


def codes(caught: Any) -> dict[str, str]:
    """By field, the code of the first thing that is wrong with it."""
    return {name: errors[0].code for name, errors in caught.value.error_dict.items()}
