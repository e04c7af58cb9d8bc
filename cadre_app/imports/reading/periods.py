"""Cells in which both days stand: 2025.6.9-6.13 in the column of the first day, that of the last one empty or not there."""

from collections import Counter
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import ngettext

from cadre_app.core.cells import read_period
from cadre_app.core.importing import ImportColumn, ImportRow


def split_periods(rows: Sequence[ImportRow], columns: Sequence[ImportColumn]) -> list[str]:
    """Put each of the two days into its own cell; returns what was done, in words."""
    labels = {column.key: str(column.label) for column in columns}
    counts: Counter[tuple[str, str]] = Counter()
    for column in columns:
        if not column.until:
            continue
        for row in rows:
            if (until := _split(row, column)) is not None:
                counts[column.key, until] += 1
    return [_told(labels[key], labels[until], count) for (key, until), count in counts.items()]


def _split(row: ImportRow, column: ImportColumn) -> str | None:
    """The column into which the last day was put; None where the cell says something else, or a last day is there."""
    key = column.key
    if key in row.values or any(row.is_filled(each) for each in (column.until, column.over)):
        return None
    period = read_period(row.cells.get(key, ""))
    if period is None:
        return None
    until = column.over if column.over and period[1] < timezone.localdate() else column.until
    row.unread = [(each, message) for each, message in row.unread if each != key]
    for name, day in zip((key, until), period, strict=True):
        row.cells[name], row.values[name] = f"{day:%Y.%m.%d}", day
    return until


def _told(first: str, last: str, count: int) -> str:
    text = ngettext(
        "%(first)s: in %(count)s row both days stand in one cell; the second one is taken as %(last)s.",
        "%(first)s: in %(count)s rows both days stand in one cell; the second one is taken as %(last)s.",
        count,
    )
    return text % {"first": first, "last": last, "count": count}
