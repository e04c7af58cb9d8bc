"""What the statistics are asked for: a period and a unit, all in the URL."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.figures import Asked
from cadre_app.core.forms import say_required
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

FIRST_DAY = date(2000, 1, 1)


class StatisticsForm(forms.Form):
    """From the first of January until today, and everybody that `user` works for, unless the URL says otherwise."""

    since = forms.DateField(label=gettext_lazy("From"), widget=DayInput)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DayInput)
    unit = UnitChoiceField(
        queryset=Unit.objects.none(),
        label=gettext_lazy("Unit"),
        required=False,
        empty_label=gettext_lazy("Everything I work for"),
    )

    def __init__(self, asked: QueryDict, *, user: "User") -> None:
        data = asked.copy()
        today = timezone.localdate()
        if not data.get("since"):
            data["since"] = str(today.replace(month=1, day=1))
        if not data.get("until"):
            data["until"] = str(today)
        super().__init__(data)
        self.user = user
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = Unit.objects.standing().within(user.unit_ranges(*BUSINESS_ROLES))
        for each in self.fields.values():
            say_required(each)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since is not None and since < FIRST_DAY:
            self.add_error("since", ValidationError(_("Choose a day from 2000 on."), "too_early"))
        if until is not None and until > timezone.localdate():
            self.add_error("until", ValidationError(_("This day has not come yet."), "future"))
        if since is not None and until is not None and since > until:
            self.add_error("until", ValidationError(_("The last day lies before the first one."), "order"))
        return found

    def asked(self) -> Asked:
        """What a valid form asks for."""
        known = self.cleaned_data
        return Asked(
            as_of=known["until"], since=known["since"], unit=known["unit"] or self.user.only_unit, user=self.user
        )
