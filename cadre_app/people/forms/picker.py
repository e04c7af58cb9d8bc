"""A field that names a person by typing part of the name."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.people.models import Person
from cadre_app.people.picking import MOST_HITS, PersonHit, hits_of, pickable
from cadre_app.people.services.persons import NAMESAKE

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

    PersonFieldBase = forms.ModelChoiceField[Person]
else:
    PersonFieldBase = forms.ModelChoiceField


class PersonPicker(forms.Widget):
    """A search box whose answers (people:person_picker) are radio buttons named as the field.

    `user` is whoever types; `offered` are hits shown at once, beside the one that is chosen.
    """

    template_name = "people/widgets/person_picker.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.user: User | None = None
        self.offered: list[PersonHit] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context |= {"field": name, "chosen": str(value or ""), "hits": self._hits(value), "typed": ""}
        context["url"] = reverse("people:person_picker")
        return context

    def _hits(self, value: Any) -> list[PersonHit]:
        """Whoever is chosen stays on the page when it is shown again."""
        if self.user is None or not value or any(str(hit.pk) == str(value) for hit in self.offered):
            return self.offered
        try:
            return [*hits_of(self.user, pickable(self.user).filter(pk=value)), *self.offered]
        except ValidationError:
            return self.offered


class PersonField(PersonFieldBase):
    """Somebody whom `user` may name; call `open_to(user)` in the form's `__init__`."""

    widget = PersonPicker
    default_error_messages = {
        "invalid_choice": _("Nobody was chosen, or this person is out of your sight. Type the name and choose again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), **kwargs)

    def open_to(self, user: "User") -> None:
        self.queryset = pickable(user)
        self.picker.user = user

    @property
    def picker(self) -> PersonPicker:
        return cast("PersonPicker", self.widget)

    def to_python(self, value: Any) -> Person | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


class NamesakeForm(forms.Form):
    """A form with `person` for somebody entered already, and `name` for somebody new, who may bear the same name.

    A name that is entered already comes back with those who bear it, and with the box that says it is another person.
    """

    is_namesake = forms.BooleanField(
        label=_("Another person of the same name is meant"), required=False, widget=forms.HiddenInput
    )
    user: "User"

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        picked = self.fields["person"]
        if self.has_error("name", NAMESAKE) and isinstance(picked, PersonField):
            name = " ".join(str(self.data.get(self.add_prefix("name"), "")).split())
            picked.picker.offered = hits_of(self.user, pickable(self.user).filter(name=name)[:MOST_HITS])
            self.fields["is_namesake"].widget = forms.CheckboxInput()
