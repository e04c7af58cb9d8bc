"""What rings about hours, and what the growth file says of them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import translation

from cadre_app.core.growth import growth_sources, head_parts
from cadre_app.core.reminding import reminder_rules
from cadre_app.growth.timeline import Timeline
from cadre_app.people.access import resolve
from cadre_app.people.models import Trainee
from cadre_app.policy.models import PolicyValue
from cadre_app.training.growth.hours import hours_of_year
from cadre_app.training.models import HoursEntry, Mode
from cadre_app.training.services import outside
from tests.factories import TraineeFactory
from tests.training.hours.conftest import TODAY, Hours

pytestmark = pytest.mark.django_db
JULY, OCTOBER = date(2026, 7, 1), date(2026, 10, 1)


def due(key: str, until: date) -> list[tuple[Any, ...]]:
    return list(reminder_rules[key].dues(until).values_list("due_day", "trainee_key", "doer_key"))


def words(key: str, hours: Hours, who: str) -> Any:
    rule = reminder_rules[key]
    [item] = rule.visible(rule.dues(TODAY), hours.user(who))
    with translation.override("en"):
        return rule.words(rule.rows().get(pk=item.pk), item.due_day, hours.user(who))


@pytest.mark.parametrize(
    ("today", "until", "earned", "day"),
    [
        ("2026-06-20", date(2026, 6, 20), "0", None),
        ("2026-06-20", date(2026, 7, 4), "44.5", JULY),
        ("2026-07-01", JULY, "44.5", JULY),
        ("2026-07-01", JULY, "45", None),
        ("2026-09-20", date(2026, 10, 4), "44.5", JULY),
        ("2026-09-20", date(2026, 10, 4), "67", OCTOBER),
        ("2026-11-23", TODAY, "0", OCTOBER),
        ("2026-11-23", date(2027, 3, 1), "67.5", None),
    ],
)
def test_hours_ring_in_july_below_half_and_in_october_below_three_quarters(
    hours: Hours, today: str, until: date, earned: str, day: date | None
) -> None:
    if earned != "0":
        hours.earned(earned)
    with time_machine.travel(f"{today}T12:00:00+08:00", tick=False):
        found = due("training.hours_behind", until)
    assert found == ([(day, hours.file.pk, hours.own.pk)] if day else [])


@pytest.mark.parametrize(
    ("arrived", "earned", "day"),
    [
        (date(2026, 1, 5), "66.5", OCTOBER),  # 269 of 361 days ask for 67.1
        (date(2026, 1, 5), "67.5", None),
        (date(2026, 9, 1), "22", OCTOBER),
        (date(2026, 9, 2), "0.5", None),  # not yet a month
    ],
)
def test_who_came_this_year_is_asked_from_that_day_on_first_after_a_month(
    hours: Hours, arrived: date, earned: str, day: date | None
) -> None:
    Trainee.objects.filter(pk=hours.file.pk).update(arrived_on=arrived)
    hours.earned(earned)
    assert due("training.hours_behind", TODAY) == ([(day, hours.file.pk, hours.own.pk)] if day else [])


def test_who_left_is_not_rung(hours: Hours) -> None:
    TraineeFactory.create(home_unit=hours.district.town, departed_on=date(2026, 2, 1))
    assert [trainee for _day, trainee, _doer in due("training.hours_behind", TODAY)] == [hours.file.pk]


COUNSEL = {"rank_order": 6, "arrived_on": date(2020, 7, 1)}
BESIDE = "Besides 16 online hours in 2026, which are counted apart."


@pytest.mark.parametrize(
    ("file", "own", "other"),
    [
        (
            {},
            "12.5 classroom hours this year; at least 90 are needed.",
            "12.5 classroom hours this year; at least 90 are",
        ),
        (
            COUNSEL,
            "12.5 classroom hours in 2022–2026; at least 550 are needed in these five years.",
            "12.5 classroom hours in 2022–2026; at least 550 are",
        ),
    ],
)
def test_it_speaks_to_the_person_and_of_the_person_of_classroom_hours_with_online_ones_beside(
    hours: Hours, file: dict[str, Any], own: str, other: str
) -> None:
    Trainee.objects.filter(pk=hours.file.pk).update(**file)
    hours.earned("12.5")
    hours.earned("16", Mode.ONLINE)
    told = [words("training.hours_behind", hours, who) for who in ("own", "staff")]
    assert told[0].why == f"You have completed {own} {BESIDE}"
    assert told[1].why.startswith(f"林知远 has completed {other}")
    assert (told[1].subject, told[1].why.endswith(BESIDE)) == ("林知远", True)


def test_where_online_hours_count_the_sentence_says_so(hours: Hours) -> None:
    PolicyValue.objects.create(key="training.online_counts", valid_from=date(2026, 1, 1), value=True, source="通知")
    hours.earned("12.5")
    hours.earned("50", Mode.ONLINE)
    assert words("training.hours_behind", hours, "own").why == (
        "You have completed 52.5 classroom and online hours this year; at least 90 are needed."
    )


def test_a_submitted_course_is_the_office_s_to_verify_within_a_week(hours: Hours) -> None:
    course = hours.submitted()
    assert due("training.outside_to_verify", date(2026, 11, 29)) == []
    assert due("training.outside_to_verify", date(2026, 11, 30)) == [(date(2026, 11, 30), hours.file.pk, None)]
    outside.return_course(course, return_reason="请补结业证书", actor=hours.staff)
    assert due("training.outside_to_verify", date(2027, 1, 1)) == []


def test_a_returned_course_rings_the_person_until_it_is_completed(hours: Hours) -> None:
    course = outside.return_course(hours.submitted(), return_reason="请补结业证书", actor=hours.staff)
    assert due("training.outside_returned", TODAY) == [(TODAY, hours.file.pk, hours.own.pk)]
    assert words("training.outside_returned", hours, "own").why == (
        "Your outside course “乡村治理专题研讨班” was returned: 请补结业证书"
    )
    rule = reminder_rules["training.outside_returned"]
    assert list(rule.visible(rule.dues(TODAY), hours.user("staff"))) == []
    outside.withdraw_course(course, actor=hours.own)
    assert due("training.outside_returned", TODAY) == []


@pytest.mark.parametrize("who", ["staff", "leader", "liaison", "own"])
def test_a_verified_course_is_an_entry_of_the_file(hours: Hours, who: str) -> None:
    outside.verify_course(hours.submitted(), actor=hours.staff)
    hours.submitted(title="尚未核实")
    access = resolve(hours.user(who), hours.file)
    rows = Timeline(hours.file, access).page(size=50, kind="training").rows
    with translation.override("en"):
        found = [growth_sources[row.source].words(row, access) for row in rows]
    assert [(one.title, one.text) for one in found] == [
        ("Outside course: 乡村治理专题研讨班", "市委党校, 12 training hours (Classroom)")
    ]


@pytest.mark.parametrize("who", ["staff", "leader", "liaison", "own", "other_staff"])
def test_the_head_of_the_file_names_the_hours_of_the_year(
    hours: Hours, who: str, django_assert_max_num_queries: Any
) -> None:
    hours.earned("30")
    access = resolve(hours.user(who), hours.file)
    with translation.override("en"), django_assert_max_num_queries(4):
        lines = head_parts["training.hours"].lines(hours.file, access)
    told = [("30 of 90", "60 still missing", "Will miss at this pace")]
    assert [(line.text, line.note, line.state_label) for line in lines] == ([] if who == "other_staff" else told)


def test_years_before_hours_were_kept_tell_of_none(hours: Hours) -> None:
    access = resolve(hours.user("staff"), hours.file)
    Trainee.objects.filter(pk=hours.file.pk).update(arrived_on=date(2024, 7, 1))
    file = Trainee.objects.select_related("person", "home_unit").get(pk=hours.file.pk)
    HoursEntry.objects.all().delete()
    assert [len(hours_of_year(file, access, year)) for year in (2024, 2025, 2026)] == [0, 0, 1]
    hours.earned("8", on=date(2025, 3, 1))
    assert [len(hours_of_year(file, access, year)) for year in (2024, 2025, 2026)] == [0, 1, 1]


def test_no_hours_are_asked_for_from_the_year_of_leaving_on(hours: Hours) -> None:
    access = resolve(hours.user("staff"), hours.file)
    assert hours_of_year(hours.file, access, 2026) != []
    hours.file.departed_on = date(2026, 8, 10)
    assert [hours_of_year(hours.file, access, year) for year in (2026, 2027)] == [[], []]
    hours.file.departed_on = date(2027, 8, 10)
    assert hours_of_year(hours.file, access, 2026) != []
