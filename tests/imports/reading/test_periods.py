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
        ("2025.12.29-1.3", date(2025, 12, 29), date(2026, 1, 3)),
        ("2025.12.29-2026.1.3", date(2025, 12, 29), date(2026, 1, 3)),
        ("2025.06.09-2025.06.09", date(2025, 6, 9), date(2025, 6, 9)),
        ("20250609-20250613", date(2025, 6, 9), date(2025, 6, 13)),
        ("25.6.9-6.13", date(2025, 6, 9), date(2025, 6, 13)),
        ("25.6.9-25.6.13", date(2025, 6, 9), date(2025, 6, 13)),
        ("2025.6.9-6.13（5天）", date(2025, 6, 9), date(2025, 6, 13)),
        ("2025.6.9-13日，共5天", date(2025, 6, 9), date(2025, 6, 13)),
        ("自2025.6.9起至2025.6.13", date(2025, 6, 9), date(2025, 6, 13)),
        ("2025年6月9日起至13日止", date(2025, 6, 9), date(2025, 6, 13)),
        ("2025.6.9−6.13", date(2025, 6, 9), date(2025, 6, 13)),  # as it is typed
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


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025.3-2025.5", date(2025, 3, 1), date(2025, 5, 31)),
        ("2025年3月-5月", date(2025, 3, 1), date(2025, 5, 31)),
        ("2025年3-5月", date(2025, 3, 1), date(2025, 5, 31)),
        ("2025.3-5", date(2025, 3, 1), date(2025, 5, 31)),
        ("25.3-25.5", date(2025, 3, 1), date(2025, 5, 31)),
        ("2023.9-2024.2", date(2023, 9, 1), date(2024, 2, 29)),
        ("2025年11月至2月", date(2025, 11, 1), date(2026, 2, 28)),
        ("202503-202505", date(2025, 3, 1), date(2025, 5, 31)),
        ("2025.3.11-2025.8", date(2025, 3, 11), date(2025, 8, 31)),
        ("2025.1-2025.10", date(2025, 1, 1), date(2025, 10, 31)),
    ],
)
def test_months_are_taken_from_their_first_to_their_last_day(text: str, first: date, last: date) -> None:
    table = read(["姓名", "培训时间"], ["林知远", text])
    [row] = table.rows
    assert (row.unread, row.values["first"], row.values["last"]) == ([], first, last)
    assert table.notes[-1].endswith("is taken as 结束日期. Of a month alone its first or its last day is taken.")


@pytest.mark.parametrize(
    "text",
    [
        "2025.6.9-6.8", "2025.6.9-6.31", "6.9-6.13", "11.1-12.5", "2025年12月-11月", "20250613-20250609", "2025.6-13",
        "2025.6.9、6.13", "2025年3月至今",
    ],
)  # fmt: skip
def test_what_is_no_period_is_answered_with_two_columns(text: str) -> None:
    table = read(["姓名", "培训时间"], ["林知远", text])
    [(key, message)] = table.rows[0].unread
    assert key == "first"
    assert "Write the two days in two columns, as 2025.06.09 and 2025.06.13." in message
    assert table.columns == ["name", "first", "last"], "the column of the last day can be filled in"
    assert table.notes == []


@pytest.mark.parametrize("text", ["去年", "07-05-1996", "1996"])
def test_what_is_no_day_at_all_is_told_as_such(text: str) -> None:
    table = read(["姓名", "培训时间"], ["林知远", text])
    assert "two columns" not in table.rows[0].unread[0][1]
    assert table.columns == ["name", "first"]


@pytest.mark.parametrize(
    ("text", "own"), [("2025.6.9-6.13", "2025.6.13"), ("2025.3-2025.5", "2025.5.31"), ("2025.3-2025.5", "2025.5")]
)
def test_a_last_day_of_its_own_agrees(text: str, own: str) -> None:
    columns = (*COLUMNS[:2], ImportColumn(key="last", label="结束日期", kind="date", is_end=True))
    table = read(["姓名", "培训时间", "结束日期"], ["林知远", text, own], columns=columns)
    [row] = table.rows
    assert row.unread == []
    assert row.values["last"] == (date(2025, 6, 13) if "13" in own else date(2025, 5, 31))
    assert (row.values["first"].day, row.cells["last"]) == (9 if "13" in own else 1, own)
    assert "the second one stands in its own column, too." in table.notes[-1]


def test_a_last_day_of_its_own_contradicts() -> None:
    [row] = read(["姓名", "培训时间", "结束日期"], ["林知远", "2025.6.9-6.13", "2025.06.20"]).rows
    text = (
        "The last day in “2025.6.9-6.13” is not the one in the column of the last day. Write only the first day here."
    )
    assert (row.unread, row.values["last"]) == ([("first", text)], date(2025, 6, 20))


def test_a_last_day_that_is_past_is_the_real_one() -> None:
    year = timezone.localdate().year
    past, ahead = f"{year - 2}.3.1-{year - 2}.8.31", f"{year - 2}.3.1-{year + 2}.8.31"
    table = read(["姓名", "起止时间"], ["林知远", past], ["陈嘉穗", ahead], columns=POSTINGS)
    assert [sorted(row.values) for row in table.rows] == [["ended", "first", "name"], ["due", "first", "name"]]
    assert table.columns == ["name", "first", "due", "ended"]


def test_a_last_day_that_is_past_is_only_the_planned_one_of_what_goes_on() -> None:
    columns = (
        POSTINGS[0],
        ImportColumn(key="first", label="起止时间", kind="date", until="due", over="ended", going=("state", "running")),
        *POSTINGS[2:],
        ImportColumn(key="state", label="状态", choices=lambda: [("running", "在"), ("over", "完")], kind="choice"),
    )
    year = timezone.localdate().year
    past = f"{year - 2}.3.1-{year - 2}.8.31"
    rows = read(
        ["姓名", "起止时间", "状态"], ["一", past, "在"], ["二", past, "完"], ["三", past, ""], columns=columns
    ).rows
    assert [("due" in row.values, "ended" in row.values) for row in rows] == [
        (True, False), (False, True), (False, True),
    ]  # fmt: skip
