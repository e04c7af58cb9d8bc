from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre_app.core.days import add_months, add_years, months_between
from cadre_app.stages.keys import Rule
from cadre_app.stages.rules import Facts, Missing, Rules, StageKey, Stretch, course, stage_on

RULES = Rules()
DAY = date(2026, 11, 23)


def on(day=DAY, rules=RULES, **dates):
    stage = stage_on(Facts(**dates), day, rules)
    return (stage.stage, stage.grade, stage.since)


def camp(grade, since):
    return (StageKey.CAMP, grade, since)


@pytest.mark.parametrize(
    ("arrived_on", "day", "expected"),
    [
        (date(2025, 7, 7), date(2025, 7, 6), (StageKey.NOT_ARRIVED, None, None)),
        (date(2025, 7, 7), date(2025, 7, 7), camp(1, date(2025, 7, 7))),
        (date(2025, 7, 7), date(2026, 8, 31), camp(1, date(2025, 7, 7))),
        (date(2025, 7, 7), date(2026, 9, 1), camp(2, date(2026, 9, 1))),
        (date(2025, 7, 7), date(2027, 8, 31), camp(2, date(2026, 9, 1))),
        (date(2025, 7, 7), date(2027, 9, 1), camp(3, date(2027, 9, 1))),
        (date(2025, 9, 1), date(2026, 9, 1), camp(2, date(2026, 9, 1))),
        (date(2025, 9, 2), date(2026, 9, 1), camp(1, date(2025, 9, 2))),
        (date(2025, 9, 2), date(2027, 9, 1), camp(2, date(2027, 9, 1))),
        (date(2019, 7, 1), date(2026, 11, 23), camp(3, date(2021, 9, 1))),
    ],
)
def test_the_grade_follows_completed_years_on_the_reference_date(arrived_on, day, expected):
    assert on(day, arrived_on=arrived_on) == expected


@pytest.mark.parametrize(
    ("day", "rules", "expected"),
    [
        (date(2025, 2, 27), Rules(month=2, day=28), camp(1, date(2024, 2, 29))),
        (date(2025, 2, 28), Rules(month=2, day=28), camp(2, date(2025, 2, 28))),
        (date(2028, 2, 28), Rules(month=2, day=29), camp(3, date(2026, 2, 28))),
        (date(2028, 2, 28), Rules(second_years=4, third_years=5, month=2, day=29), camp(1, date(2024, 2, 29))),
        (date(2028, 2, 29), Rules(second_years=4, third_years=5, month=2, day=29), camp(2, date(2028, 2, 29))),
    ],
)
def test_29_february_completes_its_years_on_the_last_day_of_february(day, rules, expected):
    assert on(day, rules, arrived_on=date(2024, 2, 29)) == expected


def test_a_reference_day_that_the_month_lacks_is_its_last_day():
    rules = Rules(month=6, day=31)
    assert on(date(2026, 6, 30), rules, arrived_on=date(2025, 6, 30)) == camp(2, date(2026, 6, 30))


@pytest.mark.parametrize(
    ("term_ends_on", "expected"),
    [
        (None, camp(3, date(2026, 9, 1))),
        (DAY, camp(3, date(2026, 9, 1))),
        (DAY - timedelta(days=1), (StageKey.ADVANCED, None, DAY)),
        (date(2025, 8, 31), (StageKey.ADVANCED, None, date(2025, 9, 1))),
        (date(2020, 1, 1), (StageKey.ADVANCED, None, date(2024, 7, 1))),
    ],
)
def test_the_advanced_plan_begins_the_day_after_the_village_term(term_ends_on, expected):
    assert on(arrived_on=date(2024, 7, 1), term_ends_on=term_ends_on) == expected


@pytest.mark.parametrize("term_ends_on", [None, date(2026, 8, 31), date(2030, 1, 1)])
def test_whoever_left_has_left_whatever_the_term_says(term_ends_on):
    dates = {"arrived_on": date(2024, 7, 1), "term_ends_on": term_ends_on}
    assert on(departed_on=DAY, **dates) == (StageKey.LEFT, None, DAY)
    assert on(departed_on=DAY + timedelta(days=1), **dates)[0] != StageKey.LEFT


def test_a_third_grade_at_the_years_of_the_second_leaves_the_second_out():
    rules = Rules(second_years=2, third_years=2)
    assert on(date(2026, 9, 1), rules, arrived_on=date(2024, 9, 1)) == camp(3, date(2026, 9, 1))
    assert on(date(2026, 8, 31), rules, arrived_on=date(2024, 9, 1)) == camp(1, date(2024, 9, 1))


def test_the_course_names_every_stretch_with_its_days():
    facts = Facts(arrived_on=date(2025, 7, 7), term_ends_on=date(2027, 11, 30), departed_on=date(2030, 1, 1))
    assert course(facts, RULES) == (
        Stretch(StageKey.CAMP, 1, date(2025, 7, 7), date(2026, 8, 31)),
        Stretch(StageKey.CAMP, 2, date(2026, 9, 1), date(2027, 8, 31)),
        Stretch(StageKey.CAMP, 3, date(2027, 9, 1), date(2027, 11, 30)),
        Stretch(StageKey.ADVANCED, None, date(2027, 12, 1), date(2029, 12, 31)),
        Stretch(StageKey.LEFT, None, date(2030, 1, 1), None),
    )


@pytest.mark.parametrize(
    ("dates", "step"),
    [
        ({"arrived_on": date(2025, 7, 7)}, (StageKey.CAMP, 3, date(2027, 9, 1))),
        (
            {"arrived_on": date(2025, 7, 7), "term_ends_on": date(2027, 6, 30)},
            (StageKey.ADVANCED, None, date(2027, 7, 1)),
        ),
        ({"arrived_on": date(2025, 7, 7), "departed_on": date(2027, 1, 1)}, (StageKey.LEFT, None, date(2027, 1, 1))),
        ({"arrived_on": date(2026, 12, 1)}, (StageKey.CAMP, 1, date(2026, 12, 1))),
    ],
)
def test_the_next_step_follows_from_the_dates(dates, step):
    found = stage_on(Facts(**dates), DAY, RULES).next
    assert (found.stage, found.grade, found.since) == step


@pytest.mark.parametrize("term_ends_on", [None, date.max])
def test_no_next_step_where_the_dates_name_none(term_ends_on):
    assert stage_on(Facts(arrived_on=date(2020, 7, 1), term_ends_on=term_ends_on), DAY, RULES).next is None


@pytest.mark.parametrize(
    ("dates", "rule"),
    [
        ({"arrived_on": date(2026, 11, 24)}, Rule.NOT_ARRIVED),
        ({"arrived_on": date(2026, 9, 2)}, Rule.AFTER_REFERENCE),
        ({"arrived_on": date(2026, 9, 1)}, Rule.FIRST_GRADE),
        ({"arrived_on": date(2025, 9, 1)}, Rule.SECOND_GRADE),
        ({"arrived_on": date(2024, 9, 1)}, Rule.THIRD_GRADE),
        ({"arrived_on": date(2024, 9, 1), "term_ends_on": date(2026, 11, 22)}, Rule.TERM_ENDED),
        ({"arrived_on": date(2024, 9, 1), "departed_on": DAY}, Rule.LEFT),
    ],
)
def test_every_stage_names_the_rule_that_says_so(dates, rule):
    assert stage_on(Facts(**dates), DAY, RULES).rule == rule


SECOND_YEAR, THIS_YEAR = date(2025, 7, 7), date(2026, 7, 7)


@pytest.mark.parametrize(
    ("dates", "missing"),
    [
        ({"arrived_on": THIS_YEAR}, ()),
        ({"arrived_on": SECOND_YEAR}, (Missing.NO_TERM,)),
        ({"arrived_on": THIS_YEAR, "has_term": True}, (Missing.TERM_OPEN,)),
        ({"arrived_on": SECOND_YEAR, "has_term": True}, (Missing.TERM_OPEN,)),
        ({"arrived_on": SECOND_YEAR, "has_term": True, "term_ends_on": DAY}, ()),
        (
            {"arrived_on": SECOND_YEAR, "has_term": True, "term_ends_on": date(2026, 11, 22)},
            (Missing.TERM_UNCONFIRMED,),
        ),
        (
            {
                "arrived_on": SECOND_YEAR,
                "has_term": True,
                "term_ends_on": date(2026, 11, 22),
                "term_confirmed": True,
            },
            (),
        ),
        ({"arrived_on": SECOND_YEAR, "departed_on": DAY}, ()),
    ],
)
def test_what_the_dates_leave_open_is_named(dates, missing):
    assert stage_on(Facts(**dates), DAY, RULES).missing == missing


@pytest.mark.parametrize("arrived_on", [date.min, date(1, 12, 31), date(9998, 1, 1), date.max])
@pytest.mark.parametrize("day", [date.min, date(1, 8, 31), date(9999, 8, 31), date.max])
def test_the_ends_of_the_calendar_raise_nothing(arrived_on, day):
    stage = stage_on(Facts(arrived_on=arrived_on, term_ends_on=date.max), day, RULES)
    assert (stage.stage == StageKey.NOT_ARRIVED) == (day < arrived_on)
    assert stage.months_on_reference >= 0


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(day=days, months=st.integers(0, 600))
def test_months_between_is_what_add_months_adds(day, months):
    later = add_months(day, months)
    assert months_between(day, later) == months
    assert months_between(day, later - timedelta(days=1)) == max(0, months - 1)


@given(arrived_on=days, later=st.integers(0, 4000))
def test_nobody_falls_back_to_an_earlier_grade(arrived_on, later):
    facts = Facts(arrived_on=arrived_on)
    day = arrived_on + timedelta(days=later)
    grade = stage_on(facts, day, RULES).grade
    assert grade <= stage_on(facts, day + timedelta(days=1), RULES).grade
    assert (grade > 1) == (add_years(arrived_on, 1) <= RULES.latest_reference(day))
