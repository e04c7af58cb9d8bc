"""Many outcomes at once, as an import brings them, and taking them back while they wait."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from cadre_app.advancement.models import Outcome
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.rewriting import void_many as void_records

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def enter_many(outcomes: Sequence[Outcome], *, actor: "User", reason: str = "") -> None:
    """Save unsaved outcomes as entered by `actor`: they are checked and signed off next. Callers have locked the files and
    checked them.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    for outcome in outcomes:
        outcome.entered_by = actor
    write_many(outcomes, actor=actor, verb="advancement.outcome.entered", reason=reason)


@transaction.atomic
def void_many(keys: Iterable[UUID], *, actor: "User", reason: str) -> None:
    """Void locked outcomes that nobody has checked: they have written nothing elsewhere."""
    void_records(Outcome, keys, actor=actor, reason=reason)
