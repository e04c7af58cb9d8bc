"""Forms of teachers and of sand-table scenarios."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.forms import ChangeForm
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.training.models import Teacher

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AccountChoice(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.display_name}（{obj.username}）"


class TeacherForm(ChangeForm):
    """A teacher of the Party school or from outside, and the account that sees the own sessions."""

    name = forms.CharField(label=_("Full name"), max_length=40)
    affiliation = forms.CharField(label=pgettext_lazy("teacher", "unit"), max_length=60)
    title = forms.CharField(label=pgettext_lazy("teacher", "post or title"), max_length=60, required=False)
    is_outside = forms.BooleanField(label=_("Invited from outside"), required=False)
    is_active = forms.BooleanField(
        label=_("Gives courses"),
        required=False,
        initial=True,
        help_text=_("Without the tick the name is no longer offered for courses and sessions."),
    )
    account = AccountChoice(
        label=_("Account"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Without an account"),
        help_text=_("Accounts of teachers only; this account then sees the own sessions."),
    )

    def __init__(self, *args: Any, user: User, instance: Teacher | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        field = self.fields["account"]
        if isinstance(field, AccountChoice):
            field.queryset = linkable(user, instance)


def linkable(user: User, teacher: Teacher | None) -> "QuerySet[User]":
    """Active accounts of teachers in one's scope that are not linked yet; and the one that is linked now."""
    units = Unit.objects.within(user.unit_ranges(Role.STAFF))
    mine: QuerySet[User] = User.objects.filter(
        kind=AccountKind.TRAINER, is_active=True, voided_at=None, teacher=None, unit__in=units
    )
    if teacher is not None and teacher.account_id is not None:
        mine = User.objects.filter(pk__in=[*mine.values_list("pk", flat=True), teacher.account_id])
    return mine.order_by("display_name", "pk")


class ScenarioForm(ChangeForm):
    """What has happened, and the task."""

    title = forms.CharField(label=_("Scenario"), max_length=40)
    background = forms.CharField(label=_("Background"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    task = forms.CharField(label=_("Task"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    is_offered = forms.BooleanField(
        label=_("In use"), required=False, initial=True, help_text=_("Without the tick it is no longer offered.")
    )
