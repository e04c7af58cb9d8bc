"""The preview of an import: each row as a line of a table, errors at their cells, and what it would change."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.core.importing import NEW, ImportColumn, ImportSheet, in_language
from cadre_app.core.tables import Column, Empty, Table
from cadre_app.imports.books import shown_columns
from cadre_app.imports.models import Batch, BatchRow
from cadre_app.imports.services import open_row
from cadre_app.imports.wording import ACTIONS, error_lines, masked

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONG_TEXT, BEGINNING = 90, 60
STATES = {"create": "ok", "update": "soon", "same": "none", "skip": "over", "left_out": "idle", "unchosen": "wait"}
SHOWN: dict[str, dict[str, Any]] = {
    "errors": {"has_errors": True, "is_left_out": False},
    "choose": {"is_unchosen": True, "has_errors": False, "is_left_out": False},
    "create": {"action": "create", "is_unchosen": False, "is_left_out": False},
    "update": {"action": "update", "is_unchosen": False, "is_left_out": False},
    "same": {"action": "same", "is_unchosen": False, "is_left_out": False},
    "left_out": {"is_left_out": True},
}


@dataclass(frozen=True)
class CellView:
    """A cell as it is shown: confidential text masked, long text by its beginning, its errors below."""

    text: str
    errors: list[str] = field(default_factory=list)

    @property
    def beginning(self) -> str:
        """What stands for a long text until it is unfolded; empty for any other."""
        begun = _begun(self.text)
        return begun if begun != self.text else ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Answer:
    value: str
    text: str
    is_chosen: bool


class RowView:
    """One row for the templates."""

    def __init__(self, stored: BatchRow, sheet: ImportSheet, columns: dict[str, ImportColumn]) -> None:
        self.stored, self.row, self.columns = stored, open_row(stored), columns
        self.labels = {column.key: str(column.label) for column in sheet.columns()}

    @property
    def state(self) -> str:
        """A key of STATES."""
        if self.stored.is_left_out:
            return "left_out"
        if self.row.has_errors:
            return "skip"
        return "unchosen" if self.stored.is_unchosen else self.stored.action

    @property
    def mark(self) -> str:
        return STATES[self.state]

    @property
    def state_text(self) -> str:
        if self.state == "skip":
            return pgettext("import", "Errors")
        return _("Please choose") if self.state == "unchosen" else str(ACTIONS[self.state])

    @property
    def row_errors(self) -> list[str]:
        """Errors of the row as a whole, and of columns that the file does not have."""
        labels = {key: label for key, label in self.labels.items() if key not in self.columns}
        there = set(self.columns)
        return [line for at, line in error_lines(self.row, labels) if at not in there]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What would change, long texts by their beginnings."""
        return [(label, _begun(before), _begun(after)) for label, before, after in self.row.changes]

    @property
    def answers(self) -> list[Answer]:
        """What can be chosen where somebody must choose."""
        row = self.row
        found = [Answer(str(key), text, str(key) == row.choice) for key, text in row.candidates]
        if found and row.may_be_new:
            found.append(Answer(NEW, _("None of these: enter a new record"), row.choice == NEW))
        return found

    def cell(self, key: str) -> CellView:
        """The cell of a column."""
        text = self.row.cells.get(key, "")
        shown = masked(text) if self.columns[key].is_confidential else text
        return CellView(shown, [message for at, message in (*self.row.unread, *self.row.errors) if at == key])


def _begun(text: str) -> str:
    return f"{text[:BEGINNING]}…" if len(text) > LONG_TEXT else text


def preview_table(request: HttpRequest, batch: Batch, sheet: ImportSheet) -> Table[BatchRow]:
    """The rows of the import, as the URL's `show` narrows them."""
    columns = {column.key: column for column in shown_columns(batch, sheet)}
    opened: dict[int, RowView] = {}

    def view(row: BatchRow) -> RowView:
        return opened.setdefault(row.number, RowView(row, sheet, columns))

    def cell(key: str) -> Callable[[BatchRow], Any]:
        return lambda row: view(row).cell(key)

    shown: list[Column[BatchRow]] = [
        Column("row", gettext_lazy("Row"), view, template="imports/_cell_row.html"),
        Column(
            "effect",
            _("What it did") if batch.confirmed_at else _("What it would do"),
            view,
            template="imports/_cell_effect.html",
        ),
        *(Column(key, column.label, cell(key), template="imports/_cell.html") for key, column in columns.items()),
    ]
    empty = Empty(_("The file holds no rows."), _("Fill in the template below its headings and upload it again."))
    return Table(request, chosen_rows(batch, request.GET.get("show", "")), shown, name="rows", empty=empty)


def chosen_rows(batch: Batch, show: str) -> "QuerySet[BatchRow]":
    """The rows of one kind (a key of SHOWN), or all."""
    rows = batch.rows.order_by("number")
    return rows.filter(**SHOWN[show]) if show in SHOWN else rows


def listed(body: str) -> list[str]:
    """The lines of a sealed list of texts, in the language of this moment where it was made in several."""
    found = json.loads(body) if body else []
    lines: list[str] = in_language(found, []) if isinstance(found, dict) else found
    return lines


@dataclass(frozen=True)
class Chip:
    """One condition of the preview, with how many rows it shows."""

    label: str
    count: int
    url: str
    is_on: bool


def chips(batch: Batch, show: str) -> list[Chip]:
    """Which rows can be shown; kinds without a row are left out."""
    counts = {
        "errors": (pgettext("import", "Errors"), batch.faulty_count),
        "choose": (_("To be chosen"), batch.unchosen_count),
        "create": (ACTIONS["create"], batch.created_count),
        "update": (ACTIONS["update"], batch.updated_count),
        "same": (ACTIONS["same"], batch.same_count),
        "left_out": (ACTIONS["left_out"], batch.left_out_count),
    }
    url = reverse("imports:batch_detail", kwargs={"pk": batch.pk})
    found = [Chip(_("All rows"), batch.total, url, show not in SHOWN)]
    for key, (label, count) in counts.items():
        if count or key == show:
            found.append(Chip(str(label), count, f"{url}?show={key}", key == show))
    return found
