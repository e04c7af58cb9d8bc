"""What the interface announces to the registries."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.api import permissions, services
from cadre_app.core.api import api_resources
from cadre_app.core.registries import AccountLink, NavItem, account_endings, account_links, nav, verbs

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

COLON = pgettext_lazy("label and value", ": ")
VERBS = {
    "api.token.made": _("Access token made"),
    "api.token.voided": _("Access token revoked"),
    "api.token.refused": _("Access token refused"),
    "api.call.failed": _("Call of the interface without an answer"),
    "api.description.read": _("Description of the interface read by a program"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    for resource in api_resources.values():
        verbs.register(resource.verb, format_lazy("{}{}{}", _("Read over the interface"), COLON, resource.label))
    account_endings.register("api.tokens", services.revoke_all)
    account_links.register("api.tokens", AccountLink(_("Access tokens"), "key", 20, token_url))
    nav.register(
        "api_tokens",
        NavItem(
            label=_("Access tokens"),
            short=pgettext_lazy("short", "Tokens"),
            icon="key",
            url_name="api:token_list",
            group="system",
            order=905,
            visible=permissions.oversees_tokens,
        ),
    )


def token_url(viewer: "User", account: "User") -> str:
    """The own tokens, or those of an account for whoever oversees them."""
    if viewer.pk == account.pk:
        return reverse("api:token_list") if permissions.can_make_tokens(viewer) else ""
    return f"{reverse('api:token_list')}?q={account.username}" if permissions.oversees_tokens(viewer) else ""
