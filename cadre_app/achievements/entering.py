"""What somebody enters from the own growth file: an achievement."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.achievements import permissions
from cadre_app.core.growth import EntryLink, entry_links

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register(
        "achievements.achievement", EntryLink(_("Write an achievement"), 10, achievement_url, goes_on=True)
    )


def achievement_url(user: "User", trainee: "Trainee") -> str:
    return reverse("achievements:achievement_new") if permissions.can_write_achievement(user, trainee) else ""
