"""Each reading of what is restricted is on record (committed) before the first byte leaves; outside a transaction."""

from typing import TYPE_CHECKING

from cadre_app.history import services as history

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.conduct.models import Admonition, Sanction

# By the name of a list: its verbs for a page of it and for its workbook.
LISTED = {"sanctions": "conduct.sanction.listed", "admonitions": "conduct.admonition.listed"}
EXPORTED = {"sanctions": "conduct.sanction.exported", "admonitions": "conduct.admonition.exported"}


def read_entry(entry: "Sanction | Admonition", *, actor: "User") -> None:
    """Somebody opens one entry."""
    history.record_reading(f"{entry._meta.label_lower}.read", actor=actor, obj=entry)


def read_list(name: str, *, actor: "User") -> None:
    """Somebody opens a list; what it is narrowed to is not kept."""
    history.record_reading(LISTED[name], actor=actor)


def export_list(name: str, *, actor: "User") -> None:
    """A workbook of a list is made."""
    history.record_reading(EXPORTED[name], actor=actor)
