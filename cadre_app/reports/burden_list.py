"""The table of the burden page: whoever is asked, by unit and name, and how much in each month."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.tables import Column, Empty, Row, Table, asked
from cadre_app.core.templatetags.ql import status
from cadre_app.reports.burden import Burden
from cadre_app.reports.forms import BurdenForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cadre_app.accounts.models import User

EXPORT = "reports.burden"
ROWS_AT_A_TIME = 500


class BurdenTable(Table[Any]):
    """Counts what was asked of a page's rows, and no others, in one statement."""

    burden: Burden

    @cached_property
    def rows(self) -> list[Row]:
        self.burden.load(item.pk for item in self._page.items)
        found: list[Row] = [self._row(item) for item in self._page.items]
        return found

    def export_rows(self) -> "Iterator[list[Any]]":
        """As the table's, counted a few hundred rows at a time."""
        yield [str(column.label) for column in self.columns]
        items: list[Any] = []
        for item in self._ordered().iterator(chunk_size=ROWS_AT_A_TIME):
            items.append(item)
            if len(items) == ROWS_AT_A_TIME:
                yield from self._values(items)
                items = []
        yield from self._values(items)

    def _values(self, items: list[Any]) -> "Iterator[list[Any]]":
        self.burden.load(item.pk for item in items)
        for item in items:
            yield [column.value(item) for column in self.columns]


def burden_table(request: HttpRequest, form: BurdenForm, burden: Burden) -> BurdenTable:
    """Whoever a valid form asks for, in the order of units and names; only those over a cap where it asks so."""
    rows = burden.party.rows(burden.asked)
    if form.cleaned_data["over"]:
        rows = rows.filter(pk__in=set().union(*burden.over.values()))
    empty = Empty(_("There is nobody to count for here."), _("Choose another unit or month."))
    table = BurdenTable(
        request, rows, columns(burden), name="burden", empty=empty, default_sort="name", export_kind=EXPORT,
        density="dense", size=50, note=_note(burden),
    )  # fmt: skip
    table.burden = burden
    return table


def exported_burden(user: "User", query: QueryDict) -> Table[Any]:
    """The table with these URL parameters. Raises ValidationError for what cannot be asked."""
    form = BurdenForm(query, user=user)
    if not form.is_valid():
        raise ValidationError(_("One of the conditions names nothing that you can choose."))
    burden = form.burden()
    return burden_table(asked(query), form, burden)


def columns(burden: Burden) -> tuple[Column[Any], ...]:
    """Name, unit, the twelve months and their sum; only names can be sorted by, which ranks nobody."""
    party = burden.party
    first = Column[Any]("name", party.heading, party.name, sort=party.sort, html=lambda row: _name(burden, row))
    place = [Column[Any]("place", party.place_heading, party.place)] if party.place_heading else []
    months = [_month(burden, month, label) for month, label in zip(burden.months, burden.headings, strict=True)]
    total = Column[Any](
        "total", gettext_lazy("In all"), lambda row: burden.total(row.pk), numeric=True,
        html=lambda row: _total(burden, row),
    )  # fmt: skip
    return (first, *place, *months, total)


def _month(burden: Burden, month: date, label: str) -> Column[Any]:
    def cell(row: Any) -> SafeString:
        count = burden.count(row.pk, month)
        if not count:
            return SafeString("")
        shown = status("soon", _("%(count)d, over") % {"count": count}) if burden.is_over(month, count) else str(count)
        return format_html('<a href="{}#m{}">{}</a>', _url(burden, row), f"{month:%Y%m}", shown)

    def marks(row: Any) -> str:
        """On a phone a month waits behind the button of its card, unless it is one to look at."""
        return "month" if burden.is_over(month, burden.count(row.pk, month)) else "month folds"

    key = f"m{month:%Y%m}"
    return Column[Any](key, label, lambda row: burden.count(row.pk, month), numeric=True, html=cell, marks=marks)


def _name(burden: Burden, row: Any) -> SafeString:
    return format_html('<a class="nm" href="{}">{}</a>', _url(burden, row), burden.party.name(row))


def _total(burden: Burden, row: Any) -> SafeString:
    """The sum, and the button that shows the months of a card; static/js/tables.js brings it to a narrow screen."""
    name = burden.party.name(row)
    return format_html(
        '{} <button class="btn btn-sm btn-quiet no-print" type="button" data-unfold aria-expanded="false"'
        ' aria-label="{}" hidden>{}</button>',
        burden.total(row.pk), f"{_('By month')} · {name}", _("By month"),
    )  # fmt: skip


def _url(burden: Burden, row: Any) -> str:
    address = reverse("reports:burden_of", kwargs={"party": burden.key, "pk": row.pk})
    return f"{address}?{urlencode({'month': f'{burden.months[-1]:%Y-%m}', **burden.asked.place})}"


def _note(burden: Burden) -> str:
    cap = burden.cap(burden.months[-1])
    words = {"cap": cap, "source": burden.party.cap_source(burden.asked.as_of)}
    return _("More than %(cap)d in a month is over the cap (%(source)s). The order says nothing about anybody.") % words
