"""The pages of rewards and discipline side by side, each for those who have it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.conduct.permissions import restricted as permissions

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

    Names = tuple[tuple[str, "_StrPromise | str"], ...]

OPEN: "Names" = (
    ("conduct:reward_list", pgettext_lazy("tab", "Rewards")),
    ("conduct:hint_list", pgettext_lazy("tab", "Hints")),
)
RESTRICTED: "Names" = (
    ("conduct:sanction_list", pgettext_lazy("tab", "Discipline")),
    ("conduct:admonition_list", pgettext_lazy("tab", "Reminders and admonitions")),
)
FOR_LEADERS: "Names" = (("conduct:named_list", _("Named staff")),)


@dataclass(frozen=True)
class Tab:
    label: "_StrPromise | str"
    url: str
    is_current: bool


def tabs_of(user: "User", current: str) -> list[Tab]:
    """The tabs of `user`; `current` is the URL name of the page."""
    names = OPEN + (RESTRICTED if permissions.can_list_restricted(user) else ())
    names += FOR_LEADERS if permissions.can_see_named(user) else ()
    return [Tab(label, reverse(name), is_current=name == current) for name, label in names]
