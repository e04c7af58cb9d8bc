"""What the system administrator's desk says about the work calendar."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.registries import DeskItem
from cadre_app.policy.yearview import missing_years

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest


def holiday_items(request: "UserRequest") -> list[DeskItem]:
    """One line per year without its holidays; the coming year from 1 November."""
    today = timezone.localdate()
    return [
        DeskItem(
            title=_("The holidays of %(year)s are not entered yet") % {"year": year},
            why=_("Until then every Monday to Friday counts as a workday, and due dates may move."),
            url=reverse("policy:holiday_upload"),
            action=_("Enter the list"),
            state="soon" if year > today.year else "over",
        )
        for year in missing_years(today)
    ]
