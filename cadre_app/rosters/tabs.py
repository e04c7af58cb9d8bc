"""花名册 and 上级报表 side by side, each for those who have it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.rosters.permissions import reports, rosters

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

TABS: "tuple[tuple[str, _StrPromise | str, Callable[[User], bool]], ...]" = (
    ("rosters:roster", _("Printed roster"), rosters.can_make_roster),
    ("rosters:report_list", _("Reports to the superior"), reports.can_list_reports),
)


@dataclass(frozen=True)
class Tab:
    label: "_StrPromise | str"
    url: str
    is_current: bool


def tabs_of(user: "User", current: str) -> list[Tab]:
    """The tabs of `user`, none where there is one alone; `current` is the URL name of the page."""
    found = [Tab(label, reverse(name), name == current) for name, label, shows in TABS if shows(user)]
    return found if len(found) > 1 else []
