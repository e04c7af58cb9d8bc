"""Puts a desk together from the panels that the apps have announced."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cadre_app.core.registries import DeskItem, DeskPanel, desk_panels

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.core.http import UserRequest

GROUPS: dict[str, "_StrPromise"] = {
    "over": _("Overdue"),
    "soon": _("Soon"),
    "none": _("To do"),
    "wait": _("Waiting for others"),
}


@dataclass(frozen=True)
class DueGroup:
    state: str
    label: "_StrPromise"
    items: list[DeskItem]


@dataclass(frozen=True)
class SidePanel:
    template: str
    context: dict[str, Any]
    leads: bool = False


@dataclass(frozen=True)
class Desk:
    groups: list[DueGroup] = field(default_factory=list)
    panels: list[SidePanel] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(group.items) for group in self.groups)


def build_desk(request: "UserRequest") -> Desk:
    """What the signed-in person must do, most urgent first, and the panels beside it, in the order announced."""
    panels = sorted((panel for panel in desk_panels.values() if panel.visible(request.user)), key=_order)
    items = [item for panel in panels if panel.items for item in panel.items(request)]
    groups = [
        DueGroup(state, label, [item for item in items if item.state == state]) for state, label in GROUPS.items()
    ]
    side = [
        SidePanel(panel.template, dict(context), leads=panel.leads)
        for panel in panels
        if panel.template and (context := panel.context(request) if panel.context else {}) is not None
    ]
    return Desk([group for group in groups if group.items], side)


def _order(panel: DeskPanel) -> int:
    return panel.order
