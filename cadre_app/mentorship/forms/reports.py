"""Forms of half-year reports."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.mentorship.forms.notes import LongTextField
from cadre_app.mentorship.models import Half
from cadre_app.mentorship.models.reports import FIRST_YEAR, LAST_YEAR, LONGEST_REPORT, days_of

ROWS = 20


class GenerateForm(ChangeForm):
    """Which half-year; the last one that is over, until another one is chosen."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    half = forms.TypedChoiceField(label=_("Half-year"), choices=Half.choices, coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        is_late = today >= days_of(today.year, Half.SECOND)[0]
        usual = {"year": today.year if is_late else today.year - 1, "half": Half.FIRST if is_late else Half.SECOND}
        super().__init__(*args, initial={**usual, **(kwargs.pop("initial", None) or {})}, **kwargs)


class ReportForm(ChangeForm):
    """The text, one paragraph a line."""

    text = LongTextField(
        label=pgettext_lazy("report", "Text"),
        longest=LONGEST_REPORT,
        rows=ROWS,
        help_text=_("One paragraph a line; a line that begins with a numeral as in papers is a heading."),
    )


class OneButtonForm(ChangeForm):
    """One button; the version stands behind it."""
