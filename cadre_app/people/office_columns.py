"""Columns of the list of offices, for the page and for the workbook."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.tables import Column, joined
from cadre_app.people.models import Office


def holders(office: Any) -> str:
    """Who holds the office now, or that it is vacant."""
    return joined(item.person.name for item in office.holders_now) or _("Vacant")


def since(office: Any) -> str:
    return joined(formats.date_format(item.since, "DATE_FORMAT") for item in office.holders_now)


def documents(office: Any) -> str:
    return joined(item.document_number for item in office.holders_now if item.document_number)


def sources(office: Office) -> str:
    """Whose mentor the holder becomes."""
    found = []
    if office.is_political_source:
        found.append(_("Political mentor"))
    if office.is_community_source:
        found.append(_("Community mentor"))
    return joined(found)


OFFICE_COLUMNS: tuple[Column[Office], ...] = (
    Column("unit", gettext_lazy("Unit"), lambda row: row.unit.name, sort=("unit__path", "order", "name")),
    Column(
        "name", gettext_lazy("Office"), lambda row: row.name, sort=("name",), template="people/cells/office_name.html"
    ),
    Column("holder", gettext_lazy("Holder"), holders, template="people/cells/office_holder.html"),
    Column("since", gettext_lazy("In office since"), since),
    Column("sources", gettext_lazy("Source of mentors"), sources, template="people/cells/office_sources.html"),
    Column("document", gettext_lazy("Document number"), documents, shown=False),
    Column("order", gettext_lazy("Order in the unit"), lambda row: row.order, numeric=True, shown=False),
)
