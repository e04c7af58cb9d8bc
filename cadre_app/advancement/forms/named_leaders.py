"""The form by which a leader is named for the criteria check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import User
from cadre_app.core.forms import ChangeForm
from cadre_app.people.forms.fields import CHOOSE


class LeaderForm(ChangeForm):
    """Who, and why."""

    user = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Leader"), empty_label=CHOOSE)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = users
        field.label_from_instance = lambda user: f"{user.display_name} {user.unit.name}".strip()
