"""How many rewards were given in the period, of every room; the list shows exactly these."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy, pgettext_lazy

from cadre_app.conduct import award_rows
from cadre_app.conduct.permissions.rewards import reads_units
from cadre_app.core.figures import Asked, Figure, figures
from cadre_app.people.figures import files_of

if TYPE_CHECKING:
    from typing import Any


def announce() -> None:
    """Called once, when the app is ready."""
    figures.register(
        "rewards",
        Figure(
            pgettext_lazy("figure", "Rewards and commendations"),
            "appraisal",
            50,
            npgettext_lazy("unit of a figure", "reward", "rewards"),
            rewards,
            rewards_url,
            _("Given in the period, research prizes included; each person's counts"),
        ),
    )


def given(asked: Asked) -> "Any":
    """Awards of the period about the people of the scope."""
    files = files_of(asked).values("pk")
    period = (asked.since, asked.as_of)
    return award_rows.united(lambda rows: rows.filter(award_on__range=period, trainee__in=files), user=asked.user)


def rewards(asked: Asked) -> int:
    """One query, a part of it for each room."""
    count: int = given(asked).count()
    return count


def rewards_url(asked: Asked) -> str:
    """The list of the same period, for those who have it."""
    if asked.user is None or not reads_units(asked.user):
        return ""
    return asked.opens("conduct:reward_list", {**asked.period, **asked.place})
