"""Columns of the audit log: metadata only, never what was changed."""

from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from cadre_app.core.filtering import require_asked
from cadre_app.core.tables import Column, Empty, Table, asked
from cadre_app.history import permissions
from cadre_app.history.describe import kind_of
from cadre_app.history.filters import filtered_entries
from cadre_app.history.models import Entry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def object_label(entry: Entry) -> str:
    """Kind of object in words and the first eight characters of its key; with the token through which it was read."""
    named = f"{kind_of(entry.object_label)} {str(entry.object_id)[:8]}" if entry.object_id else ""
    if entry.kind != Entry.Kind.READING or not (token := entry.after.get("token")):
        return named
    return gettext("%(object)s, through token %(key)s") % {"object": named, "key": str(token)[:8]}


ENTRY_COLUMNS: tuple[Column[Entry], ...] = (
    Column("at", gettext_lazy("Time"), lambda entry: f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}", sort=("at",)),
    Column(
        "actor", gettext_lazy("Person"), lambda entry: entry.actor.display_name if entry.actor else gettext("System")
    ),
    Column("username", gettext_lazy("Sign-in name"), lambda entry: entry.actor.username if entry.actor else ""),
    Column("kind", gettext_lazy("Kind"), lambda entry: entry.get_kind_display()),
    Column("verb", gettext_lazy("Action"), lambda entry: entry.verb_text),
    Column("object", gettext_lazy("Object"), object_label),
    Column("address", gettext_lazy("Address"), lambda entry: entry.address or ""),
    Column("request", gettext_lazy("Request"), lambda entry: entry.request_id, shown=False),
)


def may_export(user: "User") -> bool:
    """Asked again when the export starts and when it is fetched."""
    return permissions.can_read_log(user)


def exported_entries(user: "User", query: QueryDict) -> Table[Entry]:
    """The activity log with these URL parameters, as its export sees it. Raises ValidationError for what names nothing."""
    found = filtered_entries(query)
    require_asked(found)
    return Table(asked(query), found.qs, ENTRY_COLUMNS, name="entries", empty=Empty(""), default_sort="-at")
