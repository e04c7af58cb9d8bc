"""Forms of materials."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.handover.models import MaterialKind
from cadre_app.people.forms.picker import PersonField

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class MaterialForm(ChangeForm):
    """A paper entered by hand, or corrected."""

    kind = forms.ChoiceField(label=pgettext_lazy("material", "Kind"), choices=MaterialKind.choices)
    title = forms.CharField(
        label=pgettext_lazy("material", "Name"), max_length=100, help_text=_("As it stands on the paper.")
    )
    formed_on = forms.DateField(label=_("Formed on"), widget=DayInput)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class NewMaterialForm(MaterialForm):
    """A paper of somebody who is named; the files that `user` works on as staff are those it may be of."""

    person = PersonField(label=_("Full name"), help_text=_("Type the name, its pinyin or its initials, then choose."))
    field_order = ("person", "kind", "title", "formed_on", "remark")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, PersonField):
            field.open_to(user)


class HandOverForm(ChangeForm):
    """When it went and who signed for it; `handed_over_on` is today at first."""

    handed_over_on = forms.DateField(label=_("Handed over on"), widget=DayInput)
    received_by = forms.CharField(
        label=_("Signed for by"),
        max_length=60,
        help_text=_("Whoever took it for the keepers of the personnel archive, as signed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_by"].widget.attrs.setdefault("autocomplete", "off")
