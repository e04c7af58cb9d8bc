"""Many files at once, for imports: written set-based, with the history that single ones would have.

Callers have checked what people type; the constraints of the models still hold for every row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from cadre_app.accounts.models import AccountRequest
from cadre_app.core import crypto
from cadre_app.core.models import BaseModel
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Education, Interruption, Person, PostRecord, Trainee, VillageTerm
from cadre_app.people.policies import TERM_MONTHS
from cadre_app.people.services.current import take_current_post
from cadre_app.people.services.naming import give_name
from cadre_app.people.services.numbers import next_file_numbers
from cadre_app.people.services.probation import usual_end
from cadre_app.people.services.terms import counted_end, due_day, fitting_role
from cadre_app.policy import snapshot

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Identity of somebody not entered yet; codes and dates as the fields of Person hold them."""

    name: str
    sex: str = ""
    birth_month: date | None = None
    ethnic_group: str = ""
    native_place: str = ""
    birth_place: str = ""
    health: str = ""
    id_number: str = ""
    phone: str = ""
    email: str = ""
    political_status: str = ""
    party_stage: str = ""
    party_joined_on: date | None = None
    party_full_on: date | None = None
    work_month: date | None = None
    specialty: str = ""
    technical_post: str = ""
    resume: str = ""
    account_request: AccountRequest | None = None


@dataclass(frozen=True, kw_only=True)
class NewEducation:
    mode: str
    level: str
    degree: str = ""
    school: str = ""
    major: str = ""
    started_on: date | None = None
    graduated_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewPost:
    started_on: date
    post: str = ""
    post_level: str = ""
    rank: str = ""
    post_grade: str = ""
    document_number: str = ""


@dataclass(frozen=True, kw_only=True)
class NewTerm:
    """A village term; `interruptions` are (first day, last day or None, reason)."""

    village: Unit
    started_on: date
    ended_on: date | None = None
    months: int | None = None
    role: str = ""
    document_number: str = ""
    interruptions: tuple[tuple[date, date | None, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewTrainee:
    """A whole growth file to be opened, for somebody new or for a person who has none."""

    person: NewPerson | Person
    kind: str
    sub_kind: str = ""
    status: str
    scheme: str = ""
    arrived_on: date
    home_unit: Unit
    linked_village: Unit | None = None
    probation_ends_on: date | None = None
    remark: str = ""
    educations: tuple[NewEducation, ...] = ()
    posts: tuple[NewPost, ...] = ()
    term: NewTerm | None = None


@dataclass
class _Rows:
    educations: list[Education] = field(default_factory=list)
    posts: list[PostRecord] = field(default_factory=list)
    terms: list[VillageTerm] = field(default_factory=list)
    interruptions: list[Interruption] = field(default_factory=list)


@transaction.atomic
def create_persons_many(wanted: Sequence[NewPerson], *, actor: "User | None", reason: str = "") -> list[Person]:
    """Enter many persons, in the order given. Raises ValidationError for a value no column can hold."""
    persons = [_person(new) for new in wanted]
    write_many(persons, actor=actor, verb="people.person.created", reason=reason)
    return persons


@transaction.atomic
def create_trainees_many(wanted: Sequence[NewTrainee], *, actor: "User | None", reason: str = "") -> list[Trainee]:
    """Open many files, in the order given, with posts, education and village term.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    return [opened.trainee for opened in open_files_many(wanted, actor=actor, reason=reason)]


@dataclass(frozen=True)
class Opened:
    """A file that was opened, with every record that was added for it, the person too if they are new."""

    trainee: Trainee
    added: list[BaseModel]


@transaction.atomic
def open_files_many(wanted: Sequence[NewTrainee], *, actor: "User | None", reason: str = "") -> list[Opened]:
    """As `create_trainees_many`, telling what was added."""
    with snapshot.held():
        persons = _persons(wanted, actor=actor, reason=reason)
        numbers = _numbers(wanted)
        rows = _Rows()
        trainees = [
            _trainee(new, person, number, rows) for new, person, number in zip(wanted, persons, numbers, strict=True)
        ]
    write_many(trainees, actor=actor, verb="people.trainee.created", reason=reason)
    write_many(rows.educations, actor=actor, verb="people.education.added", reason=reason)
    write_many(rows.posts, actor=actor, verb="people.postrecord.added", reason=reason)
    write_many(rows.terms, actor=actor, verb="people.villageterm.started", reason=reason)
    write_many(rows.interruptions, actor=actor, verb="people.interruption.added", reason=reason)
    return _opened(wanted, trainees, rows)


def _opened(wanted: Sequence[NewTrainee], trainees: Sequence[Trainee], rows: _Rows) -> list[Opened]:
    added: dict[UUID, list[BaseModel]] = {trainee.pk: [trainee] for trainee in trainees}
    owners = {trainee.person_id: trainee.pk for trainee in trainees}
    for new, trainee in zip(wanted, trainees, strict=True):
        if isinstance(new.person, NewPerson):
            added[trainee.pk].append(trainee.person)
    for post in rows.posts:
        added[post.trainee_id].append(post)
    for term in rows.terms:
        added[term.trainee_id].append(term)
    for education in rows.educations:
        added[owners[education.person_id]].append(education)
    for interruption in rows.interruptions:
        added[interruption.term.trainee_id].append(interruption)
    return [Opened(trainee, added[trainee.pk]) for trainee in trainees]


def _persons(wanted: Sequence[NewTrainee], *, actor: "User | None", reason: str) -> list[Person]:
    new = [each.person for each in wanted if isinstance(each.person, NewPerson)]
    made = iter(create_persons_many(new, actor=actor, reason=reason))
    return [each.person if isinstance(each.person, Person) else next(made) for each in wanted]


def _person(new: NewPerson) -> Person:
    person = Person(**vars(new))
    give_name(person, new.name)
    person.id_digest = crypto.digest(new.id_number) if new.id_number else ""
    return person


def _numbers(wanted: Sequence[NewTrainee]) -> list[str]:
    """One number for each, counted on within its year of arrival in the order given."""
    years = sorted({new.arrived_on.year for new in wanted})
    counted = {year: sum(new.arrived_on.year == year for new in wanted) for year in years}
    reserved = {year: iter(next_file_numbers(year, counted[year])) for year in years}
    return [next(reserved[new.arrived_on.year]) for new in wanted]


def _trainee(new: NewTrainee, person: Person, number: str, rows: _Rows) -> Trainee:
    trainee = Trainee(
        person=person,
        file_number=number,
        stroke_key=person.name_stroke_key,
        kind=new.kind,
        sub_kind=new.sub_kind,
        status=new.status,
        scheme=new.scheme,
        arrived_on=new.arrived_on,
        home_unit=new.home_unit,
        linked_village=new.linked_village,
        probation_ends_on=new.probation_ends_on or usual_end(new.arrived_on),
        remark=new.remark,
    )
    posts = [PostRecord(trainee=trainee, **vars(post)) for post in new.posts]
    take_current_post(trainee, posts)
    rows.posts += posts
    rows.educations += [Education(person=person, **vars(education)) for education in new.educations]
    if new.term is not None:
        term, interruptions = build_term(new.term, trainee, person=person)
        trainee.term_ends_on = counted_end([term])
        rows.terms.append(term)
        rows.interruptions += interruptions
    return trainee


def build_term(new: NewTerm, trainee: Trainee, *, person: Person) -> tuple[VillageTerm, list[Interruption]]:
    """An unsaved village term with its interruptions; `person` is whose file it is."""
    term = VillageTerm(
        trainee=trainee,
        village=new.village,
        role=new.role or fitting_role(person),
        started_on=new.started_on,
        months=new.months or TERM_MONTHS.on(new.started_on),
        ended_on=new.ended_on,
        document_number=new.document_number,
    )
    days = 0
    interruptions = []
    for first, last, reason in new.interruptions:
        interruptions.append(Interruption(term=term, started_on=first, ended_on=last, reason=reason))
        days += (last - first).days + 1 if last is not None else 0
    is_open = any(last is None for _first, last, _reason in new.interruptions)
    term.due_on = None if is_open else due_day(term, days)
    return term, interruptions


def write_many(objs: Sequence[BaseModel], *, actor: "User | None", verb: str, reason: str) -> None:
    """Save new objects of one kind with their history; raises ValidationError for a value no column can hold."""
    for obj in objs:
        obj.clean_fields(exclude={field.name for field in obj._meta.fields if field.is_relation})
    if objs:
        type(objs[0])._base_manager.bulk_create(objs, batch_size=BATCH)
        history.record_created_many(objs, actor=actor, verb=verb, reason=reason)
