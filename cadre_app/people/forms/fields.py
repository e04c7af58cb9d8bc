"""Fields of persons and files: codes of a table, and months."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.core.cells import read_month
from cadre_app.core.fields import HIDDEN
from cadre_app.policy import codes

NOT_STATED = _("Not stated")
CHOOSE = _("Please choose")


class CodeField(forms.ChoiceField):
    """A code of a table; call `keep(code)` so that one out of use by now stays on offer."""

    def __init__(self, table: str, **kwargs: Any) -> None:
        self.table = table
        self.kept = ""
        super().__init__(choices=self._offered, **kwargs)

    def keep(self, code: str) -> None:
        self.kept = code
        self.choices = self._offered

    def _offered(self) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = list(codes.choices(self.table, keep=self.kept))
        if self.kept and self.kept not in dict(found):
            found.append((self.kept, codes.label(self.table, self.kept)))
        if not self.required:
            return [("", NOT_STATED), *found]
        # A first code that nobody chose would be saved as if it had been.
        return found if self.kept else [("", CHOOSE), *found]

    def __deepcopy__(self, memo: Any) -> "CodeField":
        result: CodeField = super().__deepcopy__(memo)
        result.kept = self.kept
        result.choices = result._offered
        return result


class MonthInput(forms.DateInput):
    """The browser's own month control, which reads and writes 2026-07; a text field where there is none."""

    input_type = "month"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "2026-07", **(attrs or {})}, format="%Y-%m")


class MonthField(forms.Field):
    """A month as its first day; typed 2026-07, 2026.07, 2026年7月 …"""

    widget = MonthInput

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.replace(day=1)
        if HIDDEN.search(str(value)):
            raise ValidationError(_("This is no month. Write it as 1996.07."), code="invalid")
        return read_month(str(value))

    def in_words(self, value: Any) -> Any:
        """A month as it is read, for pages that show what was typed."""
        return formats.date_format(value, "YEAR_MONTH_FORMAT") if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def keep_codes(form: forms.Form) -> None:
    """Let every code field of `form` offer what is recorded now."""
    for name, field in form.fields.items():
        if isinstance(field, CodeField):
            field.keep(str(form.get_initial_for_field(field, name) or ""))
