"""A row of the sheet of offices with the office and the people it means, and what is asked once for all rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from cadre_app.core import crypto
from cadre_app.core.importing import ImportRow
from cadre_app.core.roles import Role
from cadre_app.org.paths import any_of
from cadre_app.people.importing.office_columns import columns
from cadre_app.people.importing.units import BETWEEN, NotFound, UnitFinder
from cadre_app.people.models import Office, OfficeHolding, Person, Trainee
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


@dataclass(eq=False)
class Case:
    """One row: its office (none yet: `office` is None), and who holds it as the row says.

    `same_as` is an earlier row that enters the same new person; `predecessor` is whose holding ends.
    """

    row: ImportRow
    unit: "Unit | None" = None
    office: Office | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    person: Person | None = None
    merged: Person = field(default_factory=Person)
    person_values: dict[str, Any] = field(default_factory=dict)
    same_as: "Case | None" = None
    starts_holding: bool = False
    predecessor: OfficeHolding | None = None
    asks_account: bool = False

    @property
    def leader(self) -> "Case":
        """The row that enters the new person: this one, or an earlier one."""
        return self.same_as or self

    @property
    def ends_on(self) -> date:
        """The last day of the predecessor."""
        since: date = self.row.values["since"]
        return since - timedelta(days=1)


class Setting:
    """Asked once for all rows: the units, their offices and holders, and the people whose ID numbers are given."""

    def __init__(self, actor: "User", cases: Sequence[Case]) -> None:
        self.actor = actor
        self.today = timezone.localdate()
        self.units = UnitFinder(actor)
        self.labels = {column.key: str(column.label) for column in columns()}
        self.avoided = avoided_persons(actor)
        for case in cases:
            self._find_unit(case)
        units = {case.unit.pk for case in cases if case.unit is not None}
        self.offices: defaultdict[UUID, dict[str, Office]] = defaultdict(dict)
        for office in Office.objects.standing().filter(unit__in=units):
            self.offices[office.unit_id][office.name] = office
        self.holdings: defaultdict[UUID, list[OfficeHolding]] = defaultdict(list)
        self.present: defaultdict[UUID, list[OfficeHolding]] = defaultdict(list)
        self._load_holdings(units)
        self._load_persons(cases)
        for case in cases:
            if case.unit is not None:
                case.office = self.offices[case.unit.pk].get(case.row.get("office", ""))

    def title(self, case: Case) -> str:
        """The path of the unit, and the office."""
        return BETWEEN.join([*(self.units.path(case.unit) if case.unit else ()), case.row.get("office", "")])

    def holding_now(self, office: Office) -> OfficeHolding | None:
        return next((each for each in self.holdings[office.pk] if each.until is None), None)

    def may_write(self, person: Person) -> bool:
        """Contacts of somebody without a file who holds an office below the actor, never of a relative."""
        return person.pk in self._writable and person.pk not in self._filed and person.pk not in self.avoided

    def is_elsewhere(self, person: Person) -> bool:
        """Somebody with a file outside the actor's scope: an account of theirs would open it."""
        return person.pk in self._filed and self._filed[person.pk] not in self.units.units

    def _find_unit(self, case: Case) -> None:
        text = case.row.get("unit")
        if text is not None:
            try:
                case.unit = self.units.home(text)
            except NotFound as error:
                case.row.refuse("unit", str(error))

    def _load_holdings(self, units: set[UUID]) -> None:
        rows = OfficeHolding.objects.standing().filter(office__unit__in=units, office__voided_at=None)
        rows = rows.select_related("person__account_request", "office").defer("person__resume")
        for holding in rows.order_by("office__order", "office__name", "since"):
            self.holdings[holding.office_id].append(holding)
            if holding.until is None:
                self.present[holding.office.unit_id].append(holding)

    def _load_persons(self, cases: Sequence[Case]) -> None:
        self.digests = {
            case.row.number: crypto.digest(number) for case in cases if (number := case.row.get("id_number"))
        }
        numbered = Person.objects.standing().filter(id_digest__in=set(self.digests.values()))
        rows = numbered.select_related("account_request").defer("resume")
        self.by_digest = {person.id_digest: person for person in rows}
        keys = {person.pk for person in self.by_digest.values()}
        self.seen = set(Person.objects.visible_to(self.actor).filter(pk__in=keys).values_list("pk", flat=True))
        keys |= self._load_called(cases)
        keys |= {holding.person_id for listed in self.present.values() for holding in listed}
        self._filed = dict(Trainee.objects.filter(person__in=keys).values_list("person_id", "home_unit_id"))
        held = OfficeHolding.objects.standing().filter(person__in=keys)
        held = held.filter(any_of(self.actor.unit_ranges(Role.STAFF), "office__unit__path"))
        self._writable = set(held.values_list("person_id", flat=True))

    def _load_called(self, cases: Sequence[Case]) -> set[UUID]:
        """By name and phone those whom the actor sees; phones are sealed, so only namesakes' are opened."""
        names = {case.row.get("holder") for case in cases if "phone" in case.row.values} - {None}
        rows = Person.objects.visible_to(self.actor).standing().filter(name__in=names)
        self.by_phone: defaultdict[tuple[str, str | None], list[Person]] = defaultdict(list)
        for person in rows.select_related("account_request").defer("resume"):
            if person.phone:
                self.by_phone[person.name, person.phone].append(person)
        return {person.pk for persons in self.by_phone.values() for person in persons}
