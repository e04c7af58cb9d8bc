"""What is entered about one person from the growth file: a course that others gave, by staff or by the person."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.growth import EntryLink, entry_links
from cadre_app.training.permissions import hours

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("training.outside", EntryLink(_("Enter an outside course"), 84, outside_url))
    entry_links.register("training.own_outside", EntryLink(_("Submit an outside course"), 84, own_outside_url))


def outside_url(user: "User", trainee: "Trainee") -> str:
    may = hours.can_enter(user, trainee)
    return reverse("training:outside_enter", kwargs={"pk": trainee.pk}) if may else ""


def own_outside_url(user: "User", trainee: "Trainee") -> str:
    return reverse("training:outside_submit") if hours.can_submit(user, trainee) else ""
