"""The list of units, as its export sees it."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from cadre_app.core.filtering import require_asked
from cadre_app.core.tables import Empty, Table, asked
from cadre_app.org import permissions
from cadre_app.org.columns import unit_columns
from cadre_app.org.filters import chosen_unit, filtered_units, top_unit
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def may_export(user: "User") -> bool:
    """Asked at the start of an export and at its delivery."""
    return permissions.can_export(user)


def unit_table(user: "User", query: QueryDict) -> Table[Unit]:
    """The units of the list with these URL parameters, as `user` sees them.

    Raises ValidationError when the unit that was chosen is not among those that they see, or another parameter names
    nothing that can be chosen.
    """
    key = query.get("unit", "")
    chosen = chosen_unit(key, user=user) if key else top_unit(user)
    if key and chosen is None:
        raise ValidationError(_("This unit is not among those that you see."))
    found = filtered_units(query, user=user, chosen=chosen)
    require_asked(found)
    return Table(asked(query), found.qs, unit_columns(user), name="units", empty=Empty(""))
