"""Forms of offices and of who holds them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import HIGHEST_ORDER, UnitChoiceField
from cadre_app.people.forms.picker import NamesakeForm, PersonField
from cadre_app.people.models import OfficeHolding

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


class OfficeForm(ChangeForm):
    """What is written about an office; whose mentor its holder becomes."""

    name = forms.CharField(label=_("Office"), max_length=60)
    order = forms.IntegerField(
        label=_("Order in the unit"),
        min_value=0,
        max_value=HIGHEST_ORDER,
        initial=0,
        help_text=_("Smaller numbers stand first among the offices of the unit."),
    )
    is_political_source = forms.BooleanField(
        label=_("Its holder is the political mentor of this unit's trainees"),
        required=False,
        help_text=_("The Party secretary of the unit; in a town the secretary, not the head of the town."),
    )
    is_community_source = forms.BooleanField(
        label=_("Its holder is the community mentor of the trainees in this village"),
        required=False,
        help_text=_("The Party secretary of the village or community."),
    )


class NewOfficeForm(OfficeForm):
    """As `OfficeForm`, with the unit; it cannot be changed later."""

    unit = UnitChoiceField(label=_("Unit"))
    field_order = ("unit", "name", "order", "is_political_source", "is_community_source")

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units


class AppointForm(NamesakeForm, ChangeForm):
    """Who took the office and when: somebody already entered, or a new person by name."""

    person = PersonField(
        label=_("Somebody already entered"),
        required=False,
        help_text=_("Type the name, its pinyin or its initials, then choose."),
    )
    name = forms.CharField(
        label=_("Or a new person: full name"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Mobile phone of the new person"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    since = forms.DateField(label=_("In this office since"), widget=DayInput)
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    ends_predecessor = forms.BooleanField(label=_("End the predecessor's time in office"), required=False)
    field_order = ("person", "name", "is_namesake", "phone", "since", "document_number", "ends_predecessor")

    def __init__(self, *args: Any, user: "User", current: OfficeHolding | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["person"]
        if isinstance(field, PersonField):
            field.open_to(user)
        if current is None:
            del self.fields["ends_predecessor"]
        else:
            label = gettext("%(name)s leaves this office on the day before") % {"name": current.person.name}
            self.fields["ends_predecessor"].label = label

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        person, name = cleaned.get("person"), cleaned.get("name", "")
        if person is None and not name and not self.errors:
            self.add_error("person", _("Choose somebody, or write the name of a new person."))
        elif person is not None and name:
            self.add_error("name", _("Somebody is chosen above. Leave the name empty, or take the choice back."))
        return cleaned


class HoldingForm(ChangeForm):
    """The days and the document of a holding."""

    since = forms.DateField(label=_("In this office since"), widget=DayInput)
    until = forms.DateField(label=_("Last day in this office"), widget=DayInput, required=False)
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)


class EndHoldingForm(ReasonForm):
    """The last day, and why."""

    until = forms.DateField(label=_("Last day in this office"), widget=DayInput)
    field_order = ("until", "reason")
