"""Words for what rows do, shared by pages and workbooks."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.importing import ImportRow

ACTIONS: dict[str, Any] = {
    "create": pgettext_lazy("import row", "New"),
    "update": pgettext_lazy("import row", "Changed"),
    "same": pgettext_lazy("import row", "Unchanged"),
    "skip": pgettext_lazy("import row", "Not imported"),
    "left_out": pgettext_lazy("import row", "Left out"),
}
LONG = 15
FEWEST_DIGITS = 11


def masked(text: str) -> str:
    """First and last characters only: four of an ID number, two of anything shorter; very short ones hide whole."""
    kept = 4 if len(text) >= LONG else 2
    hidden = len(text) - 2 * kept
    return f"{text[:kept]}{'•' * hidden}{text[-kept:]}" if hidden > 0 else "•" * len(text)


def shortly(text: str) -> str:
    """A value as an example: what may be an ID number or a phone shows its ends only."""
    return masked(text) if sum(character.isdigit() for character in text) >= FEWEST_DIGITS else text


def error_lines(row: ImportRow, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every error of a row: the column key, and the message with the heading of its cell."""
    for key, message in (*row.unread, *row.errors):
        label = labels.get(key, "")
        told = _("%(column)s: %(message)s") % {"column": label, "message": message} if label else message
        yield key, told
