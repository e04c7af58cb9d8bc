from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation

from cadre_app.core.tables import Column, Empty, Table
from cadre_app.org.models import Unit
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

COLUMNS = (
    Column("name", "名称", lambda unit: unit.name, sort=("name",)),
    Column("kind", "类型", lambda unit: unit.get_kind_display()),
    Column("serial", "序号", lambda unit: unit.serial, sort=("serial",), shown=False),
)


def table(query: dict[str, Any], **options: Any) -> Table[Unit]:
    request = RequestFactory().get("/", query)
    return Table(request, Unit.objects.all(), COLUMNS, name="units", empty=Empty("空"), default_sort="name", **options)


def names(shown: Table[Unit]) -> list[str]:
    return [row.object.name for row in shown.rows]


@pytest.fixture
def units() -> None:
    for name in ("乙", "甲", "丙"):
        UnitFactory.create(name=name)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_two_queries_however_many_rows(django_assert_num_queries: Any, rows: int) -> None:
    UnitFactory.create_batch(rows)
    with django_assert_num_queries(2):
        shown = table({})
        assert (len(shown.rows), shown.total) == (rows, rows)


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(("sort", "first"), [("serial", "乙"), ("-serial", "丙")])
def test_the_asked_order_is_kept_in_the_export(sort: str, first: str) -> None:
    exported = list(table({"sort": sort, "columns": "name,serial"}).export_rows())
    assert exported[0] == ["名称", "序号"]
    assert exported[1][0] == first


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("sort", ["kind", "password", "parent__name", "-", "name'; drop table"])
def test_only_declared_columns_can_be_sorted_by(sort: str) -> None:
    assert table({"sort": sort}).sort == "name"


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999999999", "１", "\x00"])
def test_a_damaged_page_number_shows_the_first_page(page: str) -> None:
    assert len(names(table({"page": page}))) == 3


@pytest.mark.usefixtures("units")
def test_unknown_columns_leave_the_default_ones() -> None:
    assert [column.key for column in table({"columns": "password"}).columns] == ["name", "kind"]


def test_the_total_is_exact_to_a_thousand_and_then_says_more() -> None:
    Unit.objects.bulk_create(
        Unit(name=f"u{n}", kind="town", serial=n + 1, path=f"{n:012d}", opened_on="2020-01-01") for n in range(1001)
    )
    shown = table({})
    assert (shown.total_text, shown.page_numbers, shown.has_next) == ("1,000+", [], True)


@pytest.mark.usefixtures("units")
def test_page_numbers_leave_out_the_middle() -> None:
    UnitFactory.create_batch(300)
    assert table({"page": "6"}).page_numbers == [1, None, 4, 5, 6, 7, 8, None, 13]


def test_a_page_past_the_end_shows_the_last_one() -> None:
    UnitFactory.create_batch(30)
    shown = table({"page": "9"})
    assert (len(shown.rows), shown.page, shown.has_next) == (5, 2, False)


@pytest.mark.parametrize("keyset", [False, True])
@pytest.mark.parametrize(("rows", "offered"), [(25, False), (26, True)])
def test_every_matching_row_is_offered_only_where_a_page_does_not_show_them_all(
    keyset: bool, rows: int, offered: bool
) -> None:
    UnitFactory.create_batch(rows)
    assert table({}, keyset=keyset, offers_all=True).offers_all is offered
    assert table({}, keyset=keyset).offers_all is False


@pytest.mark.parametrize(
    ("query", "keyset", "said"),
    [
        ({}, False, "Rows 1 to 25 of 60"),
        ({"page": "3"}, False, "Rows 51 to 60 of 60"),
        ({"size": "100"}, False, ""),
        ({}, True, "Rows 1 to 25 of 60"),
    ],
)
def test_paper_says_which_rows_of_how_many_it_shows(query: dict[str, str], keyset: bool, said: str) -> None:
    UnitFactory.create_batch(60)
    with translation.override("en"):
        assert table(query, keyset=keyset).printed_text == said


def test_a_later_page_by_keyset_says_how_many_rows_it_shows() -> None:
    UnitFactory.create_batch(60)
    first = table({}, keyset=True)
    with translation.override("en"):
        assert table({"after": first.next_cursor}, keyset=True).printed_text == "25 of 60"
