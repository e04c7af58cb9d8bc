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


def test_county_level_needs_a_fifth_of_five_years() -> None:
    assert [Rules().required(basis) for basis in Basis] == [90, 110]
    assert Rules(county=552).required(Basis.COUNTY) == Decimal("110.4")


@pytest.mark.parametrize(("online", "counted"), [("0", 50), ("40", 90), ("41.5", 90)])
def test_online_hours_count_up_to_their_limit(online: str, counted: int) -> None:
    assert Rules().counted(Decimal(50), Decimal(online)) == counted


@pytest.mark.parametrize(
    ("counted", "elapsed", "pace"),
    [("90", 1, Pace.REACHED), ("45", 182, Pace.ON_COURSE), ("45", 183, Pace.BEHIND), ("0", 1, Pace.BEHIND)],
)
def test_the_pace_is_what_the_days_gone_by_lead_to(counted: str, elapsed: int, pace: Pace) -> None:
    assert pace_of(Decimal(counted), Decimal(90), elapsed=elapsed, whole=365) == pace


@pytest.mark.parametrize(
    ("year", "arrived", "days"),
    [
        (2026, date(2024, 7, 1), (327, 365)),
        (2026, date(2026, 11, 14), (10, 48)),
        (2026, date(2026, 12, 20), (1, 12)),
        (2025, date(2024, 7, 1), (365, 365)),
        (2024, date(2024, 7, 1), (184, 184)),
    ],
)
def test_the_days_of_a_year_begin_with_reporting_for_duty(year: int, arrived: date, days: tuple[int, int]) -> None:
    assert days_of(year, arrived, date(2026, 11, 23)) == days


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
            "County-level posts and ranks of counsel: 550 training hours in five years, a fifth each year "
            "(Regulations on the training of civil servants)"
        ),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2025, 2026])
def test_one_query_reckons_as_the_functions_do(hours: Hours, year: int) -> None:
    """Each kind of file with none, few, enough and too many online hours, whether they came this year or before."""
    made = []
    kinds = ((CIVIL, "", 99), (CIVIL, "132", 99), (CIVIL, "", 6), (STAFF, "132", 6))
    arrivals = (date(2024, 7, 1), date(2026, 9, 1), date(2025, 12, 31))
    amounts = (("0", "0"), ("12.5", "60"), ("81", "0"), ("150", "1"), ("70", "0"))
    for number, ((status, level, rank_order), arrived) in enumerate(product(kinds, arrivals)):
        values = {"status": status, "post_level": level, "rank_order": rank_order, "arrived_on": arrived}
        file = TraineeFactory.create(home_unit=hours.district.town, kind=Kind.INTRODUCED, **values)
        for amount, mode in zip(amounts[number % len(amounts)], (Mode.CLASSROOM, Mode.ONLINE), strict=True):
            if amount != "0":
                hours.earned(amount, mode, on=date(year, 2, 1), trainee=file)
        made.append(file)
    hours.earned("20", on=date(2024, 12, 31))
    rules = Rules.of_year(year)
    rows = {row.pk: row for row in with_hours(Trainee.objects.all(), year)}
    expected = {file.pk: reckon(file, *sums_of(file, year), year=year) for file in [*made, hours.file]}
    assert {pk: reckoned(row, year=year, rules=rules) for pk, row in rows.items()} == expected
    assert {pk: rows[pk].missing for pk in expected} == {pk: found.missing for pk, found in expected.items()}
    for pace in Pace:
        found = set(with_hours(Trainee.objects.all(), year).filter(in_pace(pace)).values_list("pk", flat=True))
        assert found == {pk for pk, one in expected.items() if one.pace == pace}
