"""Many offices with their holders at once, for imports: set-based, with the history that single ones would have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from cadre_app.org.models import Unit
from cadre_app.people.models import Office, OfficeHolding, Person
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.rewriting import Rewritten, Values, rewrite_many

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

FLAGS = ("is_political_source", "is_community_source")


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    """An office, and who has held it since when; without both it is vacant."""

    unit: Unit
    name: str
    order: int = 0
    is_political_source: bool = False
    is_community_source: bool = False
    holder: Person | None = None
    since: date | None = None
    document_number: str = ""


@transaction.atomic
def create_offices_many(wanted: Sequence[NewOffice], *, actor: "User | None", reason: str = "") -> list[Office]:
    """Add many offices, in the order given, with their holders.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    offices = [
        Office(
            unit=new.unit,
            name=new.name,
            order=new.order,
            is_political_source=new.is_political_source,
            is_community_source=new.is_community_source,
        )
        for new in wanted
    ]
    write_many(offices, actor=actor, verb="people.office.created", reason=reason)
    holdings = [
        OfficeHolding(office=office, person=new.holder, since=new.since, document_number=new.document_number)
        for new, office in zip(wanted, offices, strict=True)
        if new.holder is not None and new.since is not None
    ]
    write_many(holdings, actor=actor, verb="people.officeholding.started", reason=reason)
    return offices


@transaction.atomic
def rewrite_offices_many(
    changes: Mapping[UUID, Values], *, actor: "User | None", reason: str = ""
) -> list[Rewritten[Office]]:
    """Change columns of offices, by key; a flag may pass from one office of a unit to another.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """

    def take_flags() -> None:
        """A unique index looks at each row by itself: flags are taken away before they are given."""
        for name in FLAGS:
            losing = [key for key, values in changes.items() if values.get(name) is False]
            Office.objects.filter(pk__in=losing).update(**{name: False})

    return rewrite_many(
        Office, changes, actor=actor, verb="people.office.changed", reason=reason, before_saving=take_flags
    )
