"""Whose file a row is about: by ID number for certain, else by name, month of birth and unit, else somebody chooses."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core import crypto
from cadre_app.core.importing import ImportRow, refuse_pair
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.core.tables import joined
from cadre_app.org.paths import any_of
from cadre_app.people.importing.cases import Case, Setting
from cadre_app.people.importing.cells import month_text
from cadre_app.people.models import OfficeHolding, Person, Trainee
from cadre_app.people.models.persons import avoided_persons
from cadre_app.people.writing import id_numbers


def find_files(cases: list[Case], setting: Setting) -> None:
    """Give each case its person and file, or candidates, or the reason why there can be none; six queries."""
    known = _Known(cases, setting)
    for case in cases:
        if not _by_number(case, known):
            _by_name(case, known)
    _refuse_doubles(cases, known)


class _Known:
    """Who is entered already and could be meant by one of the rows."""

    def __init__(self, cases: Sequence[Case], setting: Setting) -> None:
        actor = setting.actor
        self.setting = setting
        self.avoided = avoided_persons(actor)
        self.digests = {
            case.row.number: crypto.digest(number) for case in cases if (number := case.row.get("id_number"))
        }
        numbered = Person.objects.standing().filter(id_digest__in=set(self.digests.values()))
        self.by_digest = {person.id_digest: person for person in numbered.defer("resume")}
        keys = [person.pk for person in self.by_digest.values()]
        self.files = {file.person_id: file for file in Trainee.objects.filter(person__in=keys)}
        unknown = [case for case in cases if self.digests.get(case.row.number) not in self.by_digest]
        names = {case.row.get("name") for case in unknown} - {None}
        units = {case.unit.pk for case in unknown if case.unit is not None}
        named = Trainee.objects.filter(any_of(actor.unit_ranges(*BUSINESS_ROLES), "home_unit__path"))
        named = named.filter(person__name__in=names, person__voided_at=None).order_by("file_number")
        self.named: defaultdict[str, list[Trainee]] = defaultdict(list)
        for file in named.select_related("person").defer("person__resume"):
            self.named[file.person.name].append(file)
        holdings = OfficeHolding.objects.current().filter(office__unit__in=units, person__name__in=names)
        self.holders: defaultdict[tuple[UUID, str], list[OfficeHolding]] = defaultdict(list)
        for holding in holdings.filter(person__trainee=None).select_related("person", "office"):
            self.holders[holding.office.unit_id, holding.person.name].append(holding)
        self.seen_files = {file.pk for files in self.named.values() for file in files}
        self.seen_files |= set(
            Trainee.objects.visible_to(actor)
            .filter(pk__in=[file.pk for file in self.files.values()])
            .values_list("pk", flat=True)
        )
        without = [key for key in keys if key not in self.files]
        setting.know_homes([*self.files.values(), *(file for files in self.named.values() for file in files)])
        self.seen_persons = set(Person.objects.visible_to(actor).filter(pk__in=without).values_list("pk", flat=True))

    def sees(self, file: Trainee) -> bool:
        return file.home_unit_id in self.setting.units.units or file.pk in self.seen_files


def _by_number(case: Case, known: _Known) -> bool:
    """True if the ID number says who it is."""
    person = known.by_digest.get(known.digests.get(case.row.number, ""))
    if person is None:
        return False
    file = known.files.get(person.pk)
    if person.pk in known.avoided:
        case.stop("", _("Nobody enters or changes their own file or that of a relative."))
    elif file is not None:
        file.person = person
        _take(case, file, known)
    elif person.pk in known.seen_persons:
        _take_person(case, person)
    else:
        case.stop("id_number", _("This person is already entered elsewhere, outside your scope."))
    return True


def _by_name(case: Case, known: _Known) -> None:
    """Somebody of this name and month of birth in this unit; of all others somebody must say whether it is them."""
    row = case.row
    name, unit = row.get("name"), case.unit
    if name is None or unit is None:
        return
    born, digest = _born(row), known.digests.get(row.number)
    possible = [file for file in known.named.get(name, ()) if not _contradicts(file.person, digest)]
    here = [file for file in possible if file.home_unit_id == unit.pk]
    holders = [each for each in known.holders.get((unit.pk, name), ()) if not _contradicts(each.person, digest)]
    if not known.avoided.isdisjoint([*(file.person_id for file in here), *(each.person_id for each in holders)]):
        case.stop("", _("Nobody enters or changes their own file or that of a relative."))
        return
    sure = [file for file in here if born is not None and file.person.birth_month == born]
    if len(sure) == 1:
        _take(case, sure[0], known)
        return
    working = [file for file in here if not file.is_read_only]
    elsewhere = [file for file in possible if file not in here and _is_likely(file, born)]
    elsewhere = [file for file in elsewhere if file.person_id not in known.avoided]
    _offer(case, working, holders, elsewhere)
    if row.chosen is not None:
        _take_chosen(case, [*working, *elsewhere], holders, known)


def _offer(case: Case, working: list[Trainee], holders: list[OfficeHolding], elsewhere: list[Trainee]) -> None:
    row = case.row
    persons = {each.person_id: joined([each.person.name, each.office.name]) for each in holders}
    row.candidates = [
        *((file.person_id, _told(file)) for file in working),
        *persons.items(),
        *((file.person_id, _told(file, unit=file.home_unit.name)) for file in elsewhere),
    ]
    count = len(working) + len(persons)
    told = {"row": row.number, "name": row.get("name"), "count": count}
    if count:
        row.question = (
            ngettext(
                "Row %(row)s: %(count)s person in this unit is called “%(name)s”. Choose whether it is the same one.",
                "Row %(row)s: %(count)s people in this unit are called “%(name)s”. Choose one of them.",
                count,
            )
            % told
        )
    elif elsewhere:
        text = _("Row %(row)s: a file of this name and month of birth is in another unit. Is it the same person?")
        row.question = text % told


def _take_chosen(case: Case, files: list[Trainee], holders: list[OfficeHolding], known: _Known) -> None:
    for file in files:
        if file.person_id == case.row.chosen:
            _take(case, file, known)
            return
    for holding in holders:
        if holding.person_id == case.row.chosen:
            _take_person(case, holding.person)


def _take(case: Case, file: Trainee, known: _Known) -> None:
    """The row is about this file, unless it may not be changed by this import."""
    row = case.row
    told = {"name": file.person.name, "number": file.file_number, "unit": file.home_unit.name}
    if not known.sees(file):
        text = _("This person is already entered elsewhere, outside your scope.")
        case.stop("id_number" if row.is_filled("id_number") else "name", text)
    elif file.is_voided:
        case.stop("", _("%(name)s has a voided growth file, %(number)s. Restore that one.") % told)
    elif file.departed_on is not None:
        told["day"] = formats.date_format(file.departed_on)
        text = _("%(name)s left on %(day)s: the growth file %(number)s is closed.")
        case.stop("", text % told)
    elif (case.unit is not None and case.unit.pk != file.home_unit_id) or file.home_unit_id not in (
        known.setting.units.units
    ):
        text = _("%(name)s is entered in %(unit)s, file %(number)s. Record a transfer there; an import moves nobody.")
        case.stop("home_unit", text % told)
    else:
        case.trainee, case.person, case.unit = file, file.person, file.home_unit


def _take_person(case: Case, person: Person) -> None:
    case.person = person
    text = _("%(name)s is already entered, without a growth file: it is opened for the same person.")
    case.row.notes.append(text % {"name": person.name})


def _refuse_doubles(cases: list[Case], known: _Known) -> None:
    """Two rows about one person name each other."""
    by_person: dict[UUID, ImportRow] = {}
    by_digest: dict[str, ImportRow] = {}
    namesakes: defaultdict[tuple[str, UUID], _Namesakes] = defaultdict(_Namesakes)
    for case in cases:
        row, digest = case.row, known.digests.get(case.row.number)
        if digest is not None:
            refuse_pair(row, by_digest.setdefault(digest, row), "id_number", _("Row %(row)s has the same ID number."))
        if case.person is not None:
            first = by_person.setdefault(case.person.pk, row)
            if digest is None or first.get("id_number") != row.get("id_number"):
                refuse_pair(row, first, "name", _("Row %(row)s is about the same person."))
        elif case.unit is not None and row.get("name"):
            group = namesakes[row.values["name"], case.unit.pk]
            other = group.like(row, digest)
            text = _("Row %(row)s has the same name. Give ID number or month of birth in both to tell them apart.")
            refuse_pair(row, other or row, "name", text)


class _Namesakes:
    """Rows of one name in one unit that enter somebody new: the first of each month of birth, with and without number."""

    def __init__(self) -> None:
        self._first: dict[tuple[date | None, bool], ImportRow] = {}

    def like(self, row: ImportRow, digest: str | None) -> ImportRow | None:
        """An earlier row that may mean the same person."""
        born = _born(row)
        found = next(
            (
                other
                for (month, is_numbered), other in self._first.items()
                if (month == born or month is None or born is None) and not (is_numbered and digest is not None)
            ),
            None,
        )
        self._first.setdefault((born, digest is not None), row)
        return found


def _born(row: ImportRow) -> date | None:
    month: date | None = row.get("birth_month")
    number = row.get("id_number")
    if month is None and number is not None:
        month = id_numbers.birth_day(number)
    return month.replace(day=1) if month is not None else None


def _contradicts(person: Person, digest: str | None) -> bool:
    """True for somebody else: both numbers are known, and they differ."""
    return bool(digest and person.id_digest) and person.id_digest != digest


def _is_likely(file: Trainee, born: date | None) -> bool:
    return born is not None and file.person.birth_month == born and not file.is_read_only


def _told(file: Trainee, *, unit: str = "") -> str:
    parts = [file.person.name, file.file_number, month_text(file.person.birth_month), file.post, unit]
    return joined([part for part in parts if part])
