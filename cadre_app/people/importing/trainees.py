"""The sheet of trainees: what its rows mean among the files that exist, writing them, and taking them back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.accounts.models import AccountKind, AccountRequest
from cadre_app.accounts.services import WantedAccount, request_accounts
from cadre_app.core.importing import Applied, ImportRow, ImportSheet, Progress
from cadre_app.people import permissions
from cadre_app.people.importing.cases import Case, Setting
from cadre_app.people.importing.finding import find_files
from cadre_app.people.importing.identity import examine_person, examine_schooling
from cadre_app.people.importing.programme import examine_facts, examine_posts
from cadre_app.people.importing.trainee_columns import columns, examples
from cadre_app.people.importing.units import BETWEEN
from cadre_app.people.importing.village import examine_village
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services.bulk import NewPerson, open_files_many
from cadre_app.people.services.bulk_changes import Done, update_persons_many, update_trainees_many
from cadre_app.people.services.rewriting import Rewritten, lock_imports, lock_keys
from cadre_app.people.services.taking_back import mark_left, note_added, note_changed, take_back_many
from cadre_app.people.writing.names import username_base
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

PERSON = "person"
CHUNK = 500
LONGEST_POST = 60


def check(rows: list[ImportRow], actor: "User", progress: Progress) -> None:
    """Find out whom each row is about and what it would change; the same few queries for any number of rows."""
    _examine(rows, actor, progress)


def apply(rows: list[ImportRow], actor: "User", progress: Progress) -> list[Applied]:
    """Open and change files. Raises ValidationError where a row no longer means what was checked."""
    lock_imports()
    lock_keys(Person, [row.values[PERSON] for row in rows if PERSON in row.values])
    cases = _examine_again(rows, actor)
    progress(0, len(rows))
    return _Writing(cases, actor, progress).applied()


def undo(applied: list[Applied], actor: "User", reason: str) -> list[str]:
    """Void what was added, give the rest its former values, withdraw waiting requests; returns what is against it."""
    lock_imports()
    written = [(each.label, each.undo["written"]) for each in applied]
    requests = {UUID(each.undo["request"]): each.label for each in applied if "request" in each.undo}
    return take_back_many(written, requests, actor=actor, reason=reason)


def _examine(rows: Sequence[ImportRow], actor: "User", progress: Progress) -> list[Case]:
    with snapshot.held():
        setting = Setting(actor)
        cases = [Case(row) for row in rows]
        for case in cases:
            case.row.values.pop(PERSON, None)
            _find_unit(case, setting)
        find_files(cases, setting)
        setting.load_records(cases)
        for done, case in enumerate(cases, start=1):
            if not case.is_stopped and not case.row.is_unchosen:
                _examine_row(case, setting)
            _sum_up(case, setting)
            if done % CHUNK == 0:
                progress(done, len(cases))
    return cases


def _find_unit(case: Case, setting: Setting) -> None:
    case.unit = setting.units.take(case.row, "home_unit")


def _examine_row(case: Case, setting: Setting) -> None:
    for key, known in setting.codes.items():
        if case.row.get(key, "") and case.row.values[key] not in known:
            case.row.refuse(key, _("This is not one of the choices."))
    examine_facts(case, setting)
    examine_person(case, setting)
    examine_posts(case, setting)
    examine_village(case, setting)
    examine_schooling(case, setting)


def _sum_up(case: Case, setting: Setting) -> None:
    row = case.row
    if case.person is not None:
        row.values[PERSON] = case.person.pk
    if case.trainee is not None:
        row.target, row.action = case.trainee.pk, "update" if row.changes else "same"
        row.target_text = f"{case.person} {case.trainee.file_number}"
    elif case.unit is not None:
        row.action, row.target_text = "create", BETWEEN.join(setting.units.path(case.unit))


def _examine_again(rows: list[ImportRow], actor: "User") -> list[Case]:
    """Under the locks of the persons: refuse what changed since the rows were checked."""
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
            raise ValidationError(text % {"row": row.number, "name": row.get("name")}, code="changed")
    return cases


def _meaning(row: ImportRow) -> tuple[Any, ...]:
    return row.action, row.target, row.target_text, row.changes, row.values.get(PERSON)


class _Writing:
    """Everything that the rows do, in the order in which locks and constraints want it."""

    def __init__(self, cases: list[Case], actor: "User", progress: Progress) -> None:
        self.cases, self.actor, self.progress = cases, actor, progress
        self.requests: dict[int, AccountRequest] = {}
        self.persons: dict[UUID, Rewritten[Person]] = {}
        self.written: list[Applied] = []

    def applied(self) -> list[Applied]:
        """Write, and say what became of each row."""
        with snapshot.held():
            self._ask_accounts()
            self._change_persons()
            self._open_files([case for case in self.cases if case.is_new])
            self._change_files([case for case in self.cases if not case.is_new])
            mark_left(entry for each in self.written for entry in each.undo["written"])
        return self.written

    def _ask_accounts(self) -> None:
        asking = [case for case in self.cases if case.asks_account]
        if asking:
            wanted = [_wanted(case) for case in asking]
            requests = request_accounts(
                wanted=wanted, reason=_("Asked for with the import of trainees"), actor=self.actor
            )
            self.requests = {case.row.number: request for case, request in zip(asking, requests, strict=True)}

    def _change_persons(self) -> None:
        changes = {}
        for case in self.cases:
            if case.person is None:
                continue
            values = dict(case.person_values)
            if (request := self.requests.get(case.row.number)) is not None:
                values["account_request_id"] = request.pk
            if values:
                changes[case.person.pk] = values
        self.persons = {each.obj.pk: each for each in update_persons_many(changes, actor=self.actor)}

    def _open_files(self, cases: list[Case]) -> None:
        for start in range(0, len(cases), CHUNK):
            part = cases[start : start + CHUNK]
            files = open_files_many([case.file(self._owner(case)) for case in part], actor=self.actor)
            for case, opened in zip(part, files, strict=True):
                self._note(case, opened.trainee, [note_added(each) for each in opened.added], created=True)
            self.progress(len(self.written), len(self.cases))

    def _owner(self, case: Case) -> Person | NewPerson:
        if case.person is None:
            return NewPerson(**case.person_values, account_request=self.requests.get(case.row.number))
        return self.persons[case.person.pk].obj if case.person.pk in self.persons else case.person

    def _change_files(self, cases: list[Case]) -> None:
        for start in range(0, len(cases), CHUNK):
            part = {case.trainee.pk: case for case in cases[start : start + CHUNK] if case.trainee is not None}
            done = update_trainees_many({key: case.change() for key, case in part.items()}, actor=self.actor)
            for key, case in part.items():
                if case.trainee is not None:
                    self._note(case, case.trainee, _entries(done, key), created=False)
            self.progress(len(self.written), len(self.cases))

    def _note(self, case: Case, file: Trainee, entries: list[dict[str, Any]], *, created: bool) -> None:
        told = [file.file_number]
        if case.person is not None and case.person.pk in self.persons:
            entries = [note_changed(self.persons[case.person.pk]), *entries]
        undo: dict[str, Any] = {"written": entries}
        if (request := self.requests.get(case.row.number)) is not None:
            undo["request"] = str(request.pk)
            told.append(_("account requested: %(name)s") % {"name": request.username})
        self.written.append(
            Applied(
                row_number=case.row.number,
                label=case.merged.name,
                object_id=file.pk,
                created=created,
                outcome=", ".join(told),
                undo=undo,
            )
        )


def _entries(done: Done, key: UUID) -> list[dict[str, Any]]:
    added = [note_added(each) for each in done.added[key]]
    return [*added, *(note_changed(each) for each in done.rewritten[key] if each.before)]


def _wanted(case: Case) -> WantedAccount:
    post = case.row.get("post") or (case.trainee.post if case.trainee is not None else "")
    unit = case.unit
    if unit is None:
        raise ValueError("a row without errors has a unit")
    return WantedAccount(
        display_name=case.merged.name,
        username_base=username_base(case.merged.name),
        unit=unit,
        post=post[:LONGEST_POST],
        kind=AccountKind.TRAINEE,
    )


SHEET = ImportSheet(
    key="trainees",
    label=gettext_lazy("Trainees"),
    order=30,
    columns=columns,
    may_import=permissions.can_create,
    check=check,
    apply=apply,
    undo=undo,
    help=gettext_lazy("The office's roster: opens growth files, and changes those of people who are entered already."),
    examples=examples,
    list_url_name="people:trainee_list",
)
