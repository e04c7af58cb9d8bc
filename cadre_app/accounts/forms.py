"""Forms of signing in, the own account, requests and the management of accounts."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import AccountKind, AccountRequest, TextSize, User, validate_username
from cadre_app.core.forms import ChangeForm, ReasonForm, say_limits, say_required
from cadre_app.core.roles import ADMINISTRATOR_ROLES, BUSINESS_ROLES, Role
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit

LONGEST_TYPED = 150
NO_ROLE = ("", _("No role"))


class UsernameField(forms.CharField):
    """User names as they are stored: small letters; full-width ones, typed by an input method, become narrow."""

    def to_python(self, value: Any) -> Any:
        return unicodedata.normalize("NFKC", super().to_python(value) or "").strip().lower()


class SignInForm(forms.Form):
    """Name and password; whatever is wrong with either, the answer is the same."""

    username = UsernameField(
        label=_("Sign-in name"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_TYPED,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_required(field)
            say_limits(field)


class PasswordForm(ChangeForm):
    """One's own new password, typed twice."""

    current_password = forms.CharField(
        label=_("Current password"),
        max_length=LONGEST_TYPED,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label=_("New password"),
        max_length=LONGEST_TYPED,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; not only digits, not a common password, not like your name."),
    )
    repeated_password = forms.CharField(
        label=_("New password once more"),
        max_length=LONGEST_TYPED,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """The service takes the new password once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        repeated = cleaned.pop("repeated_password", None)
        if repeated is not None and repeated != cleaned.get("new_password", repeated):
            self.add_error("repeated_password", _("The two new passwords differ."))
        return cleaned


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class TextSizeForm(forms.Form):
    text_size = forms.ChoiceField(label=_("Text size"), choices=TextSize.choices)


class DeclineForm(ChangeForm):
    """Why a request is declined; the department reads it."""

    answer = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RequestForm(ChangeForm):
    """What staff say about the account they ask for; units are those of their own scope."""

    display_name = forms.CharField(label=_("Full name"), max_length=40)
    username = UsernameField(
        label=_("Sign-in name"),
        max_length=32,
        validators=[validate_username],
        help_text=_("Small letters and digits, for example the name in pinyin. Used for signing in."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    unit = UnitChoiceField(label=_("Unit"))
    post = forms.CharField(label=_("Post"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("Account kind"),
        choices=[choice for choice in AccountKind.choices if choice[0] != AccountKind.ADMINISTRATOR],
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[NO_ROLE, *((role.value, role.label) for role in BUSINESS_ROLES)],
        help_text=_("Mentors, trainers and trainees need no role."),
    )
    role_unit = UnitChoiceField(
        label=_("Role on unit"), required=False, help_text=_("The role covers this unit and all below it.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, units, "unit", "role_unit")


class ActivateForm(ChangeForm):
    """The user name may still be changed before the account exists."""

    username = UsernameField(label=_("Sign-in name"), max_length=32, validators=[validate_username])
    valid_from = forms.DateField(widget=DayInput, label=_("Role from"), initial=timezone.localdate)

    def __init__(self, *args: Any, instance: AccountRequest, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        if not instance.role:
            del self.fields["valid_from"]


class AccountForm(ChangeForm):
    """Name and unit of an account."""

    display_name = forms.CharField(label=_("Full name"), max_length=40)
    unit = UnitChoiceField(label=_("Unit"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, units, "unit")


class GrantForm(ChangeForm):
    """A role that suits the kind of the account, for a time: on a unit, or an administrator's without one."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = UnitChoiceField(label=_("Unit"), help_text=_("The role covers this unit and all below it."))
    valid_from = forms.DateField(widget=DayInput, label=_("First day"), initial=timezone.localdate)
    valid_until = forms.DateField(
        widget=DayInput, label=_("Last day"), required=False, help_text=_("Left empty: until further notice.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, instance: User, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        choose_from(self, units, "unit")
        administers = instance.kind == AccountKind.ADMINISTRATOR
        roles = ADMINISTRATOR_ROLES if administers else BUSINESS_ROLES
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in roles])
        if administers:
            del self.fields["unit"]


class EndGrantForm(ReasonForm):
    """The last day of a role."""

    valid_until = forms.DateField(
        widget=DayInput,
        label=_("Last day"),
        initial=timezone.localdate,
        help_text=_("The role still holds on this day. To stop it this minute, void it instead."),
    )
    field_order = ("valid_until", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["valid_until"] = timezone.localdate()


def choose_from(form: forms.Form, units: "QuerySet[Unit]", *names: str) -> None:
    """Offer `units` in the unit fields of a form."""
    for name in names:
        field = form.fields[name]
        if isinstance(field, UnitChoiceField):
            field.queryset = units
