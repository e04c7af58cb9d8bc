"""Forms of the unit tree, and the unit chooser that other apps use."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.services import order_field, siblings_state

if TYPE_CHECKING:
    from django.db.models import QuerySet

    UnitChoiceBase = forms.ModelChoiceField[Unit]
else:
    UnitChoiceBase = forms.ModelChoiceField

INDENT = "\u3000"
HIGHEST_ORDER = 9999


class UnitChoiceIterator(ModelChoiceIterator):  # type: ignore[type-arg]
    """Units in official order: each unit of the second level heads a group with what is below it, indented."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        units = list(self.queryset.order_by("path"))
        base = min((unit.depth for unit in units), default=0)
        label = ""
        group: list[tuple[Any, str]] = []
        for unit in units:
            if unit.depth <= base + 1:
                if group:
                    yield (label, group) if len(group) > 1 else group[0]
                label, group = unit.name, []
            group.append(self._choice(unit, max(unit.depth - base - 1, 0)))
        if group:
            yield (label, group) if len(group) > 1 else group[0]

    def _choice(self, unit: Unit, depth: int) -> tuple[Any, str]:
        value, label = self.choice(unit)
        return value, f"{INDENT * depth}{label}"


CHOOSE = _("Please choose")


class UnitChoiceField(UnitChoiceBase):
    """A select of `queryset`'s units, grouped and indented; pass a queryset already narrowed to what may be chosen."""

    iterator = UnitChoiceIterator
    default_error_messages = {
        "invalid_choice": _("This unit cannot be chosen here: it is closed, out of your scope, or does not exist."),
    }

    def __init__(self, queryset: "QuerySet[Unit] | None" = None, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", CHOOSE)
        super().__init__(queryset if queryset is not None else Unit.objects.none(), **kwargs)

    def label_from_instance(self, obj: Unit) -> str:
        """Its name; closed ones, where they are offered for days that are past, say so."""
        if obj.closed_on is None or obj.closed_on > timezone.localdate():
            return str(obj)
        return gettext("%(unit)s (closed)") % {"unit": obj}

    def to_python(self, value: Any) -> Unit | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class UnitForm(ChangeForm):
    """What is written about a unit."""

    name = forms.CharField(label=_("Name"), max_length=80)
    short_name = forms.CharField(
        label=_("Short name"), max_length=30, required=False, help_text=_("Used where space is narrow.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    order = forms.IntegerField(
        label=_("Official order"),
        min_value=0,
        max_value=HIGHEST_ORDER,
        initial=0,
        help_text=_("Smaller numbers stand first among the units of the same superior unit."),
    )
    opened_on = forms.DateField(widget=DayInput, label=_("Opened on"))


class MoveUnitForm(ChangeForm):
    """Where a unit goes, with everything below it."""

    parent = UnitChoiceField(label=_("New superior unit"))
    reason = forms.CharField(label=_("Basis or reason"), max_length=300)

    def __init__(self, *args: Any, parents: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        if isinstance(field, UnitChoiceField):
            field.queryset = parents


class CloseUnitForm(ReasonForm):
    """From which day a unit no longer works, and why."""

    closed_on = forms.DateField(widget=DayInput, label=_("Closed from"))
    field_order = ("closed_on", "reason")


class ReorderForm(ChangeForm):
    """The official order of all units below one unit; carries the version of the whole order."""

    def __init__(self, *args: Any, parent: Unit, children: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, instance=siblings_state(parent, children), **kwargs)
        for child in children:
            self.fields[order_field(child.pk)] = forms.IntegerField(
                label=child.name,
                min_value=0,
                max_value=HIGHEST_ORDER,
                initial=child.order,
                widget=forms.NumberInput(attrs={"class": "form-control form-control-sm"}),
            )
