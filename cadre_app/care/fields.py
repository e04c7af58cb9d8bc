"""Fields that the forms of talks share."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cadre_app.accounts.models import User
from cadre_app.care.models import Topic
from cadre_app.care.models.talks import LONGEST_TEXT
from cadre_app.core.tables import joined
from cadre_app.people.forms.fields import CHOOSE

TOO_LONG = ngettext_lazy(
    "No more than %(limit_value)d character; there are %(show_value)d. Shorten it and send again.",
    "No more than %(limit_value)d characters; there are %(show_value)d. Shorten it and send again.",
    "limit_value",
)


class AccountField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One account of the office, with its post."""

    default_error_messages = {
        "invalid_choice": _("Choose staff or a leader of this unit; not the person, and no declared relative.")
    }

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", CHOOSE if kwargs.get("required", True) else _("Not decided yet"))
        super().__init__(queryset if queryset is not None else User.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return _named(obj)


class ReadersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Accounts of the office that may read a restricted text."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return _named(obj)

    def in_words(self, value: Any) -> str:
        """The names, for the page that compares two versions."""
        return joined(_named(user) for user in (value.all() if hasattr(value, "all") else value or ()))


class RestrictedField(forms.CharField):
    """A restricted text: of at most 5,000 characters, shown again whole when it is longer."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 6, "autocomplete": "off"})
        check = MaxLengthValidator(LONGEST_TEXT, message=TOO_LONG)
        super().__init__(required=False, widget=widget, validators=[check], **kwargs)

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class TopicsField(forms.MultipleChoiceField):
    """谈话主题; several may be ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Topic.choices, **kwargs)


def _named(user: User) -> str:
    return f"{user.display_name} {user.post}".strip()
