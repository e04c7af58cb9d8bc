"""What the room announces to the registries."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.phones import SIMPLE_FRAME_KINDS
from cadre_app.core.registries import AccountLink, account_links, sweeps, verbs
from cadre_app.lists.services.reporting import make_reports

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# The first three are of the time when only the roster had saved filters.
VERBS = {
    "people.savedfilter.saved": _("Filter saved"),
    "people.savedfilter.voided": _("Saved filter removed"),
    "people.savedfilter.restored": _("Saved filter restored"),
    "lists.savedfilter.saved": _("Filter saved"),
    "lists.savedfilter.changed": _("Saved filter changed"),
    "lists.savedfilter.voided": _("Saved filter removed"),
    "lists.savedfilter.restored": _("Saved filter restored"),
    "lists.subscription.made": _("Subscription made"),
    "lists.subscription.changed": _("Subscription changed"),
    "lists.subscription.paused": _("Subscription paused"),
    "lists.subscription.resumed": _("Subscription resumed"),
    "lists.subscription.voided": _("Subscription cancelled"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    sweeps.register("lists.reports", make_reports)
    account_links.register("lists", AccountLink(_("Saved filters and subscriptions"), "bookmark", 10, kept_url))


def kept_url(viewer: "User", account: "User") -> str:
    """One's own; nobody else's, and nothing in the frame of a phone, whose lists have no filters."""
    is_own = viewer.pk == account.pk and viewer.kind not in SIMPLE_FRAME_KINDS
    return reverse("lists:home") if is_own else ""
