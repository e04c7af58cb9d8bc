"""Forms of transfers and departures."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.models import TransferKind
from cadre_app.people.models.transfers import ENDS_OF_PROBATION

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.org.models import Unit


DEPARTURES = [choice for choice in TransferKind.choices if choice[0] != TransferKind.INTERNAL]


class TransferForm(ChangeForm):
    """To which unit, from when, by which document."""

    to_unit = UnitChoiceField(label=_("Unit to move to"))
    effective_on = forms.DateField(label=_("Effective on"), widget=DayInput)
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units


class DepartureForm(ChangeForm):
    """How and when the person leaves the programme; the approval where the minimum service is not complete.

    `cancelled`: the kind that follows a probation that was not passed, offered where one was cancelled.
    """

    kind = forms.ChoiceField(
        label=_("Kind of departure"),
        choices=DEPARTURES,
        widget=forms.RadioSelect,
    )
    effective_on = forms.DateField(label=_("Left on"), widget=DayInput)
    destination = forms.CharField(label=_("Destination"), max_length=100, required=False)
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    approval = forms.CharField(
        label=_("Approval of leaving within the service period"),
        max_length=100,
        required=False,
        help_text=_("Who approved it and by which document; needed before the minimum service is complete."),
    )
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, cancelled: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = {each.value for each in ENDS_OF_PROBATION.values()} - {cancelled}
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [choice for choice in DEPARTURES if choice[0] not in hidden]
        if cancelled:
            self.fields["approval"].help_text = _(
                "Who approved it and by which document; not needed where employment ended on probation."
            )
