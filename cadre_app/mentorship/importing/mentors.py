"""Who is meant as the mentor of a row, and by which office."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportRow
from cadre_app.core.tables import joined
from cadre_app.mentorship.models import MentorKind
from cadre_app.people.importing.units import NotFound, UnitFinder
from cadre_app.people.models import Office, OfficeHolding, Person, Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

SOURCES = {MentorKind.POLITICAL: "is_political_source", MentorKind.COMMUNITY: "is_community_source"}


@dataclass
class Possible:
    """Somebody of that name, with what they hold or held."""

    person: Person
    holdings: list[OfficeHolding] = field(default_factory=list)

    def is_of(self, unit: "Unit") -> bool:
        return any(each.office.unit_id == unit.pk for each in self.holdings)

    @property
    def told(self) -> str:
        """As answers name them: the latest office last."""
        last = self.holdings[-1].office if self.holdings else None
        return joined([self.person.name, *([last.unit.name, last.name] if last is not None else [])])


class Mentors:
    """Everybody whom rows can mean as a mentor; two queries for any number of rows."""

    def __init__(self, rows: Sequence[ImportRow], actor: "User", units: UnitFinder) -> None:
        self._units = units
        names = {row.get("mentor") for row in rows} - {None}
        persons = Person.objects.visible_to(actor).standing().filter(name__in=names).defer("resume")
        found = {person.pk: Possible(person) for person in persons}
        held = OfficeHolding.objects.standing().filter(person__in=found, office__voided_at=None)
        for holding in held.select_related("office__unit").order_by("since"):
            found[holding.person_id].holdings.append(holding)
        self._named: defaultdict[str, list[Possible]] = defaultdict(list)
        for each in found.values():
            self._named[each.person.name].append(each)

    def find(self, row: ImportRow) -> Possible | None:
        """The one who is meant; None with an error at the cell, or with candidates to choose from."""
        name, unit = row.get("mentor"), row.get("mentor_unit")
        if name is None:
            return None
        possible = self._named.get(name, [])
        if unit is not None:
            try:
                place = self._units.home(unit)
            except NotFound as error:
                row.refuse("mentor_unit", str(error))
                return None
            possible = [each for each in possible if each.is_of(place)]
        if len(possible) == 1:
            return possible[0]
        if not possible:
            row.refuse("mentor", _unknown(name, unit, bool(self._named.get(name))))
            return None
        return _choose(row, name, possible)


def office_for(mentor: Possible, kind: str, trainee: Trainee, day: date) -> Office | None:
    """The office by which somebody was that mentor on a day: one of the trainee's own places before others."""
    own: set[UUID | None] = {trainee.home_unit_id, trainee.linked_village_id}
    fitting = [
        each.office
        for each in mentor.holdings
        if getattr(each.office, SOURCES[MentorKind(kind)])
        and each.since <= day
        and (each.until is None or each.until >= day)
    ]
    return next((office for office in fitting if office.unit_id in own), fitting[0] if fitting else None)


def _unknown(name: str, unit: str | None, is_elsewhere: bool) -> str:
    if unit is not None and is_elsewhere:
        text = _("“%(name)s” holds no office in “%(unit)s”. Correct the unit, or leave it empty.")
        return text % {"name": name, "unit": unit}
    text = _("“%(name)s” is not entered among your units. Import the office with its holder first.")
    return text % {"name": name}


def _choose(row: ImportRow, name: str, possible: list[Possible]) -> Possible | None:
    told = {"row": row.number, "count": len(possible), "name": name}
    if row.candidates:
        text = _("%(count)s people are called “%(name)s”. Write the unit of the mentor as well.")
        row.refuse("mentor", text % told)
        return None
    row.candidates, row.may_be_new = [(each.person.pk, each.told) for each in possible], False
    row.question = _("Row %(row)s: %(count)s people are called “%(name)s”. Choose one of them.") % told
    return next((each for each in possible if each.person.pk == row.chosen), None)
