"""The pages of training side by side, as their head shows them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TABS: "tuple[tuple[str, _StrPromise | str], ...]" = (
    ("training:session_list", _("Sessions")),
    ("training:session_calendar", pgettext_lazy("training", "Year calendar")),
    ("training:camp_current", _("Youth camp")),
    ("training:induction_list", _("Induction training")),
    ("training:course_list", _("Course catalogue")),
    ("training:demand_board", _("Demand board")),
    ("training:hours_board", _("Hours board")),
    ("training:visit_list", _("Study visits")),
    ("training:statistics", pgettext_lazy("training", "Statistics")),
)


@dataclass(frozen=True)
class Tab:
    label: "_StrPromise | str"
    url: str
    is_current: bool


def tabs(current: str) -> list[Tab]:
    """The tabs of those who oversee training; `current` is the URL name of the page."""
    return [Tab(label, reverse(name), is_current=name == current) for name, label in TABS]
