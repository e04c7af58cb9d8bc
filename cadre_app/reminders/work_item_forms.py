"""Forms of the office's work calendar."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.policy.workdays import FIRST_DAY, LAST_DAY
from cadre_app.reminders.models import Recurrence
from cadre_app.reminders.yearview import SEPARATOR, STATES, Asked, responsible_parties

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

ONE, ALL = "one", "all"
YEAR_DIGITS = 4
MONTHS = range(1, 13)


class WorkItemForm(ChangeForm):
    """What an entry says and how it comes round."""

    title_zh = forms.CharField(label=_("Item in Chinese"), max_length=200)
    title_en = forms.CharField(
        label=_("Item in English"),
        max_length=300,
        required=False,
        help_text=_("Without it English pages show Chinese."),
    )
    responsible = forms.CharField(
        label=_("Responsible"), max_length=60, help_text=_("Several offices are set apart by “、”.")
    )
    basis = forms.CharField(label=_("Basis or explanation"), max_length=200, required=False)
    is_local = forms.BooleanField(label=_("Local practice (marked ◇)"), required=False)
    recurrence = forms.ChoiceField(label=_("Recurrence"), choices=Recurrence.choices)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def clean_responsible(self) -> str:
        """One way of setting offices apart, so that the list can be narrowed to each."""
        text = self.cleaned_data["responsible"].replace("，", SEPARATOR).replace(",", SEPARATOR)
        return SEPARATOR.join(part.strip() for part in text.split(SEPARATOR) if part.strip())


class NewWorkItemForm(WorkItemForm):
    """As `WorkItemForm`, with the first day."""

    due_on = forms.DateField(
        label=_("First due on"),
        widget=DayInput,
        help_text=_(
            "Later rounds fall on the same day of the month, or on its last day where you choose the last one; on a day "
            "off they are due on the workday before."
        ),
    )
    field_order = ("title_zh", "title_en", "responsible", "basis", "is_local", "recurrence", "due_on", "note")


class MoveForm(ChangeForm):
    """Another day for the present round, or for it and all that follow."""

    due_on = forms.DateField(label=_("Due on"), widget=DayInput)
    which = forms.ChoiceField(
        label=_("What is moved"),
        choices=((ONE, _("This round only")), (ALL, _("This and all later rounds"))),
        widget=forms.RadioSelect,
        initial=ONE,
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """The service asks one question: from now on, or not."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "which" in cleaned:
            cleaned["from_now_on"] = cleaned.pop("which") == ALL
        return cleaned


class DoneForm(ChangeForm):
    """When the present round was done."""

    done_on = forms.DateField(label=_("Done on"), widget=DayInput)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)


class CalendarFilter:
    """What the page is narrowed to; values that cannot be read count as none."""

    def __init__(self, query: "QueryDict", user: "User") -> None:
        year = _year(query.get("year", ""))
        self.form = _FilterForm(query, year=year, parties=responsible_parties(user))
        self.form.is_valid()
        found = self.form.cleaned_data
        self.asked = Asked(
            year=year,
            month=int(found.get("month") or 0),
            responsible=found.get("responsible") or "",
            state=found.get("state") or "",
        )
        self.is_narrowed = bool(self.asked.month or self.asked.responsible or self.asked.state)


class _FilterForm(forms.Form):
    year = forms.CharField(label=_("Year"), required=False, widget=forms.HiddenInput)
    month = forms.ChoiceField(label=_("Month"), required=False)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, query: "QueryDict", *, year: int, parties: list[str]) -> None:
        super().__init__(query)
        choices: dict[str, list[tuple[str, Any]]] = {
            "month": [(str(month), date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")) for month in MONTHS],
            "responsible": [(party, party) for party in parties],
            "state": [(key, label) for key, (_mark, label) in STATES.items()],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *found]


def _year(text: str) -> int:
    """The year of a URL; the present one for anything that is no year, and within the years of the work calendar."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == YEAR_DIGITS else timezone.localdate().year
    return min(max(year, FIRST_DAY.year), LAST_DAY.year)
