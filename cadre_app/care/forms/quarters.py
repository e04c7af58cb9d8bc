"""The plan of a quarter: for which units, and the table of what is proposed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.care.quarters import Proposal, Quarter
from cadre_app.care.services.batches import Wanted, cell
from cadre_app.core.forms import SUBMISSION, ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


class QuarterForm(forms.Form):
    """Which quarter, and which unit with all below it; in the address of the page."""

    quarter = forms.ChoiceField(label=_("Quarter"))
    unit = UnitChoiceField(label=_("Unit"), queryset=None, required=False, empty_label=_("All my units"))

    def __init__(self, *args: Any, quarters: Sequence[Quarter], units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {quarter.key: quarter for quarter in quarters}
        self.fields["quarter"].choices = [(key, one.label) for key, one in self.known.items()]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_quarter(self) -> Quarter:
        return self.known[self.cleaned_data["quarter"]]


class GridForm(ChangeForm):
    """For each plan `pick_<hex>`, `day_<hex>` and `who_<hex>`."""

    def __init__(self, *args: Any, rows: Sequence[Proposal], workers: "Sequence[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.workers = {str(user.pk): user for user in workers}
        for row in rows:
            key, name = row.plan.pk, row.plan.trainee.person.name
            pick = forms.BooleanField(label=name, required=False, initial=row.day is not None)
            pick.widget.attrs.update({"aria-label": f"{name} {_('Plan a talk')}", "class": "form-check-input"})
            day = forms.DateField(label=name, required=False, initial=row.day, widget=DayInput)
            day.widget.attrs.update({"aria-label": f"{name} {_('Planned for')}", "class": "form-control"})
            theirs = [(key, _named(user)) for key, user in self.workers.items() if user.pk in row.workers]
            who = forms.ChoiceField(
                label=name, required=False, choices=[("", _("Not decided yet")), *theirs], initial=row.interviewer or ""
            )
            who.widget.attrs.update({"aria-label": f"{name} {_('Interviewer')}", "class": "form-select"})
            self.fields |= {cell("pick", key): pick, cell("day", key): day, cell("who", key): who}

    def clean(self) -> dict[str, Any]:
        cleaned, given = self.cleaned_data, {}
        for row in self.rows:
            key = row.plan.pk
            if not cleaned.get(cell("pick", key)):
                continue
            day = cleaned.get(cell("day", key))
            if day is None:
                if cell("day", key) not in self.errors:
                    self.add_error(cell("day", key), _("Say for which day, or leave the person out."))
                continue
            interviewer = self.workers.get(cleaned.get(cell("who", key)) or "")
            trigger = row.trigger.pk if row.trigger is not None else None
            given[key] = Wanted(planned_on=day, interviewer=interviewer, trigger=trigger)
        if not given and not self.errors:
            self.add_error(None, _("Nobody is picked."))
        return {SUBMISSION: cleaned.get(SUBMISSION), "given": given}


def _named(user: "User") -> str:
    return f"{user.display_name} {user.post}".strip()
