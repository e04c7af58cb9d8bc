"""The pages of the appraisal side by side, as their heads show them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TABS: "tuple[tuple[str, _StrPromise | str], ...]" = (
    ("appraisal:year_board", _("Annual assessment")),
    ("appraisal:annual_list", _("Assessments by person")),
    ("appraisal:quarter_board", _("Quarterly assessment")),
    ("appraisal:quarter_list", _("Quarters by person")),
)


@dataclass(frozen=True)
class Tab:
    label: "_StrPromise | str"
    url: str
    is_current: bool


def appraisal_tabs(current: str) -> list[Tab]:
    """`current` is the URL name of the page."""
    return [Tab(label, reverse(name), is_current=name == current) for name, label in TABS]
