"""结业成绩 One form over everybody who completed a session."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import SUBMISSION, ChangeForm
from cadre_app.training.models import Assessment, CourseSession, Enrolment, Result
from cadre_app.training.models.enrolments import BEST_MARKS
from cadre_app.training.services.results import Given, field_of, value_of

NO_MARKS = _("Marks are 0 to 100.")
CHOICES = (("", _("Not recorded")), *Result.choices)


class ResultsForm(ChangeForm):
    """For each place `result_<hex>`: passed or not, or marks; and `was_<hex>`, what stood there when it was opened."""

    def __init__(self, *args: Any, session: CourseSession, places: Sequence[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.places = {place.pk: place for place in places}
        for place in places:
            name = place.trainee.person.name
            self.fields[field_of(place.pk)] = self._field(name, value_of(session, place))
            self.fields[_was(place)] = forms.CharField(
                required=False, max_length=8, widget=forms.HiddenInput, initial=_text(value_of(session, place))
            )

    @property
    def is_marked(self) -> bool:
        return self.session.assessment == Assessment.MARKS

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        given = {}
        for key, place in self.places.items():
            if field_of(key) in cleaned:
                was = self._value(cleaned.get(_was(place), ""))
                given[key] = Given(value=self._value(cleaned[field_of(key)]), was=was)
        return {SUBMISSION: cleaned.get(SUBMISSION), "given": given}

    def renew(self) -> None:
        """What is sent next is based on what stands now: the conflicts of this page have been told."""
        data: Any = QueryDict(mutable=True)
        data.update(self.data)
        for place in Enrolment.objects.filter(pk__in=self.places):
            data[_was(place)] = _text(value_of(self.session, place))
        self.data = data

    def _field(self, name: str, value: Any) -> forms.Field:
        if not self.is_marked:
            choice = forms.ChoiceField(label=name, choices=CHOICES, required=False, initial=value or "")
            choice.widget.attrs.update({"aria-label": name, "class": "form-select"})
            return choice
        typed = {"inputmode": "decimal", "autocomplete": "off", "aria-label": name, "class": "form-control num"}
        return forms.DecimalField(
            label=name,
            min_value=0,
            max_value=BEST_MARKS,
            max_digits=4,
            decimal_places=1,
            required=False,
            initial=_text(value),
            widget=forms.TextInput(attrs={**typed, "size": 6}),
            error_messages={"min_value": NO_MARKS, "max_value": NO_MARKS, "max_digits": NO_MARKS, "invalid": NO_MARKS},
        )

    def _value(self, text: Any) -> str | Decimal | None:
        if not self.is_marked or text in (None, ""):
            return text or None
        try:
            return Decimal(text)
        except InvalidOperation:
            return None


def _was(place: Enrolment) -> str:
    return f"was_{place.pk.hex}"


def _text(value: str | Decimal | None) -> str:
    """As a person would type it: 85, not 85.0."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value or ""
