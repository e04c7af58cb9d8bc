"""How many achievements the department verified, with the list behind the number."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.achievements import permissions
from cadre_app.achievements.models import Achievement
from cadre_app.core.figures import Asked, Figure, figures
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

ENTRIES = npgettext_lazy("unit of a figure", "achievement", "achievements")


def announce() -> None:
    """Called once, when the app is ready."""
    figures.register(
        "achievements",
        Figure(
            pgettext_lazy("figure", "Work achievements verified"),
            "appraisal",
            10,
            ENTRIES,
            count_verified,
            list_url,
            _("Verified by the department in the period; one that was corrected counts with its correction"),
        ),
    )


def verified(asked: Asked) -> "QuerySet[Achievement]":
    """Verified within the period, of files of the scope."""
    rows = Achievement.objects.verified_within(asked.since, asked.as_of).order_by()
    return rows.filter(trainee__in=files_of(asked).order_by().values("pk"))


def count_verified(asked: Asked) -> int:
    """One query."""
    return verified(asked).count()


def list_url(asked: Asked) -> str:
    """The list of exactly these, for those who have it."""
    if asked.user is None or not permissions.can_list_achievements(asked.user):
        return ""
    days = {"verified_since": asked.since.isoformat(), "verified_until": asked.as_of.isoformat()}
    return asked.opens("achievements:achievement_list", {"state": "verified", **days, **asked.place})
