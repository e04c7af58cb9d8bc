"""统计报表 The pages of reports side by side, whichever room keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class ReportPage:
    """One page; `order` places it, `visible` says who has it."""

    label: "_StrPromise | str"
    url_name: str
    order: int
    visible: "Callable[[User], bool]"


@dataclass(frozen=True)
class Tab:
    label: "_StrPromise | str"
    url: str
    is_current: bool


report_pages: Registry[ReportPage] = Registry("pages of reports")


def tabs_for(user: "User", current: str) -> list[Tab]:
    """Those that `user` has; `current` is the URL name of the page."""
    shown = sorted((page for page in report_pages.values() if page.visible(user)), key=lambda page: page.order)
    return [Tab(page.label, reverse(page.url_name), is_current=page.url_name == current) for page in shown]
