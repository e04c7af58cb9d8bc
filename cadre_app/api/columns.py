"""The list of access tokens: one's own, or everybody's for the security administrator; never a secret."""

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.api.models import Token
from cadre_app.api.permissions import oversees_tokens
from cadre_app.core.tables import Column
from cadre_app.core.templatetags.ql import status

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

STATES = {
    "valid": pgettext_lazy("access token", "Valid"),
    "idle": pgettext_lazy("access token", "Of no use: the account may not read"),
    "expired": pgettext_lazy("access token", "Expired"),
    "revoked": pgettext_lazy("access token", "Revoked"),
}

MARKS = {"valid": "ok", "idle": "miss", "expired": "soon", "revoked": "idle"}


class TokenFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Account or name, and state."""

    q = django_filters.CharFilter(method="by_text", label=_("Account or name of the token"), max_length=40)
    state = django_filters.ChoiceFilter(choices=tuple(STATES.items()), method="by_state", label=_("State"))

    class Meta:
        model = Token
        fields: list[str] = []

    def by_text(self, queryset: "QuerySet[Token]", name: str, value: str) -> "QuerySet[Token]":
        text = value.strip()
        account = Q(owner__username__icontains=text) | Q(owner__display_name__icontains=text)
        return queryset.filter(account | Q(name__icontains=text))

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        if value == "revoked":
            return queryset.exclude(voided_at=None)
        if value == "expired":
            return queryset.filter(expires_on__lt=today, voided_at=None)
        return queryset.filter(expires_on__gte=today, voided_at=None, is_of_use=value == "valid")


def state_of(token: Any) -> str:
    """As the token says, and whether its account may read at all (`with_use`)."""
    return "idle" if token.state == "valid" and not token.is_of_use else str(token.state)


def _state(token: Any) -> SafeString:
    state = state_of(token)
    return SafeString(status(MARKS[state], STATES[state]))


def token_columns(user: "User") -> tuple[Column[Token], ...]:
    """With the account for whoever oversees all of them."""
    name: Column[Token] = Column("name", _("Name"), lambda token: token.name)
    owner: Column[Token] = Column(
        "owner", _("Account"), lambda token: token.owner.display_name, sort=("owner__username",)
    )
    found: tuple[Column[Token], ...] = (
        Column("beginning", _("Begins with"), lambda token: f"{token.beginning}…", unbroken=True),
        Column("made_on", _("Made on"), lambda token: token.made_on, sort=("created_at",)),
        Column(
            "expires_on",
            pgettext_lazy("access token", "Last day"),
            lambda token: token.expires_on,
            sort=("expires_on",),
        ),
        Column("last_used_at", _("Last used"), lambda token: token.last_used_at, sort=("last_used_at",)),
        Column("state", _("State"), lambda token: STATES[state_of(token)], html=_state),
        Column("act", _("Actions"), lambda token: "", template="api/_cell_act.html", acts=True),
    )
    return (owner, name, *found) if oversees_tokens(user) else (name, *found)
