"""What the overview is asked for: a unit and a day, both in the URL."""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.figures import Asked
from cadre_app.core.widgets import DayInput
from cadre_app.org.filters import chosen_unit
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit
from cadre_app.org.tree import units_for
from cadre_app.reports.services import check_day

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


class OverviewForm(forms.Form):
    """A unit among those that `user` works for (none: all of them) and a day, today unless another is asked."""

    as_of = forms.DateField(label=_("As of"), widget=DayInput)
    unit = UnitChoiceField(label=_("Unit"), required=False, empty_label=_("Everything I work for"))

    def __init__(self, asked: QueryDict, *, user: "User") -> None:
        data = asked.copy()
        if not data.get("as_of"):
            data["as_of"] = str(timezone.localdate())
        super().__init__(data)
        self.user = user
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = self._offered(data.get("unit", ""))

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        return check_day(day)

    def asked(self) -> Asked:
        """What a valid form asks for."""
        return Asked.on(self.cleaned_data["as_of"], unit=self.cleaned_data["unit"], user=self.user)

    def _offered(self, key: str) -> "QuerySet[Unit]":
        """All of them up to 400, else those on the way to the chosen one and just below it."""
        chosen = chosen_unit(key, user=self.user) if key else None
        units, _is_whole = units_for(self.user, chosen)
        return Unit.objects.filter(pk__in=[unit.pk for unit in units])
