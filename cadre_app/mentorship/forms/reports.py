"""Forms of half-year reports."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.mentorship.forms.notes import LongTextField
from cadre_app.mentorship.models import Half
from cadre_app.mentorship.models.reports import FIRST_YEAR, LAST_YEAR, LONGEST_REPORT, half_of

ROWS = 20


class GenerateForm(ChangeForm):
    """Which half-year; that of `latest`, the day of the latest record, until another one is chosen."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    half = forms.TypedChoiceField(label=_("Half-year"), choices=Half.choices, coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, latest: date | None = None, **kwargs: Any) -> None:
        year, half = half_of(latest or timezone.localdate())
        usual = {"year": year, "half": half}
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
