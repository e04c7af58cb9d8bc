"""Growth files: opening, changing, voiding them, and the records of post and rank."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Person, PostRecord, Status, Trainee
from cadre_app.people.policies import PROBATION_MONTHS
from cadre_app.people.services.checks import clean, lock_file, lock_open_file, refusal, refuse_before, refuse_future
from cadre_app.people.services.current import take_current_post
from cadre_app.people.services.numbers import next_file_numbers
from cadre_app.people.services.terms import VILLAGE_KINDS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def create_trainee(
    person: Person,
    *,
    kind: str,
    sub_kind: str = "",
    status: str,
    scheme: str = "",
    arrived_on: date,
    home_unit: Unit,
    linked_village: Unit | None = None,
    probation_ends_on: date | None = None,
    remark: str = "",
    post: str = "",
    rank: str = "",
    post_grade: str = "",
    actor: "User | None",
) -> Trainee:
    """Open the growth file of a person, with the next number of the year of arrival.

    Probation ends by default after the months of policy people.probation_months. `post`, `rank` and `post_grade` are
    those held from arrival on. Raises ValidationError by field.
    """
    person = Person.objects.lock(person.pk)
    if Trainee.objects.filter(person=person).exists():
        raise ValidationError(_("This person already has a growth file."), code="has_file")
    _check_unit("home_unit", home_unit, actor)
    refuse_future("arrived_on", arrived_on)
    trainee = Trainee(person=person, kind=kind, sub_kind=sub_kind, status=status, scheme=scheme, remark=remark)
    trainee.arrived_on, trainee.home_unit, trainee.stroke_key = arrived_on, home_unit, person.name_stroke_key
    trainee.linked_village = _village(linked_village)
    trainee.probation_ends_on = probation_ends_on or add_months(arrived_on, PROBATION_MONTHS.on(arrived_on))
    [trainee.file_number] = next_file_numbers(arrived_on.year, 1)
    with history.change(trainee, actor=actor, verb="people.trainee.created"):
        clean(trainee)
        trainee.save()
    if post or rank or post_grade:
        add_post_record(trainee, started_on=arrived_on, post=post, rank=rank, post_grade=post_grade, actor=actor)
    return Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk)


@transaction.atomic
def change_trainee(
    trainee: Trainee,
    *,
    kind: str,
    sub_kind: str,
    status: str,
    scheme: str,
    arrived_on: date,
    probation_ends_on: date | None,
    linked_village: Unit | None,
    remark: str,
    reason: str = "",
    version: int | None = None,
    actor: "User",
) -> Trainee:
    """Change the facts of the programme; the file number stays. Another end of probation needs a `reason`.

    Raises Stale, ValidationError by field.
    """
    trainee = lock_open_file(trainee.pk, version)
    refuse_future("arrived_on", arrived_on)
    planned = add_months(arrived_on, PROBATION_MONTHS.on(arrived_on))
    unusual = probation_ends_on not in (planned, trainee.probation_ends_on)
    if unusual and not reason:
        message = _("Say why probation ends on another day than after the usual months.")
        raise refusal("reason", message, code="required")
    first_term = trainee.village_terms.standing().order_by("started_on").first()
    if first_term is not None and first_term.started_on < arrived_on:
        raise refusal("arrived_on", _("The village term began before this day."), code="after_term")
    with history.change(trainee, actor=actor, verb="people.trainee.changed", reason=reason):
        trainee.kind, trainee.sub_kind, trainee.status, trainee.scheme = kind, sub_kind, status, scheme
        trainee.arrived_on, trainee.probation_ends_on = arrived_on, probation_ends_on or planned
        trainee.linked_village, trainee.remark = _village(linked_village), remark
        _check_ranks(status, trainee.rank, trainee.post_grade)
        clean(trainee)
        trainee.save()
    return trainee


@transaction.atomic
def void_trainee(trainee: Trainee, *, reason: str, version: int | None = None, actor: "User") -> Trainee:
    """Void a file opened by mistake; its number is not used again."""
    lock_file(trainee.pk)
    history.void(trainee, actor=actor, reason=reason, version=version)
    return Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk)


@transaction.atomic
def restore_trainee(trainee: Trainee, *, reason: str = "", version: int | None = None, actor: "User") -> Trainee:
    """Undo `void_trainee`."""
    lock_file(trainee.pk)
    history.restore(trainee, actor=actor, reason=reason, version=version)
    return Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk)


@transaction.atomic
def add_post_record(
    trainee: Trainee,
    *,
    started_on: date,
    post: str = "",
    post_level: str = "",
    rank: str = "",
    post_grade: str = "",
    document_number: str = "",
    actor: "User | None",
) -> PostRecord:
    """Record post and rank from a day on (not before arrival, not in the future). Raises ValidationError by field."""
    trainee = lock_open_file(trainee.pk)
    record = PostRecord(trainee=trainee)
    with history.change(record, actor=actor, verb="people.postrecord.added"):
        _fill(record, started_on, post, post_level, rank, post_grade, document_number)
    _keep_current(trainee, actor)
    return record


@transaction.atomic
def change_post_record(
    record: PostRecord,
    *,
    started_on: date,
    post: str = "",
    post_level: str = "",
    rank: str = "",
    post_grade: str = "",
    document_number: str = "",
    version: int | None = None,
    actor: "User",
) -> PostRecord:
    """Correct a record of post and rank. Raises Stale, ValidationError by field."""
    trainee = lock_open_file(record.trainee_id)
    record = PostRecord.objects.lock(record.pk, version)
    if record.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    record.trainee = trainee
    with history.change(record, actor=actor, verb="people.postrecord.changed"):
        _fill(record, started_on, post, post_level, rank, post_grade, document_number)
    _keep_current(trainee, actor)
    return record


@transaction.atomic
def void_post_record(record: PostRecord, *, reason: str, version: int | None = None, actor: "User") -> PostRecord:
    """Void a record entered by mistake; the one before holds again."""
    trainee = lock_open_file(record.trainee_id)
    history.void(record, actor=actor, reason=reason, version=version)
    _keep_current(trainee, actor)
    return PostRecord.objects.get(pk=record.pk)


def _fill(
    record: PostRecord, started_on: date, post: str, post_level: str, rank: str, post_grade: str, document_number: str
) -> None:
    trainee = record.trainee
    refuse_future("started_on", started_on)
    message = _("No post is held here before reporting for duty.")
    refuse_before("started_on", started_on, trainee.arrived_on, message)
    _check_ranks(trainee.status, rank, post_grade)
    if not (post or rank or post_grade):
        raise refusal("post", _("Enter a post, a rank or a post grade."), code="required")
    record.started_on, record.post, record.post_level = started_on, post, post_level
    record.rank, record.post_grade, record.document_number = rank, post_grade, document_number
    clean(record)
    record.save()


def _keep_current(trainee: Trainee, actor: "User | None") -> None:
    with history.change(trainee, actor=actor, verb="people.trainee.post_changed"):
        take_current_post(trainee, trainee.post_records.standing())
        trainee.save()


def _check_ranks(status: str, rank: str, post_grade: str) -> None:
    """Civil servants have ranks, staff of public institutions post grades (demo-texts A5)."""
    if status == Status.CIVIL_SERVANT and post_grade:
        raise refusal("post_grade", _("A civil servant has a rank, no post grade."), code="post_grade")
    if status == Status.INSTITUTION and rank:
        raise refusal("rank", _("Staff of a public institution have a post grade, no rank."), code="rank")


def _check_unit(field: str, unit: Unit, actor: "User | None") -> None:
    if unit.is_voided or unit.closed_on is not None:
        raise refusal(field, _("This unit no longer works. Choose another one."), code="closed_unit")
    if actor is not None and not actor.holds(unit, Role.STAFF):
        raise refusal(field, _("This unit is outside your own scope."), code="scope")


def _village(unit: Unit | None) -> Unit | None:
    if unit is not None and (unit.kind not in VILLAGE_KINDS or unit.is_voided):
        raise refusal("linked_village", _("Choose a village or community."), code="not_a_village")
    return unit
