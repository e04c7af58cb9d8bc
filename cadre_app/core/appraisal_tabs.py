"""考核评价 The pages of assessments side by side, whichever room keeps them; and those of one's own assessments."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from cadre_app.core.registry import Registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class TabItem:
    """One page; `order` places it."""

    label: "_StrPromise | str"
    url_name: str
    order: int


@dataclass(frozen=True)
class Tab:
    label: "_StrPromise | str"
    url: str
    is_current: bool


appraisal_pages: Registry[TabItem] = Registry("pages of assessments")
own_appraisal_pages: Registry[TabItem] = Registry("pages of one's own assessments")


def tabs_in(pages: Registry[TabItem], current: str) -> list[Tab]:
    """`current` is the URL name of the page."""
    ordered = sorted(pages.values(), key=lambda item: item.order)
    return [Tab(item.label, reverse(item.url_name), is_current=item.url_name == current) for item in ordered]
