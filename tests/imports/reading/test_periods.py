"""Both days in one cell: they are put into two columns where the last day stands nowhere else, and this is told."""

from datetime import date

import pytest
from django.utils import timezone, translation

from cadre_app.core.importing import ImportColumn
from cadre_app.imports.reading.table import ReadTable, read_table
from tests.imports.reading.books import book

COLUMNS = (
    ImportColumn(key="name", label="姓名", required=True),
    ImportColumn(key="first", label="培训时间", kind="date", required=True, until="last"),
    ImportColumn(key="last", label="结束日期", kind="date"),
)
POSTINGS = (
    COLUMNS[0],
    ImportColumn(key="first", label="起止时间", kind="date", required=True, until="due", over="ended"),
    ImportColumn(key="due", label="计划结束日期", kind="date"),
    ImportColumn(key="ended", label="实际结束日期", kind="date"),
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(*rows: list[str], columns: tuple[ImportColumn, ...] = COLUMNS) -> ReadTable:
    return read_table(book(*rows), "台账.xlsx", columns, most_rows=10)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025.6.9-6.13", date(2025, 6, 9), date(2025, 6, 13)),
        ("2025年6月16日至20日", date(2025, 6, 16), date(2025, 6, 20)),
        ("2025.06.23—2025.06.27", date(2025, 6, 23), date(2025, 6, 27)),
        ("2024.3.1 - 2024.8.31", date(2024, 3, 1), date(2024, 8, 31)),
        ("2025/12/29～2026/1/4", date(2025, 12, 29), date(2026, 1, 4)),
        ("2025-06-09——2025-06-13", date(2025, 6, 9), date(2025, 6, 13)),
    ],
)
@pytest.mark.parametrize("heads", [["姓名", "培训时间"], ["姓名", "培训时间", "结束日期"]], ids=["absent", "empty"])
def test_both_days_are_taken(text: str, first: date, last: date, heads: list[str]) -> None:
    table = read(heads, ["林知远", text])
    [row] = table.rows
    assert (row.unread, row.values["first"], row.values["last"]) == ([], first, last)
    assert row.cells["last"] == f"{last:%Y.%m.%d}"
    assert table.columns == ["name", "first", "last"]
    assert table.notes[-1] == "培训时间: in 1 row both days stand in one cell; the second one is taken as 结束日期."


@pytest.mark.parametrize("text", ["2025.6.9-6.8", "2025.6.9-6.31", "2025.12.30-1.3", "2025.6-2025.8", "6.9-6.13"])
def test_what_is_no_period_stays_unread(text: str) -> None:
    table = read(["姓名", "培训时间"], ["林知远", text])
    assert [key for key, _text in table.rows[0].unread] == ["first"]
    assert table.columns == ["name", "first"]
    assert table.notes == []


def test_a_last_day_of_its_own_contradicts() -> None:
    [row] = read(["姓名", "培训时间", "结束日期"], ["林知远", "2025.6.9-6.13", "2025.06.20"]).rows
    assert ([key for key, _text in row.unread], row.values["last"]) == (["first"], date(2025, 6, 20))


def test_a_last_day_that_is_past_is_the_real_one() -> None:
    year = timezone.localdate().year
    past, ahead = f"{year - 2}.3.1-{year - 2}.8.31", f"{year - 2}.3.1-{year + 2}.8.31"
    table = read(["姓名", "起止时间"], ["林知远", past], ["陈嘉穗", ahead], columns=POSTINGS)
    assert [sorted(row.values) for row in table.rows] == [["ended", "first", "name"], ["due", "first", "name"]]
    assert table.columns == ["name", "first", "due", "ended"]
