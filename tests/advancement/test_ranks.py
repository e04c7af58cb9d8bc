"""The earliest day of the next rank, as pure functions give it."""

from datetime import date

import pytest

from cadre_app.advancement.ranks import Ground, Period, Reckoning, Terms, Year, next_rank, reckon

TODAY = date(2026, 11, 23)
TERMS = Terms()


def run(since: date, *years: tuple[int, str], periods: tuple[Period, ...] = (), terms: Terms = TERMS) -> Reckoning:
    return reckon(since, [Year(*one) for one in years], periods, terms=terms, today=TODAY)


def competent(*years: int) -> list[tuple[int, str]]:
    return [(year, "competent") for year in years]


@pytest.mark.parametrize(
    ("since", "years", "due"),
    [
        (date(2024, 8, 15), competent(2024, 2025), date(2026, 8, 15)),
        (date(2025, 8, 1), [(2025, "excellent")], date(2027, 2, 1)),
        (date(2025, 8, 1), [(2024, "excellent")], date(2027, 8, 1)),
        (date(2024, 8, 15), [(2024, "excellent"), (2025, "excellent")], date(2026, 1, 1)),
        (date(2020, 1, 1), [(2020, "excellent"), (2021, "excellent"), (2022, "excellent")], date(2021, 7, 1)),
        (date(2024, 8, 15), [(2024, "competent"), (2025, "basic_competent")], date(2027, 8, 15)),
        (date(2024, 8, 15), [(2024, "basic_competent"), (2025, "competent")], date(2027, 1, 1)),
        (date(2024, 8, 15), [(2024, "competent"), (2025, "away")], date(2027, 8, 15)),
        (date(2024, 8, 15), [(2024, "competent"), (2025, "case_open")], date(2027, 8, 15)),
        (date(2024, 8, 15), [(2024, "competent"), (2025, "incompetent")], date(2027, 8, 15)),
        (date(2020, 1, 1), [*competent(2020, 2021), (2022, "basic_competent")], date(2022, 1, 1)),
    ],
)
def test_years_move_the_day(since: date, years: list[tuple[int, str]], due: date) -> None:
    assert run(since, *years).due_on == due


def test_months_add_up_before_they_meet_the_end_of_february() -> None:
    since = date(2024, 2, 29)
    assert run(since, *competent(2024, 2025)).due_on == date(2026, 2, 28)
    assert run(since, (2024, "excellent"), (2025, "competent")).due_on == date(2025, 8, 29)
    assert run(since, *competent(2024), (2025, "basic_competent")).due_on == date(2027, 2, 28)


def test_the_year_of_probation_lies_before_the_first_rank() -> None:
    """Probation ended in August 2024: the comment of 2023 has no grade and takes nothing away."""
    assert run(date(2024, 8, 15), (2023, "probation"), *competent(2024, 2025)).due_on == date(2026, 8, 15)


def test_of_a_year_that_ends_on_probation_the_part_in_the_rank_does_not_count() -> None:
    found = run(date(2024, 8, 15), (2024, "probation"), *competent(2025))
    assert (found.due_on, found.reasons[1].months, found.reasons[1].days) == (date(2027, 1, 1), 4, 17)


def test_a_period_over_two_years() -> None:
    period = Period(date(2024, 11, 5), date(2025, 5, 4))
    found = run(date(2024, 8, 15), *competent(2024, 2025), periods=(period,))
    assert (found.due_on, found.reasons[1].ground, found.reasons[1].months) == (date(2027, 2, 15), Ground.PERIOD, 6)


def test_what_overlaps_is_left_out_once() -> None:
    periods = (Period(date(2024, 11, 5), date(2025, 5, 4)), Period(date(2025, 3, 1), date(2025, 5, 4)))
    found = run(date(2024, 1, 1), (2024, "basic_competent"), *competent(2025), periods=periods)
    moved = [(one.months, one.days, one.is_without_effect) for one in found.reasons[1:]]
    assert moved == [(12, 0, False), (4, 4, False), (0, 0, True)]
    assert found.due_on == date(2027, 5, 5)


def test_several_periods_apart_add_up() -> None:
    periods = (Period(date(2025, 1, 10), date(2025, 7, 9)), Period(date(2026, 1, 10), date(2026, 7, 9)))
    assert run(date(2024, 8, 15), *competent(2024, 2025), periods=periods).due_on == date(2027, 8, 15)


def test_only_the_part_of_a_period_that_lies_in_the_rank() -> None:
    periods = (Period(date(2024, 6, 1), date(2024, 9, 14)), Period(date(2022, 1, 1), date(2022, 12, 31)))
    assert run(date(2024, 8, 15), *competent(2024, 2025), periods=periods).due_on == date(2026, 9, 15)


def test_a_period_without_an_end_leaves_the_day_open() -> None:
    found = run(date(2024, 8, 15), (2024, "excellent"), (2025, "excellent"), periods=(Period(date(2025, 2, 1), None),))
    assert found.due_on is None
    assert [one.ground for one in found.reasons][-2:] == [Ground.PERIOD, Ground.EXCELLENT]


def test_a_period_after_the_day_changes_nothing() -> None:
    later = (Period(date(2023, 1, 1), None),)
    assert run(date(2020, 1, 1), *competent(2020, 2021), periods=later).due_on == date(2022, 1, 1)


def test_years_without_a_result_count_for_the_time_being() -> None:
    found = run(date(2024, 8, 15), (2025, "transferred"))
    assert (found.due_on, found.open_years) == (date(2026, 8, 15), (2024, 2025))
    assert run(date(2020, 1, 1), *competent(2020, 2021)).open_years == ()


def test_settings_decide_what_counts() -> None:
    lax = Terms(base_months=36, excellent_months=3, skips_basic=False, skips_no_grade=False, skips_periods=False)
    years = ((2024, "excellent"), (2025, "basic_competent"))
    period = (Period(date(2025, 2, 1), None),)
    assert run(date(2024, 8, 15), *years, periods=period, terms=lax).due_on == date(2027, 5, 15)
    assert run(date(2024, 8, 15), (2024, "away"), terms=lax).due_on == date(2027, 8, 15)


def test_each_line_names_the_day_after_it() -> None:
    found = run(date(2024, 8, 15), (2024, "excellent"), (2025, "basic_competent"))
    days = [(one.ground, one.due_on) for one in found.reasons]
    assert days == [
        (Ground.BASE, date(2026, 8, 15)),
        (Ground.EXCELLENT, date(2026, 2, 15)),
        (Ground.BASIC, date(2027, 2, 15)),
    ]


@pytest.mark.parametrize(("rank", "after"), [("12", "11"), ("10", "09"), ("07", "06"), ("06", None), ("", None)])
def test_the_step_above(rank: str, after: str | None) -> None:
    assert next_rank(rank) == after
