"""What a roster is asked for: a day and a unit, both in the URL; and how it is set."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.filters import chosen_unit
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit
from cadre_app.org.tree import units_for
from cadre_app.rosters.models import Order, Paper

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

FIRST_DAY = date(2000, 1, 1)


def check_day(day: date) -> date:
    """`day`, as long as a list can be made for it. Raises ValidationError."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet. Lists and reports stand as of today or an earlier day."))
    if day < FIRST_DAY:
        raise ValidationError(_("Choose a day from %(day)s on.") % {"day": formats.date_format(FIRST_DAY)})
    return day


class AskedForm(forms.Form):
    """A unit among those that `user` works for (none: all of them), and a day, today unless another is asked."""

    as_of = forms.DateField(label=gettext_lazy("As of"), widget=DayInput)
    unit = UnitChoiceField(
        label=gettext_lazy("Unit"), required=False, empty_label=gettext_lazy("Everything I work for")
    )

    def __init__(self, asked: QueryDict, *, user: "User") -> None:
        data = asked.copy()
        if not data.get("as_of"):
            data["as_of"] = str(timezone.localdate())
        super().__init__(data)
        key = data.get("unit", "")
        units, _is_whole = units_for(user, chosen_unit(key, user=user) if key else None)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])

    def clean_as_of(self) -> date:
        return check_day(self.cleaned_data["as_of"])


class LayoutForm(ChangeForm):
    """版式 columns, order and paper, which are remembered."""

    columns = forms.MultipleChoiceField(
        label=pgettext_lazy("roster", "Columns"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    order = forms.ChoiceField(label=gettext_lazy("Order"), choices=Order.choices)
    paper = forms.ChoiceField(label=pgettext_lazy("roster", "Paper"), choices=Paper.choices)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["columns"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = offered
