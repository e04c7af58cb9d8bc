"""What is entered about one person from the growth file: their line of the annual assessment, in the table of the unit."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.appraisal.models import UnitQuota
from cadre_app.appraisal.permissions import years as permissions
from cadre_app.core.growth import EntryLink, entry_links
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("appraisal.annual", EntryLink(_("Enter the annual assessment"), 25, annual_url, goes_on=True))


def annual_url(user: "User", trainee: "Trainee") -> str:
    """Their line in the table of the unit, in the latest year that is open there; one query for whoever enters it."""
    if (
        trainee.is_read_only
        or trainee.person_id in avoided_persons(user)
        or not permissions.enters_in(user, trainee.home_unit)
    ):
        return ""
    rows = UnitQuota.objects.visible_to(user).of_open_years().filter(unit=trainee.home_unit_id)
    quota = rows.select_related("unit", "campaign").order_by("-campaign__year").first()
    may = quota is not None and permissions.can_enter_grid(user, quota)
    if quota is None or not may:
        return ""
    key = str(trainee.pk)
    return reverse("appraisal:annual_grid", kwargs={"pk": quota.pk}, query={"person": key}, fragment=f"person-{key}")
