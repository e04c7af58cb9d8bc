"""Which days a period means, and the same a year before."""

from datetime import date

import pytest

from cadre_app.reports.periods import Period, span_of, year_before

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("period", "day", "span", "before"),
    [
        ("12m", DAY, ("2025-11-24", "2026-11-23"), ("2024-11-24", "2025-11-23")),
        ("12m", date(2024, 2, 29), ("2023-03-01", "2024-02-29"), ("2022-03-01", "2023-02-28")),
        ("12m", date(2025, 2, 28), ("2024-02-29", "2025-02-28"), ("2023-03-01", "2024-02-28")),
        ("year", DAY, ("2026-01-01", "2026-11-23"), ("2025-01-01", "2025-11-23")),
        ("year", date(2026, 1, 2), ("2026-01-01", "2026-01-02"), ("2025-01-01", "2025-01-02")),
        ("last", DAY, ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
        ("quarter", DAY, ("2026-10-01", "2026-11-23"), ("2025-10-01", "2025-11-23")),
        ("quarter", date(2026, 3, 31), ("2026-01-01", "2026-03-31"), ("2025-01-01", "2025-03-31")),
        ("month", DAY, ("2026-11-01", "2026-11-23"), ("2025-11-01", "2025-11-23")),
        ("month", date(2025, 2, 28), ("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
        ("month", date(2024, 2, 29), ("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        ("free", DAY, ("2024-02-29", "2026-11-23"), ("2023-02-28", "2025-11-23")),
    ],
)
def test_a_period_and_the_year_before_it(period, day, span, before):
    since = date(2024, 2, 29) if period == Period.FREE else None
    found = span_of(period, day, since)
    assert tuple(map(str, found)) == span
    assert tuple(map(str, year_before(period, found))) == before
