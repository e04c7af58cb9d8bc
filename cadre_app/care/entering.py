"""What is entered about one person from the growth file: a talk to come, a talk that was held."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.care import permissions
from cadre_app.core.growth import EntryLink, entry_links

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("care.talk", EntryLink(_("Plan a talk"), 50, talk_url))
    entry_links.register("care.held", EntryLink(_("Record the talk"), 51, held_url, on_desk=True))


def talk_url(user: "User", trainee: "Trainee") -> str:
    return reverse("care:talk_new", kwargs={"pk": trainee.pk}) if permissions.can_plan(user, trainee) else ""


def held_url(user: "User", trainee: "Trainee") -> str:
    return reverse("care:talk_add_held", kwargs={"pk": trainee.pk}) if permissions.can_plan(user, trainee) else ""
