"""What the phone needs to keep an unsent note for its writer alone: a name and a key that only this account is given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_app.core import crypto

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class LocalStore:
    """`owner` tells the drafts of accounts on one phone apart, `key` (hex, 256 bits) seals them (static/js/note.js)."""

    owner: str
    key: str


def local_store(user: "User") -> LocalStore:
    """The same for every session of the account, so that a draft opens again after signing in."""
    owner = crypto.digest(f"mentorship.note_draft.owner:{user.pk}")
    return LocalStore(owner[:16], crypto.digest(f"mentorship.note_draft.key:{user.pk}"))
