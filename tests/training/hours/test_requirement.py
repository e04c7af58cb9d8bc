"""How many hours are needed and how far somebody is: pure functions, and the same in one query."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.utils import timezone, translation

from cadre_app.people.models import Kind, Status, Trainee
from cadre_app.policy.models import PolicyValue
from cadre_app.training.models import Mode
from cadre_app.training.requirement import Basis, Pace, Rules, basis_of, basis_text, days_of, pace_of, reckon
from cadre_app.training.requirement_sql import in_pace, reckoned, sums_of, with_hours
from tests.factories import TraineeFactory
from tests.training.hours.conftest import Hours

CIVIL, STAFF = Status.CIVIL_SERVANT, Status.INSTITUTION


@pytest.mark.parametrize(
    ("status", "post_level", "rank_order", "basis"),
    [
        (CIVIL, "", 99, Basis.YEARLY),
        (CIVIL, "141", 7, Basis.YEARLY),
        (CIVIL, "142", 6, Basis.COUNTY),
        (CIVIL, "132", 99, Basis.COUNTY),
        (CIVIL, "121", 99, Basis.COUNTY),
        (CIVIL, "199", 12, Basis.YEARLY),
        (STAFF, "132", 6, Basis.YEARLY),
    ],
)
def test_the_rule_follows_from_post_level_and_rank(status: str, post_level: str, rank_order: int, basis: Basis) -> None:
    assert basis_of(status, post_level, rank_order) == basis


def test_county_level_needs_the_hours_of_five_years() -> None:
    assert [Rules().required(basis) for basis in Basis] == [90, 550]


@pytest.mark.parametrize(
    ("rules", "counted"),
    [(Rules(), 51), (Rules(online_counts=True), 101.5), (Rules(online_counts=True, online_cap=0), 51)],
)
def test_online_hours_count_up_to_the_limit_of_each_year_and_only_where_a_setting_says_so(
    rules: Rules, counted: float
) -> None:
    years = [(Decimal(50), Decimal("41.5")), (Decimal(1), Decimal("10.5"))]
    assert rules.counted(years) == Decimal(str(counted))


@pytest.mark.parametrize(
    ("counted", "elapsed", "pace"),
    [("90", 1, Pace.REACHED), ("45", 182, Pace.ON_COURSE), ("45", 183, Pace.BEHIND), ("0", 1, Pace.BEHIND)],
)
def test_the_pace_is_what_the_days_gone_by_lead_to(counted: str, elapsed: int, pace: Pace) -> None:
    assert pace_of(Decimal(counted), Decimal(90), elapsed=elapsed, whole=365) == pace


@pytest.mark.parametrize(
    ("year", "arrived", "basis", "days"),
    [
        (2026, date(2024, 7, 1), Basis.YEARLY, (327, 365)),
        (2026, date(2026, 11, 14), Basis.YEARLY, (10, 48)),
        (2026, date(2026, 12, 20), Basis.YEARLY, (1, 12)),
        (2025, date(2024, 7, 1), Basis.YEARLY, (365, 365)),
        (2024, date(2024, 7, 1), Basis.YEARLY, (184, 184)),
        (2026, date(2020, 7, 1), Basis.COUNTY, (1788, 1826)),
        (2026, date(2026, 11, 14), Basis.COUNTY, (10, 1826)),
        (2025, date(2020, 7, 1), Basis.COUNTY, (1826, 1826)),
    ],
)
def test_the_days_begin_with_reporting_for_duty_and_county_level_has_five_years(
    year: int, arrived: date, basis: Basis, days: tuple[int, int]
) -> None:
    assert days_of(year, arrived, date(2026, 11, 23), basis) == days


@pytest.mark.django_db
def test_the_rule_is_told_with_its_source(hours: Hours) -> None:
    now = timezone.localdate()
    PolicyValue.objects.create(
        key="training.hours_per_year", valid_from=now, value=100, source="市委组织部通知", reason="调整"
    )
    with translation.override("en"):
        told = [basis_text(basis, 2026) for basis in Basis]
    assert told == [
        (
            "Township-level posts, ranks up to chief section member, public institutions: 100 training hours a year "
            "(市委组织部通知)"
        ),
        (
            "County-level posts and ranks of counsel: 550 training hours in five years, this one and the four before; "
            "a fifth a year is the pace (Regulations on the training of civil servants)"
        ),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("online_counts", [False, True])
@pytest.mark.parametrize("year", [2025, 2026])
def test_one_query_reckons_as_the_functions_do(hours: Hours, year: int, online_counts: bool) -> None:
    """Each kind of file with none, few, enough and too many online hours, whether they came this year or before."""
    made = []
    kinds = ((CIVIL, "", 99), (CIVIL, "132", 99), (CIVIL, "", 6), (STAFF, "132", 6))
    arrivals = (date(2020, 7, 1), date(2026, 9, 1), date(2025, 12, 31))
    amounts = (("0", "0"), ("12.5", "60"), ("81", "0"), ("150", "1"), ("110", "45"))
    for number, ((status, level, rank_order), arrived) in enumerate(product(kinds, arrivals)):
        values = {"status": status, "post_level": level, "rank_order": rank_order, "arrived_on": arrived}
        file = TraineeFactory.create(home_unit=hours.district.town, kind=Kind.INTRODUCED, **values)
        for amount, mode in zip(amounts[number % len(amounts)], (Mode.CLASSROOM, Mode.ONLINE), strict=True):
            for back in (0, 1, 4, 5) if amount != "0" else ():
                hours.earned(amount, mode, on=date(year - back, 2, 1), trainee=file)
        made.append(file)
    hours.earned("20", on=date(2024, 12, 31))
    rules = Rules(online_counts=online_counts)
    rows = {row.pk: row for row in with_hours(Trainee.objects.all(), year, rules)}
    expected = {file.pk: reckon(file, sums_of(file, year), year=year, rules=rules) for file in [*made, hours.file]}
    assert {pk: reckoned(row, year=year) for pk, row in rows.items()} == expected
    assert {pk: rows[pk].missing for pk in expected} == {pk: found.missing for pk, found in expected.items()}
    for pace in Pace:
        found = set(with_hours(Trainee.objects.all(), year, rules).filter(in_pace(pace)).values_list("pk", flat=True))
        assert found == {pk for pk, one in expected.items() if one.pace == pace}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("earned", "pace", "missing"),
    [
        ({2022: 200, 2023: 200, 2024: 150}, Pace.REACHED, 0),
        ({2022: 200, 2023: 200, 2026: 140}, Pace.ON_COURSE, 10),
        ({2024: 150, 2025: 150}, Pace.BEHIND, 250),
    ],
)
def test_county_level_is_measured_over_the_year_and_the_four_before(
    hours: Hours, earned: dict[int, int], pace: Pace, missing: int
) -> None:
    file = TraineeFactory.create(home_unit=hours.district.town, rank_order=6, arrived_on=date(2020, 7, 1))
    for year, amount in {2021: 200, **earned}.items():
        hours.earned(str(amount), on=date(year, 3, 1), trainee=file)
    found = reckon(file, sums_of(file, 2026), year=2026)
    assert (found.first_year, found.pace, found.missing) == (2022, pace, missing)
