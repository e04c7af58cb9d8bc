"""What the board, the timeline and who is where are asked: all in the URL, nothing is written."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.assignments.models import PostingKind
from cadre_app.assignments.scope import (
    FIRST_YEAR,
    LONGEST_TYPED,
    OTHERS,
    front_choices,
    units_of,
    year_choices,
)
from cadre_app.assignments.stretches import LEAVE, VILLAGE, village_label
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from django.http import QueryDict

    from cadre_app.accounts.models import User

LAST_DAY = date(2099, 12, 31)


class AskedForm(forms.Form):
    """Bound to the URL; what names nothing is said beside its field and counts as not asked."""

    unit = UnitChoiceField(queryset=Unit.objects.none(), label=gettext_lazy("Unit"), required=False)

    def __init__(self, data: "QueryDict", *, user: "User") -> None:
        super().__init__(data)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units_of(user)
            field.empty_label = _("All")

    def __iter__(self) -> Iterator[forms.BoundField]:
        """How the page is shown is no condition of it: the bar of filters does not name it."""
        return (field for field in super().__iter__() if field.name != "by")

    def hidden_fields(self) -> list[forms.BoundField]:
        """It is sent along all the same."""
        return [self["by"]] if "by" in self.fields else []

    @property
    def form(self) -> "AskedForm":
        """As the filter bar names it."""
        return self

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What is asked for, without what names nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}


class TimelineForm(AskedForm):
    """Name, unit, year, front and kind; without a year three years around today."""

    q = forms.CharField(label=gettext_lazy("Full name"), required=False, max_length=LONGEST_TYPED)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    front = forms.ChoiceField(label=gettext_lazy("Front"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("posting", "Kind"), required=False)
    by = forms.ChoiceField(
        choices=[("person", "person"), ("front", "front"), ("table", "table")],
        required=False,
        widget=forms.HiddenInput,
    )
    field_order = ("q", "unit", "year", "front", "kind", "by")

    def __init__(self, data: "QueryDict", *, user: "User") -> None:
        super().__init__(data, user=user)
        none = pgettext_lazy("front", "On none of the fronts")
        every = ("", _("All"))
        around = ("", pgettext_lazy("timeline", "Around today"))
        self._offer("year", [around, *year_choices(timezone.localdate())])
        self._offer("front", [every, *front_choices(), (OTHERS, none)])
        leave = pgettext_lazy("kind of posting", "Leave")
        self._offer("kind", [every, (VILLAGE, village_label()), *PostingKind.choices, (LEAVE, leave)])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class WhereForm(AskedForm):
    """A day and a unit; without a day today."""

    on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DayInput)
    by = forms.ChoiceField(choices=[("host", "host"), ("unit", "unit")], required=False, widget=forms.HiddenInput)
    field_order = ("on", "unit", "by")

    def __init__(self, data: "QueryDict", *, user: "User") -> None:
        data = data.copy()
        if not data.get("on"):
            data["on"] = str(timezone.localdate())
        super().__init__(data, user=user)

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not date(FIRST_YEAR, 1, 1) <= day <= LAST_DAY:
            known = {"first": FIRST_YEAR, "last": LAST_DAY.year}
            raise ValidationError(_("Choose a day from %(first)s to %(last)s.") % known, code="out_of_reach")
        return day

    @property
    def day(self) -> date:
        """The day that is asked for; today where it names none."""
        asked: date | None = self.asked["on"]
        return asked or timezone.localdate()
