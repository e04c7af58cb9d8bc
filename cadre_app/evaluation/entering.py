"""What is entered about one person from the growth file: an evaluation by the community."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.growth import EntryLink, entry_links
from cadre_app.evaluation import permissions

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("evaluation.campaign", EntryLink(_("Set up an evaluation"), 40, campaign_url, goes_on=True))


def campaign_url(user: "User", trainee: "Trainee") -> str:
    """In the unit of the person, who is ticked; the place can be another one."""
    if trainee.is_read_only or not permissions.starts_about(user, trainee):
        return ""
    place = {"unit": str(trainee.home_unit_id), "trainee": str(trainee.pk)}
    return reverse("evaluation:campaign_new", query=place)
