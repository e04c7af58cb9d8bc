"""Leave from the camp warns whoever plans something, without its reason."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from cadre_app.core.busy import clashes
from cadre_app.training.models import Camp, CampExit, CampMember
from tests.factories import TraineeFactory
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db
REFERENCE = date(2026, 9, 1)


def at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=hour)


def on_leave(reference: date = REFERENCE, reason: str = "产假", **fields: object) -> CampMember:
    camp = Camp.objects.create(year=reference.year, reference_on=reference)
    known = {"grade": 1, "months": 3, "rule": "x", "joined_on": reference, "paused_reason": reason}
    return CampMember.objects.create(camp=camp, trainee=TraineeFactory.create(), **known | fields)


def found(member: CampMember, day: date = TODAY) -> list[tuple[str, bool]]:
    with translation.override("en"):
        times = clashes([member.trainee_id], at(day, 9), at(day, 12)).get(member.trainee_id, [])
    return [(one.text, one.is_whole) for one in times]


@pytest.mark.parametrize("day", [REFERENCE, TODAY, date(2027, 8, 31)])
def test_whoever_is_on_leave_is_taken_as_long_as_the_camp_lasts(day: date) -> None:
    assert found(on_leave(), day) == [("On leave from the camp", True)]


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"reference": date(2025, 9, 1)},
        {"joined_on": TODAY + timedelta(days=1)},
        {"left_on": TODAY, "left_kind": CampExit.DEPARTED},
    ],
)
def test_others_are_free(fields: dict[str, object]) -> None:
    assert found(on_leave(**fields)) == []  # type: ignore[arg-type]
