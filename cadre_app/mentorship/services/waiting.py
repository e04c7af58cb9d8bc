"""待交接 What a hand-over would be: why, since when, who would follow by office, or what stands against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.mentorship.handing_over import Change, waiting
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services.suggestions import Hindrance, Suggestion, by_office

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from cadre_app.people.models import Person

RELATED = ("trainee__person", "trainee__home_unit", "trainee__linked_village", "mentor", "office__unit")


@dataclass(frozen=True)
class HandOver:
    """A pairing that waits (a row of handing_over.waiting), and whoever is the mentor by office now."""

    pairing: Any
    suggestion: Suggestion

    @property
    def is_kept(self) -> bool:
        """The mentor also holds the office that counts now: nobody is handed over to themselves."""
        return (
            self.suggestion.mentor is not None
            and self.suggestion.mentor.pk == self.pairing.mentor_id
            and self.suggestion.hindrance in ("", Hindrance.LOAD)
        )

    @property
    def may_stay(self) -> bool:
        """The mentor was chosen, and it is the trainee who went elsewhere: staff say whether the choice stands."""
        return self.pairing.office_id is None and self.pairing.change in (Change.UNIT, Change.VILLAGE)

    @property
    def successor(self) -> "Person | None":
        """Whoever can be confirmed."""
        return None if self.suggestion.hindrance or self.is_kept else self.suggestion.mentor

    @property
    def key(self) -> str:
        """What a form sends: which pairing goes over to whom, as it was looked at."""
        return f"{self.pairing.pk}.{self.successor.pk if self.successor is not None else ''}"

    @property
    def reason(self) -> str:
        return reason_of(self.pairing)


def hand_overs_for(rows: Sequence[Any]) -> list[HandOver]:
    """For rows of handing_over.waiting with RELATED loaded, in their order; a constant number of queries."""
    wanted = [(row.trainee, MentorKind(row.kind)) for row in rows]
    found = by_office(wanted, ahead=False)
    return [HandOver(row, suggestion) for row, suggestion in zip(rows, found, strict=True)]


def reasons_for(pairings: Sequence[Pairing], day: "date") -> "dict[UUID, str]":
    """Why those of these pairings that wait do so; one query."""
    rows = waiting(day).filter(pk__in=[pairing.pk for pairing in pairings]).select_related(*RELATED)
    return {row.pk: reason_of(row) for row in rows}


def reason_of(row: Any) -> str:
    """Why this row of handing_over.with_change waits, and since when; empty where it does not."""
    if not row.change:
        return ""
    text = _what(row)
    if row.changed_on is None:
        return text
    return _("%(reason)s, since %(day)s") % {"reason": text, "day": formats.date_format(row.changed_on)}


def _what(row: Any) -> str:
    change = Change(row.change)
    if change == Change.LEFT:
        return _("Mentor left: %(mentor)s") % {"mentor": row.mentor.name}
    if row.office is None:
        if change == Change.UNIT:
            return _("Change of unit: now in %(unit)s") % {"unit": row.trainee.home_unit.name}
        return _("Change of village, with a mentor who was chosen")
    known = {"mentor": row.mentor.name, "office": row.office.in_full, "unit": row.office.unit.name}
    if change == Change.UNIT:
        return _("Change of unit: no longer %(unit)s") % known
    if change == Change.VILLAGE:
        return _("Change of village: no longer %(unit)s") % known
    return _("Change of office: %(mentor)s is no longer %(office)s") % known
