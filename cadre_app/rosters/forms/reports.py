"""Forms and questions of reports to the superior."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.roles import Role
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit
from cadre_app.rosters.forms.asked import check_day
from cadre_app.rosters.models import ReportKind
from cadre_app.rosters.models.reports import LONGEST_REASON, LONGEST_REMARK

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel


class NewReportForm(ChangeForm):
    """Which report, of which unit among those that the user fills in for, as of which day: 31 December of last year."""

    kind = forms.ChoiceField(label=pgettext_lazy("report to the superior", "Report"), choices=ReportKind.choices)
    unit = UnitChoiceField(label=_("Reporting unit"))
    as_of = forms.DateField(
        label=_("As of"), widget=DayInput, help_text=_("Yearly returns stand as of 31 December of the year before.")
    )
    remark = forms.CharField(
        label=_("Remark"), max_length=LONGEST_REMARK, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        units = Unit.objects.standing().within(user.unit_ranges(Role.STAFF)).in_official_order()
        first = units.first()
        last_day = timezone.localdate().replace(month=1, day=1) - timedelta(days=1)
        kwargs["initial"] = {"as_of": last_day, "unit": first.pk if first is not None else None}
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units

    def clean_as_of(self) -> "date":
        return check_day(self.cleaned_data["as_of"])


class ReportForm(ChangeForm):
    """What is written beside the numbers."""

    remark = forms.CharField(
        label=_("Remark"), max_length=LONGEST_REMARK, required=False, widget=forms.Textarea({"rows": 3})
    )


class NumberForm(ChangeForm):
    """The number under which it was filed."""

    filing_number = forms.CharField(label=_("Filing number"), max_length=60, required=False)


class BlankForm(ChangeForm):
    """A question that asks nothing but the step itself."""

    def _values_of(self, instance: "BaseModel") -> dict[str, Any]:
        return {}


class ReturnForm(BlankForm, ReasonForm):
    reason = forms.CharField(
        label=pgettext_lazy("report to the superior", "What is to be completed"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )


class VoidForm(BlankForm, ReasonForm):
    """Why it is voided."""


class RestoringForm(BlankForm, RestoreForm):
    """Why it stands again, where there is something to say."""
