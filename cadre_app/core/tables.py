"""A list page's table: sort, page, page size and chosen columns live in the URL; exports show exactly what is shown."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cadre_app.core.keyset import Keyset, Page, terms_of

R = TypeVar("R", bound=models.Model)

COUNTED_EXACTLY = 1_000
PAGE_SIZES = (25, 50, 100, 200)
DENSITIES = ("dense", "regular", "loose")
LAST_PAGE = 10_000
DIGITS = 6
PAGING = ("page", "after", "before")


@dataclass(frozen=True)
class Column(Generic[R]):
    """`sort` names the model fields behind the heading; without it the column cannot be sorted.

    `value` is what exports write and, shown as text, what the page shows; else `html` gives the cell's markup, or
    `template` with `row` and `cell` in its context (slower: for short lists). `marks` gives class names for the cell
    of a row: what has `folds` waits on a narrow screen behind the button of the row (`data-unfold`).
    """

    key: str
    label: str | Promise
    value: Callable[[R], Any]
    sort: tuple[str, ...] = ()
    numeric: bool = False
    unbroken: bool = False  # numbers of documents stay on one line on paper as well
    shown: bool = True
    acts: bool = False  # what can be done with the row: not on paper
    template: str = ""
    html: Callable[[R], SafeString] | None = None
    marks: Callable[[R], str] | None = None


@dataclass(frozen=True)
class Empty:
    """What an empty list says: that it is empty, and what to do next."""

    title: str | Promise
    text: str | Promise = ""
    action_url: str = ""
    action_label: str | Promise = ""


class Cell:
    """One cell of a row; its value is worked out when somebody asks for it."""

    def __init__(self, column: "Column[Any]", item: Any) -> None:
        self.column = column
        self.item = item

    @cached_property
    def value(self) -> Any:
        return self.column.value(self.item)


@dataclass(frozen=True)
class Row:
    object: Any
    cells: list[Cell]


@dataclass(frozen=True)
class Heading:
    column: "Column[Any]"
    sort_param: str
    direction: str


class Table(Generic[R]):
    """One page of a queryset; two queries however many rows: the count (to 1,000) and the rows.

    With `keyset` (for long lists) the URL names the edge row of the neighbouring page instead of a page number; it
    needs a `default_sort`. `size` and `density` hold until the URL says otherwise. Without `tools` the page places
    choice of columns, export and print itself.
    `note` goes along where the list leaves the house as a workbook: what the page says above it.
    With `offers_all` the bulk bar can also send `all=1` and the list's `query` for every row that matches.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: "models.QuerySet[R]",
        columns: Sequence[Column[R]],
        *,
        name: str,
        empty: Empty,
        default_sort: str = "",
        export_kind: str = "",
        density: str = "regular",
        size: int = PAGE_SIZES[0],
        tools: bool = True,
        keyset: bool = False,
        offers_all: bool = False,
        note: str = "",
    ) -> None:
        self.request = request
        self.queryset = queryset
        self.all_columns = tuple(columns)
        self.name = name
        self.empty = empty
        self.export_kind = export_kind
        self.note = note
        self.tools = tools
        self.density = asked if (asked := request.GET.get("density", "")) in DENSITIES else density
        self.columns = self._chosen_columns()
        self.size = asked_size if (asked_size := self._positive("size", 0)) in PAGE_SIZES else size
        self.page = min(self._positive("page", 1), LAST_PAGE)
        self.sort = request.GET.get("sort", default_sort)
        if self._sort_column() is None:
            self.sort = default_sort
        self.keyset = self._keyset() if keyset else None
        self._offers_all = offers_all
        self._left: frozenset[Any] | None = None

    @property
    def page_sizes(self) -> tuple[int, ...]:
        return PAGE_SIZES

    @property
    def paging(self) -> tuple[str, ...]:
        """URL parameters that name a page; links to another order, size or set of columns drop them."""
        return PAGING

    @cached_property
    def headings(self) -> list[Heading]:
        """Shown columns with the value of `sort` that a press on the heading asks for."""
        found = []
        for column in self.columns:
            direction = ""
            if column.sort and self.sort.lstrip("-") == column.key:
                direction = "descending" if self.sort.startswith("-") else "ascending"
            sort_param = f"-{column.key}" if direction == "ascending" else column.key
            found.append(Heading(column, sort_param if column.sort else "", direction))
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of this page in the order asked for."""
        return [self._row(item) for item in self._page.items]

    @cached_property
    def total(self) -> int:
        """Exact up to 1,000; 1,001 stands for more."""
        return self.queryset.order_by()[: COUNTED_EXACTLY + 1].count()

    @property
    def total_text(self) -> str:
        return f"{COUNTED_EXACTLY:,}+" if self.total > COUNTED_EXACTLY else f"{self.total:,}"

    @property
    def printed_text(self) -> str:
        """Which rows of how many the page shows: what paper says, where there is no pager."""
        shown, total = len(self.rows), self.total_text
        if not (self.has_previous or self.has_next):
            return ""
        if self.keyset is None:
            first = (self.page - 1) * self.size + 1
        elif not self.has_previous:
            first = 1
        else:
            return _("%(shown)s of %(total)s") % {"shown": shown, "total": total}
        return _("Rows %(first)s to %(last)s of %(total)s") % {
            "first": first,
            "last": first + shown - 1,
            "total": total,
        }

    @property
    def is_filtered(self) -> bool:
        """True if anything but table controls narrows the list: then an empty list offers to clear the filters."""
        controls = {"sort", "size", "columns", "density", *PAGING}
        return any(value for key, value in self.request.GET.items() if key not in controls)

    @property
    def query(self) -> str:
        """The URL parameters of the whole list, whatever page of it is shown: what an export is asked with."""
        kept = self.request.GET.copy()
        for name in PAGING:
            kept.pop(name, None)
        return kept.urlencode()

    @property
    def has_next(self) -> bool:
        return self._page.has_next

    @property
    def has_previous(self) -> bool:
        return self._page.has_previous

    @property
    def offers_all(self) -> bool:
        """True if the bulk bar offers more rows than this page shows."""
        return self._offers_all and (self.has_previous or self.has_next)

    @property
    def next_cursor(self) -> str:
        """The value of `after` that leads to the next page of a keyset table."""
        return self.keyset.cursor(self._page.items[-1]) if self.keyset is not None else ""

    @property
    def previous_cursor(self) -> str:
        """The value of `before` that leads to the previous page of a keyset table."""
        return self.keyset.cursor(self._page.items[0]) if self.keyset is not None else ""

    @property
    def page_numbers(self) -> list[int | None]:
        """First, last and the neighbours of this page; None stands for the pages left out."""
        if self.total > COUNTED_EXACTLY:
            return []
        last = max(1, -(-self.total // self.size))
        wanted = sorted({1, last, *range(max(1, self.page - 2), min(last, self.page + 2) + 1)})
        numbers: list[int | None] = []
        for number in wanted:
            if numbers and number - (numbers[-1] or 0) > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers

    def export_rows(self) -> Iterator[list[Any]]:
        """Headings, then every row of the filtered list with the chosen columns, in the order shown."""
        yield [str(column.label) for column in self.columns]
        for item in self._ordered().iterator(chunk_size=500):
            yield [column.value(item) for column in self.columns]

    def leave(self, keys: Collection[Any], *, most: int) -> None:
        """Narrow the list to the rows of these keys, the first `most` of them on its one page."""
        self.keyset, self.page, self.size = None, 1, most
        if self.queryset.query.combinator:
            self._left = frozenset(keys)  # what the database has united it narrows no more
        else:
            self.queryset = self.queryset.filter(pk__in=keys)

    @cached_property
    def _page(self) -> Page:
        """The rows of this page; a page past the end, as after a deletion, becomes the last one."""
        if self.keyset is not None:
            asked = self.request.GET
            return self.keyset.page(after=asked.get("after", ""), before=asked.get("before", ""), size=self.size)
        found = self._fetch()
        if not found and self.page > 1:
            self.page = max(1, -(-min(self.total, COUNTED_EXACTLY) // self.size))
            found = self._fetch()
        return Page(found[: self.size], has_previous=self.page > 1, has_next=len(found) > self.size)

    def _fetch(self) -> list[R]:
        start = (self.page - 1) * self.size
        if self._left is not None:
            return [item for item in self._ordered() if key_of(item) in self._left][: self.size + 1]
        return list(self._ordered()[start : start + self.size + 1])

    def _keyset(self) -> Keyset[R]:
        column = self._sort_column()
        if column is None:
            raise ValueError(f"table {self.name}: pages by keyset need a default sort")
        return Keyset(self.queryset, column.sort, descending=self.sort.startswith("-"), sort=self.sort)

    def _ordered(self) -> "models.QuerySet[R]":
        column = self._sort_column()
        if column is None:
            return self.queryset
        descending = self.sort.startswith("-")
        return self.queryset.order_by(
            *(term.ordering(descending=descending) for term in terms_of(self.queryset, column.sort))
        )

    def _sort_column(self) -> Column[R] | None:
        key = self.sort.lstrip("-")
        return next((column for column in self.all_columns if column.key == key and column.sort), None)

    def _chosen_columns(self) -> tuple[Column[R], ...]:
        asked = self.request.GET.getlist("columns")
        keys = {key for part in asked for key in part.split(",")}
        chosen = tuple(column for column in self.all_columns if column.key in keys)
        return chosen or tuple(column for column in self.all_columns if column.shown)

    def _positive(self, name: str, default: int) -> int:
        text = self.request.GET.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= DIGITS and int(text) > 0 else default

    def _row(self, item: R) -> Row:
        return Row(item, [Cell(column, item) for column in self.columns])


def key_of(item: Any) -> Any:
    """The key of a row, which is a record or, in a united list, its values."""
    return item["pk"] if isinstance(item, dict) else item.pk


def asked(query: QueryDict) -> HttpRequest:
    """A request that carries nothing but a list's URL parameters: exports build the page's table from it."""
    request = HttpRequest()
    request.GET = query  # type: ignore[assignment]  # read only here, as a page's would be
    return request


def joined(values: Iterable[object]) -> str:
    """Values of one cell, set apart as the viewer's language does it."""
    return _(", ").join(str(value) for value in values)
