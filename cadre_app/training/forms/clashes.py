"""Forms that plan a time for people: clashes are named once, and saved when whoever plans says so."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.training.services.meetings import PLANNED_AHEAD

GO_ON = "go_on"


class PlannedDay(forms.DateField):
    """A day for which something is planned: clashes are only asked of days that can be."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and abs(day - timezone.localdate()) > PLANNED_AHEAD:
            raise ValidationError(_("This day lies more than two years away."), code="far_away")
        return day


class ClashForm(ChangeForm):
    """Asks `clashes_found` of what was typed; the box stands on the page once there is something to agree to."""

    go_on = forms.BooleanField(label=_("Go on all the same"), required=False, widget=forms.HiddenInput)

    def clashes_found(self, cleaned: dict[str, Any]) -> list[str]:
        """One line for each person, teacher or room that is taken at the time that is planned."""
        raise NotImplementedError

    def warnings_found(self, cleaned: dict[str, Any]) -> list[str]:
        """What else is to be agreed to, under a heading of its own."""
        return []

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        agreed = cleaned.pop(GO_ON, False)
        found = [] if self.errors else self._found(cleaned)
        if found or agreed:
            self.fields[GO_ON].widget = forms.CheckboxInput()
        if found and not agreed:
            lines = [ValidationError("%(line)s", params={"line": line}, code="clash") for line in found]
            self.add_error(GO_ON, lines)
        return cleaned

    def _found(self, cleaned: dict[str, Any]) -> list[str]:
        found = self.clashes_found(cleaned)
        heading = [gettext("Taken already at that time:")] if found else []
        return [*heading, *found, *self.warnings_found(cleaned)]
