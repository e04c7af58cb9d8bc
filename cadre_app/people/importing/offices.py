"""The sheet of offices with holders: what its rows mean, writing them, and taking them back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.accounts.models import AccountKind, AccountRequest
from cadre_app.accounts.services import WantedAccount, request_accounts
from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress, refuse_pair
from cadre_app.core.tables import joined
from cadre_app.people import permissions
from cadre_app.people.importing.holders import examine_holder, find_holders
from cadre_app.people.importing.office_cases import Case, Setting
from cadre_app.people.importing.office_columns import COMMUNITY, NEITHER, POLITICAL, SOURCES, columns, examples
from cadre_app.people.models import Office, OfficeHolding, Person
from cadre_app.people.services.bulk import NewPerson, create_persons_many, write_many
from cadre_app.people.services.bulk_changes import update_persons_many
from cadre_app.people.services.bulk_offices import NewOffice, create_offices_many, rewrite_offices_many
from cadre_app.people.services.rewriting import Rewritten, lock_imports, lock_many, rewrite_many
from cadre_app.people.services.taking_back import mark_left, note_added, note_changed, take_back_many
from cadre_app.people.writing.names import username_base
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PERSON, PREDECESSOR = "person", "predecessor"
FLAGS = {POLITICAL: "is_political_source", COMMUNITY: "is_community_source"}
CHUNK = 500


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find each row's office and holder and what they would change; the same few queries for any number of rows."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Write offices and holders. Raises ValidationError where a row no longer means what was checked."""
    lock_imports()
    lock_many(Person, [row.values[key] for row in rows for key in (PERSON, PREDECESSOR) if key in row.values])
    lock_many(Office, [row.target for row in rows if row.target is not None])
    cases = _examine_again(rows, actor)
    progress(0, len(rows))
    with snapshot.held():
        written = _Writing(cases, actor).applied()
    progress(len(rows), len(rows))
    return written


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void what was added, give the rest its former values, withdraw waiting requests; returns what is against it."""
    lock_imports()
    written = [(each.label, each.undo["written"]) for each in applied]
    requests = {UUID(each.undo["request"]): each.label for each in applied if "request" in each.undo}
    return take_back_many(written, requests, actor=actor, reason=reason)


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        cases = [Case(row) for row in rows]
        for row in rows:
            row.values.pop(PERSON, None)
            row.values.pop(PREDECESSOR, None)
        setting = Setting(actor, cases)
        _refuse_doubles(cases)
        for case in cases:
            _examine_office(case, setting)
        _refuse_taken_sources(cases, setting)
        find_holders(cases, setting)
        for done, case in enumerate(cases, start=1):
            examine_holder(case, setting)
            _sum_up(case, setting)
            if done % CHUNK == 0:
                progress(done, len(cases))
        _ask_once(cases)
    return cases


def _refuse_doubles(cases: Sequence[Case]) -> None:
    """Two rows about one office name each other."""
    first: dict[tuple[UUID, str], ImportRow] = {}
    for case in cases:
        name = case.row.get("office")
        if case.unit is None or name is None:
            continue
        other = first.setdefault((case.unit.pk, name), case.row)
        refuse_pair(case.row, other, "office", _("Row %(row)s is about the same office."))


def _examine_office(case: Case, setting: Setting) -> None:
    row, office = case.row, case.office
    if "order" in row.values:
        case.facts["order"] = row.values["order"]
    if (source := row.get("source")) is not None:
        case.facts |= {flag: source == kind for kind, flag in FLAGS.items()}
    if office is None:
        return
    case.facts = {name: value for name, value in case.facts.items() if getattr(office, name) != value}
    if any(flag in case.facts for flag in FLAGS.values()):
        row.changes.append((setting.labels["source"], _sources(office), str(dict(SOURCES)[source or NEITHER])))
    if "order" in case.facts:
        row.changes.append((setting.labels["order"], str(office.order), str(case.facts["order"])))


def _sources(office: Office) -> str:
    kinds = [kind for kind, flag in FLAGS.items() if getattr(office, flag)] or [NEITHER]
    return joined(str(dict(SOURCES)[kind]) for kind in kinds)


def _refuse_taken_sources(cases: Sequence[Case], setting: Setting) -> None:
    """One office of a unit for each kind of mentor, as it will be after the import."""
    claims: defaultdict[tuple[UUID, str], list[str]] = defaultdict(list)
    changed = {case.office.pk: case for case in cases if case.office is not None}
    for unit, offices in setting.offices.items():
        for office in offices.values():
            facts = changed[office.pk].facts if office.pk in changed else {}
            for kind, flag in FLAGS.items():
                if facts.get(flag, getattr(office, flag)):
                    claims[unit, kind].append(office.name)
    for case in cases:
        if case.unit is not None and case.office is None and case.row.get("source") in FLAGS:
            claims[case.unit.pk, case.row.values["source"]].append(case.row.get("office", ""))
    for case in cases:
        source = case.row.get("source")
        if case.unit is None or source not in FLAGS:
            continue
        others = [name for name in claims[case.unit.pk, source] if name != case.row.get("office", "")]
        if others:
            text = _("“%(office)s” of this unit is already the source of this mentor.")
            case.row.refuse("source", text % {"office": others[0]})


def _sum_up(case: Case, setting: Setting) -> None:
    row = case.row
    if case.person is not None:
        row.values[PERSON] = case.person.pk
    if case.predecessor is not None:
        row.values[PREDECESSOR] = case.predecessor.person_id
    if case.unit is not None:
        row.target_text = setting.title(case)
    if case.office is not None:
        row.target, row.action = case.office.pk, "update" if row.changes else "same"


def _ask_once(cases: Sequence[Case]) -> None:
    """One account for somebody who holds several offices: that of the first row."""
    asked: set[object] = set()
    for case in cases:
        who: object = case.person.pk if case.person is not None else case.leader
        if case.asks_account and who in asked:
            case.asks_account = False
        elif case.asks_account:
            asked.add(who)


def _examine_again(rows: list[ImportRow], actor: "User") -> list[Case]:
    """Under the locks of persons and offices: refuse what changed since the rows were checked."""
    fresh = [
        replace(row, values=dict(row.values), errors=[], notes=[], changes=[], candidates=[], question="", target=None)
        for row in rows
    ]
    for row in fresh:
        row.action, row.target_text = "create", ""
    cases = _examine(fresh, actor, lambda done, total: None)
    for case, row in zip(cases, rows, strict=True):
        if _meaning(case.row) != _meaning(row) or case.row.has_errors or case.row.is_unchosen:
            text = _("Row %(row)s: something about %(name)s has changed since the rows were checked.")
            raise ValidationError(text % {"row": row.number, "name": row.get("office")}, code="changed")
    return cases


def _meaning(row: ImportRow) -> tuple[Any, ...]:
    people = row.values.get(PERSON), row.values.get(PREDECESSOR)
    return row.action, row.target, row.target_text, row.changes, people


class _Writing:
    """Everything that the rows do, in the order in which locks and constraints want it."""

    def __init__(self, cases: list[Case], actor: "User") -> None:
        self.cases, self.actor = cases, actor
        self.requests: dict[int, AccountRequest] = {}
        self.offices: dict[int, Office] = {}
        self.persons: dict[int, Person] = {}
        self.entries: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)

    def applied(self) -> list[Applied]:
        """Write, and say what became of each row."""
        self._ask_accounts()
        self._write_persons()
        self._write_offices()
        self._write_holdings()
        mark_left(entry for listed in self.entries.values() for entry in listed)
        return [self._applied(case) for case in self.cases]

    def _ask_accounts(self) -> None:
        asking = [case for case in self.cases if case.asks_account]
        if asking:
            wanted = [_wanted(case) for case in asking]
            reason = _("Asked for with the import of offices")
            requests = request_accounts(wanted=wanted, reason=reason, actor=self.actor)
            self.requests = {case.row.number: each for case, each in zip(asking, requests, strict=True)}

    def _write_persons(self) -> None:
        """Values of one person may come from several rows; the first of them keeps what undoing needs."""
        values: dict[object, dict[str, Any]] = {}
        first: dict[object, Case] = {}
        for case in self.cases:
            if not case.row.get("holder"):
                continue
            who: object = case.person.pk if case.person is not None else case.leader
            first.setdefault(who, case)
            found = values.setdefault(who, {})
            found |= case.person_values
            if (request := self.requests.get(case.row.number)) is not None:
                found["account_request_id"] = request.pk
        changed = {who: found for who, found in values.items() if isinstance(who, UUID) and found}
        for done in update_persons_many(changed, actor=self.actor):
            self.entries[first[done.obj.pk].row.number].append(note_changed(done))
        new = [case for who, case in first.items() if isinstance(who, Case)]
        requested = {each.pk: each for each in self.requests.values()}
        people = [_new_person(case, values[case], requested) for case in new]
        made = dict(zip(new, create_persons_many(people, actor=self.actor), strict=True))
        for case in self.cases:
            if case.row.get("holder"):
                self.persons[case.row.number] = case.person or made[case.leader]
        for case, person in made.items():
            self.entries[case.row.number].append(note_added(person))

    def _write_offices(self) -> None:
        facts = {case.office.pk: case.facts for case in self.cases if case.office is not None and case.facts}
        rewritten = {each.obj.pk: each for each in rewrite_offices_many(facts, actor=self.actor)}
        new = [case for case in self.cases if case.office is None]
        made = create_offices_many([_new_office(case) for case in new], actor=self.actor)
        for case, office in zip(new, made, strict=True):
            self.offices[case.row.number] = office
            self.entries[case.row.number].append(note_added(office))
        for case in self.cases:
            if case.office is not None:
                self.offices[case.row.number] = case.office
                if case.office.pk in rewritten:
                    self.entries[case.row.number].append(note_changed(rewritten[case.office.pk]))

    def _write_holdings(self) -> None:
        starting = [case for case in self.cases if case.starts_holding]
        ends = {case.predecessor.pk: {"until": case.ends_on} for case in starting if case.predecessor is not None}
        ended: dict[UUID, Rewritten[OfficeHolding]] = {
            each.obj.pk: each
            for each in rewrite_many(OfficeHolding, ends, actor=self.actor, verb="people.officeholding.ended")
        }
        holdings = [
            OfficeHolding(
                office=self.offices[case.row.number],
                person=self.persons[case.row.number],
                since=case.row.values["since"],
                document_number=case.row.get("document_number", ""),
            )
            for case in starting
        ]
        write_many(holdings, actor=self.actor, verb="people.officeholding.started", reason="")
        for case, holding in zip(starting, holdings, strict=True):
            if case.predecessor is not None:
                self.entries[case.row.number].append(note_changed(ended[case.predecessor.pk]))
            self.entries[case.row.number].append(note_added(holding))

    def _applied(self, case: Case) -> Applied:
        row, office = case.row, self.offices[case.row.number]
        undo: dict[str, Any] = {"written": self.entries[row.number]}
        outcome = ""
        if (request := self.requests.get(row.number)) is not None:
            undo["request"] = str(request.pk)
            outcome = _("account requested: %(name)s") % {"name": request.username}
        unit = case.unit.name if case.unit is not None else ""
        return Applied(
            row_number=row.number,
            label=joined([unit, office.name]),
            object_id=office.pk,
            created=case.office is None,
            outcome=outcome,
            undo=undo,
        )


def _wanted(case: Case) -> WantedAccount:
    if case.unit is None:
        raise ValueError("a row without errors has a unit")
    name = case.row.values["holder"]
    return WantedAccount(
        display_name=name,
        username_base=username_base(name),
        unit=case.unit,
        post=case.row.values["office"],
        kind=AccountKind.MENTOR,
    )


def _new_person(case: Case, values: dict[str, Any], requested: dict[UUID, AccountRequest]) -> NewPerson:
    rest = {name: value for name, value in values.items() if name != "account_request_id"}
    request = requested.get(values["account_request_id"]) if "account_request_id" in values else None
    return NewPerson(name=case.row.values["holder"], account_request=request, **rest)


def _new_office(case: Case) -> NewOffice:
    if case.unit is None:
        raise ValueError("a row without errors has a unit")
    return NewOffice(unit=case.unit, name=case.row.values["office"], **case.facts)


SHEET = ImportSheet(
    key="offices",
    label=gettext_lazy("Offices with holders"),
    order=20,
    columns=columns,
    may_import=permissions.can_create,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("Posts of leadership in units, whose mentors they give, and who holds them since when."),
    examples=examples,
    list_url_name="people:office_list",
)
