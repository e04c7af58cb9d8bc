"""The stage of many rows in one query says the same as the pure functions, and conditions divide all rows."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre_app.core.days import add_years
from cadre_app.people.models import Kind, Person, Status, Trainee, VillageTerm
from cadre_app.stages.labels import STAGE_CHOICES, parse, value_of
from cadre_app.stages.rules import Facts, Rules, stage_on
from cadre_app.stages.sql import in_stage, with_stage
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2060, 12, 31)
DAY = date(2026, 11, 23)
RULES = Rules()
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

days = st.dates(FIRST_DAY, LAST_DAY) | st.sampled_from(
    [date(year, month, day) for year in (2023, 2024, 2028) for month, day in ((2, 28), (3, 1), (12, 31), (9, 1))]
    + [date(2024, 2, 29), date(2028, 2, 29), date(2000, 2, 29)]
)
rule_sets = st.builds(
    Rules,
    second_years=st.integers(1, 4),
    third_years=st.integers(1, 4),
    month=st.integers(1, 12) | st.just(2),
    day=st.integers(1, 31) | st.integers(28, 31),
)


@st.composite
def situations(draw):
    """A day, rules, and the dates of some people, many of them right beside the days on which something changes."""
    rules, day = draw(rule_sets), draw(days)
    day = rules.reference_in(day.year) + timedelta(days=draw(st.integers(-1, 1))) if draw(st.booleans()) else day
    reference = rules.latest_reference(day)
    turns = [day, *[add_years(reference, -years) for years in range(6)]]
    near = st.builds(lambda turn, off: turn + timedelta(days=off), st.sampled_from(turns), st.integers(-2, 2))
    dates = near | days
    rarely = st.none() | st.none() | dates
    rows = draw(st.lists(st.tuples(dates, rarely, rarely), min_size=5, max_size=40))
    return day, rules, [(arrived, term, left if left and left >= arrived else None) for arrived, term, left in rows]


def insert(rows):
    unit = UnitFactory()
    people = Person.objects.bulk_create([Person(name="某同志") for _row in rows])
    Trainee.objects.bulk_create(
        Trainee(
            person=person,
            file_number=uuid.uuid4().hex[:24],
            kind=Kind.SELECTED,
            status=Status.CIVIL_SERVANT,
            home_unit=unit,
            arrived_on=arrived,
            term_ends_on=term,
            departed_on=left,
        )
        for person, (arrived, term, left) in zip(people, rows, strict=True)
    )


COLUMNS = ("arrived_on", "term_ends_on", "departed_on")


def differences(day, rules):
    """Rows of which the query, or the conditions, say something else than the functions."""
    rows = with_stage(Trainee.objects.all(), day, rules).values_list("pk", *COLUMNS, "stage", "grade", "stage_since")
    conditions = {value: in_stage(*parse(value), day=day, rules=rules) for value, _label in STAGE_CHOICES}
    found = {value: set(Trainee.objects.filter(q).values_list("pk", flat=True)) for value, q in conditions.items()}
    for pk, *dates, stage, grade, since in rows:
        expected = stage_on(Facts(**dict(zip(COLUMNS, dates, strict=True))), day, rules)
        values = [value for value, pks in found.items() if pk in pks]
        if (stage, grade, since, values) != (
            expected.stage,
            expected.grade,
            expected.since,
            [value_of(expected.stage, expected.grade)],
        ):
            yield dates, stage, grade, since, values, expected


@thorough
@given(situations())
def test_the_query_and_the_conditions_say_what_the_functions_say(situation):
    day, rules, rows = situation
    with transaction.atomic():
        insert(rows)
        found = list(differences(day, rules))
        transaction.set_rollback(True)
    assert found == []


@pytest.mark.parametrize("reference_day", [28, 29])
@pytest.mark.parametrize("years", [(1, 2), (1, 4), (4, 3), (2, 2)])
def test_ends_of_february_are_agreed_on_in_every_year(reference_day, years):
    ends = [date(year, 2, 27) + timedelta(days=off) for year in range(2019, 2030) for off in range(4)]
    insert([(day, None, None) for day in ends])
    rules = Rules(second_years=years[0], third_years=years[1], month=2, day=reference_day)
    assert [found for day in ends for found in differences(day, rules)] == []


def test_the_camp_without_a_grade_is_all_grades():
    insert([(date(2026, 7, 1), None, None), (date(2025, 7, 1), None, None), (date(2020, 7, 1), date(2022, 7, 1), None)])
    camp = in_stage("camp", day=DAY, rules=RULES)
    grades = in_stage("camp", 1, day=DAY, rules=RULES) | in_stage("camp", 2, day=DAY, rules=RULES)
    assert list(Trainee.objects.filter(camp).order_by("arrived_on").values_list("arrived_on", flat=True)) == [
        date(2025, 7, 1),
        date(2026, 7, 1),
    ]
    assert set(Trainee.objects.filter(grades)) == set(Trainee.objects.filter(camp))


def test_rows_that_lead_to_a_trainee_have_its_stage_and_others_none():
    insert([(date(2025, 7, 1), None, None)])
    Person.objects.create(name="导师")
    people = with_stage(Person.objects.order_by("name"), DAY, RULES, prefix="trainee__")
    assert sorted(people.values_list("name", "stage", "grade", "stage_since"), key=str) == [
        ("导师", None, None, None),
        ("某同志", "camp", 2, date(2026, 9, 1)),
    ]
    condition = in_stage("camp", 2, day=DAY, rules=RULES, prefix="trainee__")
    assert list(Person.objects.filter(condition).values_list("name", flat=True)) == ["某同志"]
    assert str(with_stage(VillageTerm.objects.all(), DAY, RULES, prefix="trainee__").query) != ""


@pytest.mark.parametrize("day", [date.min, date(1, 8, 31), date(9999, 8, 31), date.max])
@pytest.mark.parametrize("reference", [(1, 1), (2, 29), (12, 31)])
def test_the_ends_of_the_calendar_are_answered(day, reference):
    rules = Rules(month=reference[0], day=reference[1])
    rows = [(date.min, None, None), (date(9998, 1, 1), date.max, None), (date.max, date.min, date.max)]
    insert(rows)
    assert list(differences(day, rules)) == []


def test_the_rules_in_force_on_the_day_are_asked_once(django_assert_num_queries):
    insert([(date(2025, 7, 1), None, None)])
    with django_assert_num_queries(2):
        assert [row.grade for row in with_stage(Trainee.objects.all(), DAY)] == [2]
    with django_assert_num_queries(2):
        assert Trainee.objects.filter(in_stage("camp", 2, day=DAY)).count() == 1


def test_stages_can_be_counted_sorted_and_filtered_by():
    insert([(date(2026, 7, 1), None, None), (date(2025, 7, 1), None, None), (date(2020, 7, 1), date(2022, 7, 1), None)])
    staged = with_stage(Trainee.objects.all(), DAY, RULES)
    counted = staged.values("stage").annotate(number=Count("pk")).order_by("stage")
    assert list(counted.values_list("stage", "number")) == [("advanced", 1), ("camp", 2)]
    assert [row.grade for row in staged.order_by("-stage", "-grade")] == [2, 1, None]
    people = Person.objects.filter(pk__in=staged.filter(stage="camp", grade=2).values("person_id"))
    assert [person.trainee.arrived_on for person in people] == [date(2025, 7, 1)]


@pytest.mark.parametrize(("stage", "grade"), [("camp", 4), ("camp", 0), ("gone", None)])
def test_a_stage_that_does_not_exist_is_an_error(stage, grade):
    with pytest.raises(ValueError):
        in_stage(stage, grade, day=DAY, rules=RULES)


def test_conditions_are_plain_ranges_of_the_columns():
    assert in_stage("camp", 2, day=DAY, rules=RULES) == (
        Q(arrived_on__lte=DAY)
        & (Q(departed_on=None) | Q(departed_on__gt=DAY))
        & (Q(term_ends_on=None) | Q(term_ends_on__gte=DAY))
        & (Q(arrived_on__lt=date(2025, 9, 2)) & Q(arrived_on__gte=date(2024, 9, 2)))
    )
