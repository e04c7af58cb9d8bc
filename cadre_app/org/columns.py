"""Columns of the table of units, for the page and for the workbook."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import Column
from cadre_app.org import permissions
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def unit_columns(user: "User") -> tuple[Column[Unit], ...]:
    """The columns as `user` may see them: a superior unit out of their sight stays unnamed."""
    everything = permissions.sees_all_names(user)
    ranges = user.unit_ranges(*BUSINESS_ROLES)

    def parent_name(unit: Unit) -> str:
        parent = unit.parent
        seen = parent is not None and (everything or any(parent.path in item for item in ranges))
        return parent.name if parent is not None and seen else ""

    return (
        Column("name", _("Name"), lambda unit: unit.name, sort=("name",), template="org/_cell_name.html"),
        Column("short_name", _("Short name"), lambda unit: unit.short_name, sort=("short_name",), shown=False),
        Column("kind", _("Kind"), lambda unit: unit.get_kind_display(), sort=("kind", "path")),
        Column("parent", _("Superior unit"), parent_name),
        Column("order", _("Official order"), lambda unit: unit.order, sort=("path",), numeric=True),
        Column("opened_on", _("Opened on"), lambda unit: unit.opened_on, sort=("opened_on",)),
        Column("closed_on", _("Closed from"), lambda unit: unit.closed_on or "", sort=("closed_on",), shown=False),
        Column("state", _("State"), lambda unit: unit.state_label, template="org/_cell_state.html"),
    )
