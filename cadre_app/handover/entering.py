"""What is entered about one person from the growth file: a paper for the statutory archive."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.growth import EntryLink, entry_links
from cadre_app.handover import permissions

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("handover.material", EntryLink(_("Enter a material"), 60, material_url))


def material_url(user: "User", trainee: "Trainee") -> str:
    """The form asks for a person: whose file it is."""
    if not permissions.keeps_materials_of(user, trainee):
        return ""
    return reverse("handover:material_new", query={"person": str(trainee.person_id)})
