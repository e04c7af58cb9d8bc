"""What is entered about one person from the growth file: an announced outcome."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.advancement.permissions import outcomes as permissions
from cadre_app.core.growth import EntryLink, entry_links

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("advancement.outcome", EntryLink(_("Enter an outcome"), 70, outcome_url, on_desk=True))


def outcome_url(user: "User", trainee: "Trainee") -> str:
    if not permissions.can_enter_outcome(user, trainee):
        return ""
    return reverse("advancement:outcome_new", query={"trainee": str(trainee.pk)})
