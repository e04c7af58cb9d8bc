"""Forms about the account of one person."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.forms import UsernameField
from cadre_app.accounts.models import AccountKind, User, validate_username
from cadre_app.core.forms import ChangeForm
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

PLAIN = {"autocomplete": "off", "autocapitalize": "none"}


class PersonAccountForm(ChangeForm):
    """The sign-in name to ask for, and why."""

    username = UsernameField(
        label=_("Sign-in name"),
        max_length=32,
        validators=[validate_username],
        help_text=_("Small letters and digits, for example the name in pinyin. Used for signing in."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)


class AccountField(UsernameField):
    """A sign-in name that stands for an account of one's own scope; whether any other exists is not told."""

    accounts: "QuerySet[User]" = User.objects.none()

    def clean(self, value: Any) -> Any:
        username = super().clean(value)
        account = self.accounts.filter(username=username).first()
        if account is None:
            raise ValidationError(_("There is no active account of this sign-in name in your scope."), code="unknown")
        return account


class LinkAccountForm(ChangeForm):
    """Which account is this person's."""

    account = AccountField(label=_("Sign-in name"), max_length=32, widget=forms.TextInput(attrs=PLAIN))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        if isinstance(field, AccountField):
            units = Unit.objects.within(user.unit_ranges(Role.STAFF))
            mine = User.objects.filter(is_active=True, voided_at=None, unit__in=units)
            field.accounts = mine.exclude(kind=AccountKind.ADMINISTRATOR)
