"""The pages of postings, and those of field research, side by side, as their heads show them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Names = tuple[tuple[str, "_StrPromise | str"], ...]

POSTINGS: "Names" = (
    ("assignments:board", _("Six fronts")),
    ("assignments:timeline", pgettext_lazy("postings", "Timeline")),
    ("assignments:posting_list", pgettext_lazy("postings", "List")),
    ("assignments:approval_list", pgettext_lazy("postings", "Approvals")),
    ("assignments:where", _("Who is where")),
    ("assignments:coverage", _("Coverage")),
    ("assignments:compliance", _("Compliance notes")),
    ("assignments:leave_list", _("Leave")),
    ("assignments:term_list", _("Village terms")),
    ("assignments:competition_list", pgettext_lazy("tab", "Results")),
)
RESEARCH: "Names" = (
    ("assignments:research_board", _("Research topics")),
    ("assignments:report_list", _("Research reports")),
    ("assignments:meeting_list", _("Progress meetings")),
    ("assignments:prize_list", _("Prizes")),
    ("assignments:call_list", _("Calls")),
)


@dataclass(frozen=True)
class Tab:
    label: "_StrPromise | str"
    url: str
    is_current: bool


def posting_tabs(current: str) -> list[Tab]:
    """The tabs of those who oversee postings; `current` is the URL name of the page."""
    return _tabs(POSTINGS, current)


def research_tabs(current: str) -> list[Tab]:
    """The tabs of those who follow field research; `current` is the URL name of the page."""
    return _tabs(RESEARCH, current)


def _tabs(names: "Names", current: str) -> list[Tab]:
    return [Tab(label, url, is_current=name == current) for name, label in names if (url := _address(name))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
