"""Columns of the audit log: metadata only, never what was changed."""

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.history import permissions
from cadre_app.history.describe import kind_of
from cadre_app.history.filters import filtered_entries
from cadre_app.history.models import Entry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def object_label(entry: Entry) -> str:
    """Kind of object in words and the first eight characters of its key."""
    return f"{kind_of(entry.object_label)} {str(entry.object_id)[:8]}" if entry.object_id else ""


ENTRY_COLUMNS: tuple[Column[Entry], ...] = (
    Column("at", _("Time"), lambda entry: f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}", sort=("at",)),
    Column("actor", _("Person"), lambda entry: entry.actor.display_name if entry.actor else _("System")),
    Column("username", _("Sign-in name"), lambda entry: entry.actor.username if entry.actor else ""),
    Column("kind", _("Kind"), lambda entry: entry.get_kind_display()),
    Column("verb", _("Action"), lambda entry: entry.verb_text),
    Column("object", _("Object"), object_label),
    Column("address", _("Address"), lambda entry: entry.address or ""),
    Column("request", _("Request"), lambda entry: entry.request_id, shown=False),
)


def may_export(user: "User") -> bool:
    """Asked again when the export starts and when it is fetched."""
    return permissions.can_read_log(user)


def exported_entries(user: "User", query: QueryDict) -> Table[Entry]:
    """The activity log with these URL parameters, as its export sees it."""
    return Table(
        asked(query), filtered_entries(query).qs, ENTRY_COLUMNS, name="entries", empty=Empty(""), default_sort="-at"
    )
