"""Forms of 提醒规则: how a rule rings, for everybody or for a unit."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.org.forms import UnitChoiceField
from cadre_app.reminders.days import read_days
from cadre_app.reminders.services.settings import LONGEST_DAYS, MOST_STEPS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.org.models import Unit
    from cadre_app.reminders.models import RuleSetting
    from cadre_app.reminders.rule_lines import Ringing


class DaysField(forms.CharField):
    """A list of days in one line; gives whole numbers without repetition."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        days = read_days(super().clean(value))
        if any(day > LONGEST_DAYS for day in days):
            message = gettext("Enter days from 0 to %(most)s.") % {"most": LONGEST_DAYS}
            raise ValidationError(message, code="out_of_bounds")
        if len(days) > MOST_STEPS:
            raise ValidationError(gettext("At most %(most)s different days.") % {"most": MOST_STEPS}, code="too_many")
        return days

    def prepare_value(self, value: Any) -> Any:
        return self.in_words(value)

    def in_words(self, value: Any) -> Any:
        """Days as the page with both texts shows them."""
        return ", ".join(str(day) for day in value) if isinstance(value, list | tuple) else value


class RuleForm(ChangeForm):
    """How a rule rings; the page says for whom."""

    is_on = forms.BooleanField(
        label=pgettext_lazy("rule", "In use"), required=False, help_text=_("A rule out of use reminds nobody.")
    )
    leads = DaysField(
        label=_("Days before"),
        help_text=_("For example 14, 7, 1, 0; 0 is the day itself. A day off: told on the workday before."),
    )
    overdue = DaysField(
        label=_("Days after"),
        help_text=_("For example 7, if it is still open then. A day off: told on the next workday."),
    )
    attention = forms.IntegerField(
        label=_("Supervisor is told after days"),
        required=False,
        min_value=0,
        max_value=LONGEST_DAYS,
        help_text=_("Counted from the day it was due. Empty: no supervisor is told."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Stands in each reminder as the reason for it.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, *args: Any, ringing: "Ringing | None" = None, instance: "RuleSetting | None" = None, **kwargs: Any
    ) -> None:
        first = {**(ringing.values() if ringing else {}), "reason": ""}
        super().__init__(*args, instance=instance, initial=first, **kwargs)


class ExceptionForm(RuleForm):
    """The same for a unit and all below it."""

    unit = UnitChoiceField(label=_("Unit"), help_text=_("For the unit and all below it."))
    field_order = ("unit", "is_on", "leads", "overdue", "attention", "source", "reason")

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units
