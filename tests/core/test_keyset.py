"""Pages by the values of edge rows: every row once, in order, both ways, whatever is empty or equal."""

import base64
import html
import json
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Length, NullIf
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadre_app.core.keyset import Keyset, terms_of
from cadre_app.core.tables import Column, Empty, Table
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from cadre_app.people.models import Person, Trainee
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

SORTS = (
    ("short_name",),
    ("pk",),
    ("path",),
    ("opened_on",),
    ("closed_on",),
    ("closed_on", "opened_on"),
    ("kind", "closed_on", "short_name"),
    ("closed_on", "parent__closed_on", "kind"),
    ("parent__short_name",),
    ("parent__closed_on", "closed_on"),
    ("opened_on", "parent__short_name", "closed_on"),
    ("length",),
    ("created_at",),
    ("parent_id",),
)
DAYS = (date(2001, 1, 1), date(2002, 2, 2))
ROWS = st.tuples(
    st.sampled_from(["", "甲", "乙", "a", "Á", "ab"]),
    st.sampled_from(["town", "village"]),
    st.sampled_from(DAYS),
    st.sampled_from([None, date(2020, 1, 1), date(2021, 1, 1)]),
    st.sampled_from([None, 0, 1]),
)


def units() -> QuerySet[Unit]:
    return Unit.objects.select_related("parent").annotate(length=NullIf(Length("short_name"), 0))


def added(rows: list[tuple[Any, ...]], *, start: int = 0) -> None:
    made: list[Unit] = []
    for serial, (name, kind, opened_on, closed_on, parent) in enumerate(rows, start=start + 1):
        parent_unit = made[parent] if parent is not None and parent < len(made) else None
        made.append(
            Unit(
                name=f"{name}{serial}",
                short_name=name,
                kind=kind,
                opened_on=opened_on,
                closed_on=closed_on,
                parent=parent_unit,
                serial=serial,
                path=f"{serial:012d}",
            )
        )
    Unit.objects.bulk_create(made)


def in_order(sort: tuple[str, ...], *, descending: bool) -> list[Any]:
    rows = units()
    ordering = [term.ordering(descending=descending) for term in terms_of(rows, sort)]
    return [unit.pk for unit in rows.order_by(*ordering)]


def keyset(sort: tuple[str, ...], *, descending: bool) -> Keyset[Unit]:
    return Keyset(units(), sort, descending=descending, sort="x")


def forward(pages: Keyset[Unit], size: int) -> tuple[list[Any], str]:
    """Every row from the first page to the last, and a cursor of the last page's first row."""
    page, found = pages.page(size=size), []
    assert not page.has_previous
    while True:
        found += [unit.pk for unit in page.items]
        if not page.has_next:
            return found, pages.cursor(page.items[0]) if page.items else ""
        page = pages.page(after=pages.cursor(page.items[-1]), size=size)
        assert page.has_previous


def back(pages: Keyset[Unit], cursor: str, size: int) -> list[Any]:
    found: list[Any] = []
    while cursor:
        page = pages.page(before=cursor, size=size)
        found = [unit.pk for unit in page.items] + found
        cursor = pages.cursor(page.items[0]) if page.has_previous else ""
    return found


every_order = pytest.mark.parametrize("descending", [False, True], ids=["asc", "desc"])


@every_order
@pytest.mark.parametrize("sort", SORTS, ids="-".join)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, max_size=9), size=st.integers(1, 4))
def test_walking_through_all_pages_gives_the_list_both_ways(
    sort: tuple[str, ...], descending: bool, rows: list[tuple[Any, ...]], size: int
) -> None:
    with transaction.atomic():
        added(rows)
        whole, pages = in_order(sort, descending=descending), keyset(sort, descending=descending)
        found, last = forward(pages, size)
        on_last = (len(whole) - 1) % size + 1
        walked_back = back(pages, last, size) if len(whole) > size else whole[:-on_last]
        transaction.set_rollback(True)
    assert found == whole
    assert walked_back == whole[:-on_last]


@every_order
@pytest.mark.parametrize("sort", SORTS, ids="-".join)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(ROWS, min_size=3, max_size=6), then=st.lists(ROWS, min_size=1, max_size=4))
def test_rows_added_meanwhile_neither_repeat_nor_hide_others(
    sort: tuple[str, ...], descending: bool, first: list[tuple[Any, ...]], then: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        added(first)
        whole, pages = in_order(sort, descending=descending), keyset(sort, descending=descending)
        page = pages.page(size=2)
        found = [unit.pk for unit in page.items]
        added(then, start=len(first))
        while page.has_next:
            page = pages.page(after=pages.cursor(page.items[-1]), size=2)
            found += [unit.pk for unit in page.items]
        transaction.set_rollback(True)
    assert [pk for pk in found if pk in whole] == whole
    assert len(set(found)) == len(found)


COLUMNS = (
    Column("name", "名称", lambda unit: unit.name, sort=("name",)),
    Column("closed", "撤销", lambda unit: unit.closed_on, sort=("closed_on",)),
    Column("opened", "设立", lambda unit: unit.opened_on, sort=("opened_on",)),
    Column("at", "录入", lambda unit: unit.created_at, sort=("created_at",)),
    Column("order", "序", lambda unit: unit.order, sort=("order",)),
)


def table(query: dict[str, Any]) -> Table[Unit]:
    request = RequestFactory().get("/", query)
    return Table(request, units(), COLUMNS, name="units", empty=Empty("空"), default_sort="name", keyset=True)


def names(shown: Table[Unit]) -> list[str]:
    return [row.object.name for row in shown.rows]


def numbered(number: int) -> None:
    Unit.objects.bulk_create(
        Unit(name=f"u{n:04}", kind="town", serial=n + 1, path=f"{n:012d}", opened_on="2020-01-01")
        for n in range(number)
    )


def test_the_pages_of_a_table_lead_to_each_other() -> None:
    numbered(60)
    first = table({})
    second = table({"after": first.next_cursor})
    third = table({"after": second.next_cursor})
    assert [(len(shown.rows), shown.has_previous, shown.has_next) for shown in (first, second, third)] == [
        (25, False, True),
        (25, True, True),
        (10, True, False),
    ]
    assert names(table({"before": third.previous_cursor})) == names(second)
    assert names(table({"before": second.previous_cursor})) == names(first)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("sort", "queries"), [("name", 2), ("closed", 2)])
def test_a_page_costs_the_same_however_many_rows(
    django_assert_num_queries: Any, rows: int, sort: str, queries: int
) -> None:
    UnitFactory.create_batch(rows)
    with django_assert_num_queries(queries):
        shown = table({"sort": sort})
        assert (len(shown.rows), shown.total) == (rows, rows)


def test_no_page_counts_rows_over_nor_more_than_a_thousand() -> None:
    numbered(1_100)
    cursor = table({}).next_cursor
    with CaptureQueriesContext(
        connection,
    ) as seen:
        shown = table({"after": cursor})
        assert (len(shown.rows), shown.total_text) == (25, "1,000+")
    said = [query["sql"] for query in seen.captured_queries]
    assert [("OFFSET" in sql) for sql in said] == [False, False]
    assert [re.findall(r"LIMIT (\d+)", sql) for sql in said] == [["26", "26", "26"], ["1001"]]


def test_when_everything_after_the_cursor_is_gone_the_last_page_is_shown() -> None:
    numbered(60)
    cursor = table({"after": table({}).next_cursor}).next_cursor
    Unit.objects.filter(name__gte="u0050").delete()
    shown = table({"after": cursor})
    assert (names(shown)[0], len(shown.rows), shown.has_previous, shown.has_next) == ("u0025", 25, True, False)


def test_when_everything_before_the_cursor_is_gone_the_first_page_is_shown() -> None:
    numbered(60)
    cursor = table({"after": table({}).next_cursor}).previous_cursor
    Unit.objects.filter(name__lt="u0025").delete()
    shown = table({"before": cursor})
    assert (names(shown)[0], len(shown.rows), shown.has_previous) == ("u0025", 25, False)


def text(*values: Any, sort: str = "name") -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, list(values)]).encode()).decode().rstrip("=")


KEY = "00000000-0000-4000-8000-000000000000"
DAMAGED = {
    "not base64": "%%%",
    "not ascii": "甲",
    "NUL": "\x00",
    "not json": base64.urlsafe_b64encode(b"{[").decode(),
    "not utf-8": base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    "a number": base64.urlsafe_b64encode(b"1").decode(),
    "deep": base64.urlsafe_b64encode(b"[" * 2900).decode(),
    "too long": text("长" * 4000, KEY),
    "values missing": text("u0030"),
    "too many values": text("u0030", "u0030", KEY),
    "no key": text("u0030", None),
    "a false key": text("u0030", "1; drop table"),
    "a list": text(["u0030"], KEY),
    "NULL where there is none": text(None, KEY),
    "NUL inside": text("a\x00", KEY),
    "lone surrogate": text("\ud800", KEY),
    "of another sort": text("u0030", KEY, sort="-name"),
}


@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("cursor", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_or_stale_cursor_shows_the_first_page(way: str, cursor: str) -> None:
    numbered(60)
    shown = table({way: cursor})
    assert (names(shown)[0], len(shown.rows), shown.has_previous) == ("u0000", 25, False)


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("opened", "0000-00-00"),
        ("opened", "2023-02-29"),
        ("opened", 5),
        ("at", "2020-01-01"),
        ("at", "2020-01-01T00:00:00"),
        ("at", "x"),
        ("order", "x"),
        ("order", float("inf")),
        ("order", float("nan")),
    ],
)
def test_a_value_of_the_wrong_type_shows_the_first_page(sort: str, value: Any) -> None:
    numbered(30)
    assert not table({"sort": sort, "after": text(value, KEY, sort=sort)}).has_previous


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("opened", "0001-01-01"),
        ("opened", "9999-12-31"),
        ("at", "0001-01-01T00:00:00+23:59"),
        ("at", "9999-12-31T23:59:59-23:59"),
        ("order", 10**30),
        ("order", -(10**30)),
        ("closed", "9999-12-31"),
        ("name", "\U0010ffff" * 200),
    ],
)
@pytest.mark.parametrize("sign", ["", "-"])
def test_an_extreme_value_is_answered(sort: str, value: Any, sign: str) -> None:
    numbered(30)
    shown = table({"sort": sign + sort, "after": text(value, KEY, sort=sign + sort)})
    assert len(shown.rows) == 25


def test_links_to_another_list_carry_no_cursor() -> None:
    assert table({"q": "镇", "after": "x", "before": "y", "page": "3", "sort": "name"}).query == "q=%E9%95%87&sort=name"
    assert [table(query).is_filtered for query in ({"after": "x"}, {"before": "x"}, {"q": "x"})] == [False, False, True]


def drawn(query: dict[str, Any]) -> str:
    shown = table(query)
    return Template('{% include "components/table.html" %}').render(
        RequestContext(shown.request, {"table": shown, "request": shown.request})
    )


def links(page: str, place: str) -> list[str]:
    (part,) = re.findall(place, page, re.DOTALL)
    return [html.unescape(link) for link in re.findall(r'<a href="([^"]+)"', part)]


PAGER = r'<nav class="pg".*?</nav>'


def test_the_pager_leads_to_the_first_previous_and_next_page_and_keeps_the_conditions() -> None:
    numbered(60)
    cursor = table({}).next_cursor
    shown = table({"after": cursor})
    assert links(drawn({"q": "u", "page": "2"}), PAGER) == [f"?q=u&after={cursor}"]
    assert links(drawn({"q": "u", "after": cursor}), PAGER) == [
        "?q=u",
        f"?q=u&before={shown.previous_cursor}",
        f"?q=u&after={shown.next_cursor}",
    ]


def test_other_orders_sizes_and_columns_begin_at_the_first_page() -> None:
    numbered(60)
    page = drawn({"q": "u", "after": table({}).next_cursor, "before": "x"})
    assert links(page, "<thead>.*</thead>")[0] == "?q=u&sort=-name"
    assert links(page, '<span class="sizes.*?</span>.*?</span>')[0] == "?q=u&size=50"
    assert re.findall('<input type="hidden" name="([^"]+)"', page) == ["q"]


def test_a_table_by_keyset_needs_an_order() -> None:
    request = RequestFactory().get("/")
    with pytest.raises(ValueError, match="default sort"):
        Table(request, units(), COLUMNS, name="units", empty=Empty("空"), keyset=True)
    with pytest.raises(ValueError, match="relations"):
        Keyset(units(), ("parent",), descending=False)


def index_conditions(rows: QuerySet[Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    plan = rows.explain()
    assert "Filter" not in plan
    return " ".join(line.strip() for line in plan.splitlines() if "Index Cond" in line)


@every_order
@pytest.mark.parametrize(
    ("model", "column"),
    [(Entry, "at"), (Person, "name_stroke_key"), (Person, "birth_month"), (Trainee, "status")],
)
def test_an_index_leads_straight_to_the_edge(model: Any, column: str, descending: bool) -> None:
    edge = model(**{column: {"at": timezone.now(), "birth_month": DAYS[0]}.get(column, "x")})
    pages: Keyset[Any] = Keyset(model.objects.all(), (column,), descending=descending)
    values = pages._read(pages.cursor(edge))
    assert values is not None
    ties, beyond = list(pages._after(values))[:2]
    found = [
        index_conditions(
            model.objects.filter(segment.condition).order_by(
                *(term.ordering(descending=descending) for term in segment.terms)
            )
        )
        for segment in (ties, beyond)
    ]
    step = "<" if descending else ">"
    assert re.fullmatch(rf"Index Cond: \(\(.*{column}.* = '.*'.*\) AND \(id {step} '.*'::uuid\)\)", found[0])
    assert re.search(rf"{column}\S* {step} '", found[1])
