"""What is entered about one person from the growth file: a reward; for named staff discipline and 提醒函询诫勉."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.conduct.permissions import restricted, rewards
from cadre_app.core.growth import EntryLink, entry_links

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("conduct.reward", EntryLink(_("Enter a reward"), 20, reward_url))
    entry_links.register(
        "conduct.sanction", EntryLink(_("Enter a disciplinary decision"), 30, sanction_url, on_desk=True)
    )
    entry_links.register(
        "conduct.admonition", EntryLink(_("Enter a reminder, inquiry or admonition"), 31, admonition_url, on_desk=True)
    )


def reward_url(user: "User", trainee: "Trainee") -> str:
    may = rewards.can_enter_reward(user, trainee)
    return reverse("conduct:reward_new", kwargs={"pk": trainee.pk}) if may else ""


def sanction_url(user: "User", trainee: "Trainee") -> str:
    may = restricted.can_enter_about(user, trainee)
    return reverse("conduct:sanction_new", kwargs={"pk": trainee.pk}) if may else ""


def admonition_url(user: "User", trainee: "Trainee") -> str:
    may = restricted.can_enter_about(user, trainee)
    return reverse("conduct:admonition_new", kwargs={"pk": trainee.pk}) if may else ""
