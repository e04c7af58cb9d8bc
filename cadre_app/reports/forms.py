"""What the overview is asked for: a period, a unit, and whether beside the year before; all in the URL."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadre_app.core.demands import PERSONS, parties
from cadre_app.core.figures import Asked, check_day
from cadre_app.core.widgets import DayInput
from cadre_app.org.filters import chosen_unit
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit
from cadre_app.org.tree import units_for
from cadre_app.people.forms.fields import MonthField
from cadre_app.reports.burden import Burden, span_until
from cadre_app.reports.periods import Period, span_of, year_before

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

COMPARED = "year"


class ScopeForm(forms.Form):
    """A unit among those that `user` works for; none: all of them."""

    unit = UnitChoiceField(
        label=gettext_lazy("Unit"), required=False, empty_label=gettext_lazy("Everything I work for")
    )

    def __init__(self, data: QueryDict, *, user: "User") -> None:
        super().__init__(data)
        self.user = user
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = self._offered(data.get("unit", ""))

    def _offered(self, key: str) -> "QuerySet[Unit]":
        """All of them up to 400, else those on the way to the chosen one and just below it."""
        chosen = chosen_unit(key, user=self.user) if key else None
        units, _is_whole = units_for(self.user, chosen)
        return Unit.objects.filter(pk__in=[unit.pk for unit in units])


class OverviewForm(ScopeForm):
    """The 12 months until today and everything that `user` works for, unless the URL says otherwise."""

    period = forms.ChoiceField(label=pgettext_lazy("figures", "Period"), choices=Period.choices)
    since = forms.DateField(label=gettext_lazy("From (for a day of your choice)"), widget=DayInput, required=False)
    as_of = forms.DateField(label=gettext_lazy("As of"), widget=DayInput)
    compare = forms.ChoiceField(
        label=pgettext_lazy("figures", "Comparison"),
        choices=(("", pgettext_lazy("figures", "None")), (COMPARED, gettext_lazy("With the year before"))),
        required=False,
    )
    field_order = ("period", "since", "as_of", "unit", "compare")

    def __init__(self, asked: QueryDict, *, user: "User") -> None:
        data = asked.copy()
        if not data.get("as_of"):
            data["as_of"] = str(timezone.localdate())
        if not data.get("period"):
            data["period"] = Period.FREE if data.get("since") else Period.TWELVE
        super().__init__(data, user=user)

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        return check_day(day)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("period") == Period.FREE and "since" in found:
            self._check_since(found["since"], found.get("as_of"))
        return found

    def _check_since(self, since: date | None, as_of: date | None) -> None:
        if since is None:
            self.add_error("since", ValidationError(_("Say from which day on."), "required"))
            return
        try:
            check_day(since)
        except ValidationError as error:
            self.add_error("since", error)
            return
        if as_of is not None and since > as_of:
            self.add_error("since", ValidationError(_("The first day lies after the last one."), "order"))

    def asked(self) -> Asked:
        """What a valid form asks for; without a unit the only one that the account works for, so that what belongs to the whole
        district, as sessions, counts for it alone.
        """
        known = self.cleaned_data
        since, as_of = span_of(known["period"], known["as_of"], known["since"])
        return Asked(as_of=as_of, since=since, unit=known["unit"] or self.user.only_unit, user=self.user)

    def before(self) -> Asked | None:
        """The same a year before, where that is asked for."""
        if self.cleaned_data["compare"] != COMPARED:
            return None
        asked = self.asked()
        since, as_of = year_before(self.cleaned_data["period"], (asked.since, asked.as_of))
        return Asked(as_of=as_of, since=since, unit=asked.unit, user=asked.user)

    def spelt_out(self) -> str:
        """The address of a valid form with its day: a workbook made after midnight still shows what the page showed."""
        known = {name: value for name, value in self.cleaned_data.items() if value}
        if "unit" in known:
            known["unit"] = known["unit"].pk
        return urlencode(known)


class BurdenForm(ScopeForm):
    """The young cadres of everything that `user` works for and the twelve months until this one, unless the URL says else."""

    party = forms.ChoiceField(label=pgettext_lazy("burden", "Asked of"))
    month = MonthField(label=gettext_lazy("Twelve months until"))
    over = forms.ChoiceField(
        label=pgettext_lazy("burden", "Shown"),
        choices=(("", pgettext_lazy("burden", "All of them")), ("1", pgettext_lazy("burden", "Over the cap"))),
        required=False,
    )
    field_order = ("party", "month", "unit", "over")

    def __init__(self, asked: QueryDict, *, user: "User") -> None:
        data = asked.copy()
        if not data.get("party"):
            data["party"] = PERSONS
        if not data.get("month"):
            data["month"] = f"{timezone.localdate():%Y-%m}"
        super().__init__(data, user=user)
        ordered = sorted(parties.items(), key=lambda pair: pair[1].order)
        party = self.fields["party"]
        if isinstance(party, forms.ChoiceField):
            party.choices = [(key, party.label) for key, party in ordered]

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        check_day(month)
        return month

    def burden(self) -> Burden:
        """What a valid form asks for; the month that is under way counts to its end, with what is arranged."""
        since, until = span_until(self.cleaned_data["month"])
        asked = Asked(as_of=until, since=since, unit=self.cleaned_data["unit"], user=self.user)
        return Burden(asked, self.cleaned_data["party"])
