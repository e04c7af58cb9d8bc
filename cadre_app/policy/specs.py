"""Kinds of editable settings: each knows its type, unit, bounds and default, and reads its value for a day."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cadre_app.core.widgets import DayInput
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

V = TypeVar("V")

LOCAL_CUSTOM: "_StrPromise" = gettext_lazy("Local custom")
LONGEST_TEXT = 200


UNITS = {
    "seconds": ngettext_lazy("%(number)s second", "%(number)s seconds", "count"),
    "minutes": ngettext_lazy("%(number)s minute", "%(number)s minutes", "count"),
    "hours": ngettext_lazy("%(number)s hour", "%(number)s hours", "count"),
    "days": ngettext_lazy("%(number)s day", "%(number)s days", "count"),
    "months": ngettext_lazy("%(number)s month", "%(number)s months", "count"),
    "years": ngettext_lazy("%(number)s year", "%(number)s years", "count"),
    "people": ngettext_lazy("%(number)s person", "%(number)s people", "count"),
    "rows": ngettext_lazy("%(number)s row", "%(number)s rows", "count"),
    "megabytes": ngettext_lazy("%(number)s MB", "%(number)s MB", "count"),
    "times": ngettext_lazy("%(number)s time", "%(number)s times", "count"),
    "yuan": ngettext_lazy("%(number)s yuan", "%(number)s yuan", "count"),
}


@dataclass(frozen=True, kw_only=True)
class Policy(Generic[V]):
    """One setting; stored values are plain JSON, `source` names the regulation behind the default."""

    key: str
    label: "_StrPromise | str"
    group: str
    default: V
    source: "_StrPromise | str" = LOCAL_CUSTOM
    unit: str = ""
    help: "_StrPromise | str" = ""

    def on(self, day: date) -> V:
        """The value in force on the local date `day`; the default where none was set or no table exists yet."""
        raw = snapshot.settings_now().raw_on(self.key, day)
        return self.default if raw is snapshot.NOT_SET else self.from_json(raw)

    def now(self) -> V:
        """The value in force today (local date)."""
        return self.on(timezone.localdate())

    def source_on(self, day: date) -> str:
        """The regulation or custom behind the value in force on the local date `day`."""
        return snapshot.settings_now().source_on(self.key, day) or str(self.source)

    def to_json(self, value: V) -> Any:
        """The form in which a value is stored."""
        return value

    def from_json(self, raw: Any) -> V:
        """The typed value of what `to_json` made."""
        value: V = raw
        return value

    def clean(self, value: Any) -> V:
        """The typed value of typed or stored input; raises ValidationError for another type or out of bounds."""
        raise NotImplementedError

    def text(self, value: V) -> str:
        """The value with its unit in the viewer's language."""
        return str(value)

    def form_field(self) -> forms.Field:
        """The field that asks for a value."""
        raise NotImplementedError

    def form_value(self, value: V) -> Any:
        """The value as the form field shows it at first."""
        return value

    def __str__(self) -> str:
        return str(self.label)


@dataclass(frozen=True, kw_only=True)
class IntPolicy(Policy[int]):
    """A whole number between `low` and `high`, both included."""

    low: int = 0
    high: int = 9999

    def clean(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError(_("Enter a whole number."), code="not_a_number")
        _check_bounds(value, self.low, self.high)
        return value

    def text(self, value: int) -> str:
        return _with_unit(self.unit, value)

    def form_field(self) -> forms.Field:
        return forms.IntegerField(
            min_value=self.low, max_value=self.high, help_text=_bounds_text(self.low, self.high, self.unit)
        )


@dataclass(frozen=True, kw_only=True)
class DecimalPolicy(Policy[Decimal]):
    """A number with at most `places` decimals between `low` and `high`; stored as text."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(9999)
    places: int = 2

    def to_json(self, value: Decimal) -> Any:
        return str(value)

    def from_json(self, raw: Any) -> Decimal:
        return Decimal(raw)

    def clean(self, value: Any) -> Decimal:
        try:
            number = Decimal(value)
        except (InvalidOperation, TypeError, ValueError) as error:
            raise ValidationError(_("Enter a number."), code="not_a_number") from error
        if not number.is_finite():
            raise ValidationError(_("Enter a number."), code="not_a_number")
        _check_bounds(number, self.low, self.high)
        return number

    def text(self, value: Decimal) -> str:
        return _with_unit(self.unit, value)

    def form_field(self) -> forms.Field:
        return forms.DecimalField(
            min_value=self.low,
            max_value=self.high,
            decimal_places=self.places,
            help_text=_bounds_text(self.low, self.high, self.unit),
        )


@dataclass(frozen=True, kw_only=True)
class BoolPolicy(Policy[bool]):
    """Yes or no."""

    def clean(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError(_("Choose yes or no."), code="not_a_choice")
        return value

    def text(self, value: bool) -> str:
        return _("yes") if value else _("no")

    def form_field(self) -> forms.Field:
        return forms.TypedChoiceField(
            choices=[("yes", _("yes")), ("no", _("no"))],
            coerce=lambda text: text == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
        )

    def form_value(self, value: bool) -> Any:
        return "yes" if value else "no"


@dataclass(frozen=True, kw_only=True)
class DatePolicy(Policy[date]):
    """A calendar day; stored as ISO text."""

    def to_json(self, value: date) -> Any:
        return value.isoformat()

    def from_json(self, raw: Any) -> date:
        return date.fromisoformat(raw)

    def clean(self, value: Any) -> date:
        if not isinstance(value, date):
            raise ValidationError(_("Enter a date."), code="not_a_date")
        return value

    def text(self, value: date) -> str:
        return formats.date_format(value, "DATE_FORMAT")

    def form_field(self) -> forms.Field:
        return forms.DateField(widget=DayInput)


@dataclass(frozen=True, kw_only=True)
class TextPolicy(Policy[str]):
    """One line of text; may be empty only where `optional`."""

    optional: bool = False
    longest: int = LONGEST_TEXT

    def clean(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(_("Enter a text."), code="not_a_text")
        text = value.strip()
        if not text and not self.optional:
            raise ValidationError(_("This text must not be empty."), code="required")
        if len(text) > self.longest:
            raise ValidationError(
                _("At most %(longest)s characters."), code="too_long", params={"longest": self.longest}
            )
        return text

    def text(self, value: str) -> str:
        return value or _("(empty)")

    def form_field(self) -> forms.Field:
        return forms.CharField(max_length=self.longest, required=not self.optional)


@dataclass(frozen=True, kw_only=True)
class ChoicePolicy(Policy[str]):
    """One of `choices` (value, label)."""

    choices: "tuple[tuple[str, _StrPromise | str], ...]" = field(default=())

    def clean(self, value: Any) -> str:
        if value not in dict(self.choices):
            raise ValidationError(_("Choose one of the values offered."), code="not_a_choice")
        text: str = value
        return text

    def text(self, value: str) -> str:
        return str(dict(self.choices).get(value, value))

    def form_field(self) -> forms.Field:
        return forms.ChoiceField(choices=self.choices, widget=forms.RadioSelect)


def _with_unit(unit: str, value: "int | Decimal") -> str:
    number = formats.number_format(value)
    phrase = UNITS.get(unit)
    count = int(value) if value == int(value) else int(value) + 2
    return phrase % {"number": number, "count": count} if phrase else number


def _bounds_text(low: "int | Decimal", high: "int | Decimal", unit: str) -> str:
    return _("From %(low)s to %(high)s.") % {"low": low, "high": _with_unit(unit, high)}


def _check_bounds(value: "int | Decimal", low: "int | Decimal", high: "int | Decimal") -> None:
    if not low <= value <= high:
        raise ValidationError(
            _("The value must lie between %(low)s and %(high)s."),
            code="out_of_bounds",
            params={"low": low, "high": high},
        )
