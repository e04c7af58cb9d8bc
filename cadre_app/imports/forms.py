"""What pages of imports send."""

import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import HIDDEN, validate_plain_text
from cadre_app.core.forms import SUBMISSION, ChangeForm, say_limits, say_required
from cadre_app.core.importing import ImportColumn, ImportSheet
from cadre_app.imports import intake
from cadre_app.imports.models import Batch, BatchRow
from cadre_app.imports.policies import MOST_ROWS
from cadre_app.imports.services import mapping_for, open_row, row_state
from cadre_app.imports.services.rows import cell_field
from cadre_app.imports.wording import masked

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_NAME = 200
LONGEST_CELL = 4_000
MOST_CHOICES = 200
COLUMN = "column_"
LEFT_OUT = pgettext_lazy("column of a file", "— left out —")
CHOICE = re.compile(r"choice_([0-9]{1,8})")


class UploadForm(ChangeForm):
    """A filled-in template. The file is looked at here, before anything is kept."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel workbook (.xlsx) or CSV, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    match = forms.BooleanField(
        label=_("Match the columns of this file myself"),
        required=False,
        help_text=_("For a sheet of your own; what you keep is used for the next file with the same headings."),
    )
    again = forms.BooleanField(label=_("Check this file once more all the same"), required=False)

    def __init__(self, *args: Any, sheet: ImportSheet, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.user = sheet, user
        self.digest = ""
        self.again_field = self.fields["again"]
        if "again" not in self.data:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.pop("file", None)
        if upload is None:
            return cleaned
        name, content = _plain_name(upload.name), upload.read()
        self.digest = hashlib.sha256(content).hexdigest()
        try:
            found = self._looked_at(content, name, by_hand=cleaned.pop("match", False))
        except ValidationError as error:
            self.add_error("file", error)
            return cleaned
        token = cleaned.get(SUBMISSION)
        if token is not None:  # the same page with another file is no double tap
            cleaned[SUBMISSION] = uuid.uuid5(token, self.digest)
        return {**cleaned, **found, "name": name, "content": content}

    def _looked_at(self, content: bytes, name: str, *, by_hand: bool) -> dict[str, Any]:
        """By which columns the file is read: those kept for its headings, its own, or such as somebody has to match."""
        most_rows = MOST_ROWS.now()
        rows = intake.marks_in(content, name)
        mapping = None if by_hand else mapping_for(self.user, self.sheet.key, rows)
        try:
            intake.look_at(
                content, name, self.sheet, most_rows=most_rows, layout=mapping.columns if mapping is not None else None
            )
        except ValidationError as error:
            is_other = intake.is_about_headings(error)
            if not is_other or intake.head(content, name, self.sheet, most_rows=most_rows) is None:
                raise
            return {"is_unmatched": True}
        if by_hand and intake.head(content, name, self.sheet, most_rows=most_rows) is not None:
            return {"is_unmatched": True}
        return {"mapping": mapping} if mapping is not None else {}

    def offer_again(self) -> None:
        """Show the box that imports a file once more knowingly."""
        self.fields["again"] = self.again_field


class RowForm(ChangeForm):
    """The cells of one row as text; a confidential cell shows nothing and stays unless something is typed."""

    def __init__(self, *args: Any, batch: Batch, stored: BatchRow, columns: list[ImportColumn], **kwargs: Any) -> None:
        state = row_state(batch, stored)
        super().__init__(*args, instance=state, **kwargs)
        self.row, self.columns = open_row(stored), columns
        for column in columns:
            self.fields[cell_field(column.key)] = self._field(column, getattr(state, cell_field(column.key)))
        self.fields["is_left_out"] = forms.BooleanField(
            label=_("Leave this row out of the import"), required=False, initial=stored.is_left_out
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cells = {}
        for column in self.columns:
            text = cleaned.pop(cell_field(column.key), "")
            if text or not column.is_confidential:
                cells[column.key] = text
        return {**cleaned, "cells": cells}

    def _field(self, column: ImportColumn, text: str) -> forms.Field:
        field = forms.CharField(
            label=column.label,
            required=column.required and not column.is_confidential and "is_left_out" not in self.data,
            initial=text,
            max_length=LONGEST_CELL,
            help_text=self._hint(column),
            validators=[validate_plain_text],
            widget=forms.Textarea(attrs={"rows": 3}) if column.lines else forms.TextInput(),
        )
        say_required(field)
        say_limits(field)
        if column.choices is not None and not column.is_confidential:
            labels = [str(label) for _value, label in column.choices()]
            offered = [("", "—"), *((label, label) for label in labels)]
            if text and text not in labels:
                offered.insert(1, (text, text))
            field.widget = forms.Select(choices=offered)
        return field

    def _hint(self, column: ImportColumn) -> str:
        text = self.row.cells.get(column.key, "")
        if column.is_confidential and text:
            hint = gettext("Now: %(text)s. Leave empty to keep it; write 无 to take it out.")
            return hint % {"text": masked(text)}
        return str(column.help)


class MatchForm(ChangeForm):
    """Which column each heading of the file is, named `column_<n>` in their order, and a name to keep that under.

    It begins with what is `known` of these headings, else with what each of them probably is; nothing is chosen for the
    `unclear` ones.
    """

    keep_as = forms.CharField(
        label=_("Keep these columns under the name"),
        max_length=60,
        required=False,
        help_text=_("May be left empty. The next file with the same headings is then read in the same way."),
    )
    field_order = ("keep_as",)

    def __init__(
        self,
        *args: Any,
        head: intake.Head,
        sheet: ImportSheet,
        known: Mapping[str, str],
        unclear: Sequence[intake.Heading] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.head, self.sheet = head, sheet
        marked = gettext("%(column)s (required)")
        offered = [
            (column.key, marked % {"column": column.label} if column.required else str(column.label))
            for column in sheet.columns()
        ]

        def taken(guess: str) -> bool:
            return guess in known.values()

        for place, heading in enumerate(head.headings):
            self.fields[f"{COLUMN}{place}"] = forms.ChoiceField(
                label=heading.text,
                choices=[("", LEFT_OUT), *offered],
                required=False,
                initial=known.get(heading.mark, "" if heading in unclear or taken(heading.guess) else heading.guess),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        columns: dict[str, str] = {}
        for place, heading in enumerate(self.head.headings):
            key = cleaned.pop(f"{COLUMN}{place}", "")
            if key and key in columns.values():
                self.add_error(f"{COLUMN}{place}", gettext("Another heading is this column already."))
            columns[heading.mark] = key
        wanting = [
            str(column.label)
            for column in self.sheet.columns()
            if column.required and column.key not in columns.values()
        ]
        if wanting and not self.errors:
            text = gettext("Say which headings are these columns: %(names)s")
            self.add_error(None, text % {"names": gettext(", ").join(wanting)})
        return {**cleaned, "columns": columns}


class NameForm(ChangeForm):
    """Under which name columns are kept."""

    name = forms.CharField(label=_("Name"), max_length=60)


class ChoicesForm(ChangeForm):
    """The answers of one page of the preview, named `choice_<row>`."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        found: dict[int, str] = {}
        for name, value in self.data.items():
            match = CHOICE.fullmatch(name)
            if match is not None and value and len(found) < MOST_CHOICES:
                found[int(match[1])] = str(value)[:40]
        return {**cleaned, "choices": found}


def _plain_name(name: str) -> str:
    """The file's name as it may be shown: without hidden characters, its end kept."""
    return HIDDEN.sub("", name)[-LONGEST_NAME:].strip() or "?"
