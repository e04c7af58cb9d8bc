"""The list of offices, as its export sees it."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from cadre_app.core.filtering import require_asked
from cadre_app.core.tables import Empty, Table, asked
from cadre_app.org.filters import chosen_unit
from cadre_app.people.filters.offices import filtered_offices
from cadre_app.people.models import Office
from cadre_app.people.office_columns import OFFICE_COLUMNS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EXPORT = "people.offices"


def office_table(user: "User", query: QueryDict) -> Table[Office]:
    """The offices of the list with these URL parameters, as `user` sees them.

    Raises ValidationError when the unit that was chosen is not among those that they see, or another parameter names
    nothing that can be chosen.
    """
    key = query.get("unit", "")
    chosen = chosen_unit(key, user=user) if key else None
    if key and chosen is None:
        raise ValidationError(_("This unit is not among those that you see."))
    found = filtered_offices(query, user=user, chosen=chosen)
    require_asked(found)
    return Table(asked(query), found.qs, OFFICE_COLUMNS, name="offices", empty=Empty(""))
