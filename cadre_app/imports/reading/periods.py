"""Cells in which both days stand: 2025.6.9-6.13 in the column of the first day, that of the last one empty, not there, or
saying the same.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.cells import Period, Precision, holds_two_days, read_period
from cadre_app.core.importing import ImportColumn, ImportRow


class _Done(NamedTuple):
    """What was made of a cell: the last day went `into` a column ("": it stands in its own already)."""

    key: str
    into: str
    names_months: bool


def split_periods(rows: Sequence[ImportRow], columns: Sequence[ImportColumn]) -> list[str]:
    """Put each of the two days into its own cell; returns what was done, in words."""
    labels = {column.key: str(column.label) for column in columns}
    counts: Counter[_Done] = Counter()
    for column in columns:
        if not column.until:
            continue
        for row in rows:
            if (done := _split(row, column)) is not None:
                counts[done] += 1
    return [_told(done, labels, count) for done, count in counts.items()]


def wants_column(rows: Sequence[ImportRow], columns: Sequence[ImportColumn], key: str) -> bool:
    """True for a column that the file need not have: some row holds its day, or could not be parted into two of them."""
    first = [column.key for column in columns if column.until == key]
    return any(key in row.cells for row in rows) or any(
        name in first and holds_two_days(row.cells.get(name, "")) for row in rows for name, _text in row.unread
    )


def _split(row: ImportRow, column: ImportColumn) -> _Done | None:
    """None where the cell says something else, or another last day stands in its own column, which is told there."""
    key = column.key
    if key in row.values:
        return None
    period = read_period(row.cells.get(key, ""))
    if period is None:
        return None
    filled = [each for each in (column.until, column.over) if each and row.is_filled(each)]
    row.unread = [(each, message) for each, message in row.unread if each != key]
    if filled and not any(_agrees(row, each, period) for each in filled):
        text = _(
            "The last day in “%(text)s” is not the one in the column of the last day. Write only the first day here."
        )
        row.unread.append((key, text % {"text": row.cells[key]}))
        return None
    into = "" if filled else _column_of(row, column, period.last.last)
    _put(row, key, period.first.value)
    if into:
        _put(row, into, period.last.last)
    return _Done(key, into, period.names_months)


def _column_of(row: ImportRow, column: ImportColumn, last: date) -> str:
    goes_on = column.going is not None and row.get(column.going[0]) == column.going[1]
    return column.over if column.over and not goes_on and last < timezone.localdate() else column.until


def _agrees(row: ImportRow, key: str, period: Period) -> bool:
    """The same day, or any day of the month where no more than that stands in the cell."""
    day: date | None = row.get(key)
    if day is None or period.last.precision is Precision.DAY:
        return day == period.last.value
    return day.replace(day=1) == period.last.value


def _put(row: ImportRow, key: str, day: date) -> None:
    row.cells[key], row.values[key] = f"{day:%Y.%m.%d}", day


def _told(done: _Done, labels: dict[str, str], count: int) -> str:
    if done.into:
        text = ngettext(
            "%(first)s: in %(count)s row both days stand in one cell; the second one is taken as %(last)s.",
            "%(first)s: in %(count)s rows both days stand in one cell; the second one is taken as %(last)s.",
            count,
        )
    else:
        text = ngettext(
            "%(first)s: in %(count)s row both days stand in one cell; the second one stands in its own column, too.",
            "%(first)s: in %(count)s rows both days stand in one cell; the second one stands in its own column, too.",
            count,
        )
    if done.names_months:
        text += _(" Of a month alone its first or its last day is taken.")
    return text % {"first": labels[done.key], "last": labels.get(done.into, ""), "count": count}
