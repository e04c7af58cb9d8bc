"""Forms of saved filters and subscriptions."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.lists.models.subscriptions import LAST_DAY
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit
from cadre_app.org.tree import units_for

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

USUAL_DAY = 1


class FilterForm(ChangeForm):
    """The name under which conditions are kept; `in_navigation`: the list has a line there that can open it so."""

    name = forms.CharField(label=_("Name"), max_length=20)
    is_default = forms.BooleanField(
        label=_("Open the list with it from the navigation"),
        required=False,
        help_text=_("“Clear filters” shows the whole list."),
    )

    def __init__(self, *args: Any, in_navigation: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_navigation:
            del self.fields["is_default"]

    def clean(self) -> dict[str, Any]:
        return {"is_default": False, **self.cleaned_data}


class NewFilterForm(FilterForm):
    """A new filter; where its name is taken, the form asks whether the conditions of that one are to be replaced."""

    replace = forms.BooleanField(
        label=_("Replace the conditions of the filter of this name"),
        required=False,
        help_text=_("A monthly report of it goes on with the new conditions."),
    )

    def __init__(self, *args: Any, taken: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_taken = self.is_bound and (self["name"].value() or "").strip() in taken
        if not self.is_taken:
            del self.fields["replace"]

    def clean(self) -> dict[str, Any]:
        found = {"replace": False, **super().clean()}
        if self.is_taken and not found["replace"]:
            text = _("You already have a filter of this name. Choose another name, or tick below that it is replaced.")
            self.add_error("name", ValidationError(text, "taken"))
        return found


class DayForm(ChangeForm):
    """On which day of the month."""

    day = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=LAST_DAY,
        initial=USUAL_DAY,
        help_text=_("1 to 28, so that every month has it."),
    )


class FiguresForm(DayForm):
    """Of which unit, and on which day of the month."""

    unit = UnitChoiceField(
        queryset=Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("Everything I work for")
    )
    field_order = ("unit", "day")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, _is_whole = units_for(user, None)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
