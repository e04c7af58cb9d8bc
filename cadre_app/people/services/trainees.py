"""Growth files: opening, programme facts, voiding and restoring."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Required, TypedDict, Unpack

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.probation import EndKept, ends_kept
from cadre_app.core.roles import Role
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Person, Status, Trainee
from cadre_app.people.services.checks import clean, lock_file, lock_open_file, refusal, refuse_before, refuse_future
from cadre_app.people.services.family import add_education
from cadre_app.people.services.identity import Particulars
from cadre_app.people.services.numbers import next_file_numbers
from cadre_app.people.services.persons import create_somebody
from cadre_app.people.services.posts import add_post_record, check_status_fits
from cadre_app.people.services.probation import is_shortened, moved_end, usual_end, why_end_stays
from cadre_app.people.services.terms import VILLAGE_KINDS

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

EARLIEST_ARRIVAL = date(1950, 1, 1)


class NewEducation(TypedDict, total=False):
    """What services.family.add_education takes."""

    mode: Required[str]
    level: Required[str]
    degree: str
    school: str
    major: str
    started_on: date | None
    graduated_on: date | None


class Facts(TypedDict, total=False):
    """What create_trainee takes besides the person."""

    kind: Required[str]
    sub_kind: str
    status: Required[str]
    scheme: str
    arrived_on: Required[date]
    home_unit: Required[Unit]
    linked_village: Unit | None
    probation_ends_on: date | None
    remark: str
    post: str
    post_level: str
    rank: str
    rank_since: date | None
    post_grade: str


@transaction.atomic
def open_file(
    *,
    person: Person | None = None,
    name: str = "",
    is_namesake: bool = False,
    particulars: Particulars | None = None,
    educations: Sequence[NewEducation] = (),
    actor: "User | None",
    **facts: Unpack[Facts],
) -> Trainee:
    """Open a growth file with `facts`, for `person` or for somebody new of this name and these particulars.

    Raises ValidationError by field, as create_somebody (also for a namesake in sight unless `is_namesake`), add_education and create_trainee do.
    """
    owner = person or create_somebody(name=name, is_namesake=is_namesake, actor=actor, **(particulars or {}))
    trainee = create_trainee(owner, actor=actor, **facts)
    for education in educations:
        add_education(owner, **education, actor=actor)
    return trainee


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
    post_level: str = "",
    rank: str = "",
    rank_since: date | None = None,
    post_grade: str = "",
    actor: "User | None",
) -> Trainee:
    """Open the growth file of a person who has none, with the next number of the year of arrival.

    The first record of post and rank begins on `rank_since`, else on the arrival; probation ends the length in force
    (policy people.probation_months) after the arrival unless told otherwise. Raises ValidationError by field.
    """
    owner = _take_person(person)
    trainee = Trainee(person=owner, kind=kind, sub_kind=sub_kind, status=status, scheme=scheme, remark=remark)
    trainee.arrived_on, trainee.home_unit, trainee.linked_village = arrived_on, home_unit, linked_village
    trainee.stroke_key = owner.name_stroke_key
    _check_unit(home_unit, actor)
    _check_facts(trainee, None)
    check_status_fits(status, rank=rank, post_grade=post_grade)
    if rank_since is not None:
        refuse_future("rank_since", rank_since)
    trainee.probation_ends_on = probation_ends_on or usual_end(arrived_on)
    [trainee.file_number] = next_file_numbers(arrived_on.year, 1)
    with history.change(trainee, actor=actor, verb="people.trainee.created"):
        clean(trainee)
        trainee.save()
    if post or post_level or rank or post_grade:
        add_post_record(
            trainee,
            started_on=rank_since or arrived_on,
            post=post,
            post_level=post_level,
            rank=rank,
            post_grade=post_grade,
            actor=actor,
        )
    return Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk)


@transaction.atomic
def change_trainee(
    trainee: Trainee,
    *,
    kind: str,
    sub_kind: str = "",
    status: str,
    scheme: str = "",
    arrived_on: date,
    linked_village: Unit | None = None,
    probation_ends_on: date | None = None,
    remark: str = "",
    reason: str = "",
    version: int | None = None,
    actor: "User",
) -> Trainee:
    """Change the facts that rules hang on; the file keeps its number.

    The usual end of probation moves along with the arrival, unless a room keeps it (core.probation.kept_ends); one that is
    later than before, or earlier than usual, needs a `reason`. Raises Stale for an old `version`; ValidationError by field.
    """
    trainee = lock_open_file(trainee.pk, version)
    before = Trainee.objects.get(pk=trainee.pk)
    with history.change(trainee, actor=actor, verb="people.trainee.changed", reason=reason):
        trainee.kind, trainee.sub_kind, trainee.status, trainee.scheme = kind, sub_kind, status, scheme
        trainee.arrived_on, trainee.linked_village, trainee.remark = arrived_on, linked_village, remark
        trainee.probation_ends_on = probation_ends_on
        _check_facts(trainee, before)
        kept = ends_kept([before]).get(before.pk, [])
        if probation_ends_on == before.probation_ends_on and not any(one.why for one in kept):
            trainee.probation_ends_on = moved_end(
                probation_ends_on, arrived_before=before.arrived_on, arrived_on=arrived_on
            )
        _check_status_change(trainee)
        _check_kept_end(trainee, before, kept)
        _check_probation(trainee, before, reason)
        _check_arrival_change(trainee, before)
        clean(trainee)
        trainee.save()
    return trainee


@transaction.atomic
def void_trainee(trainee: Trainee, *, reason: str, version: int | None = None, actor: "User") -> Trainee:
    """Void a file opened by mistake; its number is not given again. Raises Stale; ValidationError for a closed file."""
    trainee = lock_open_file(trainee.pk, version)
    history.void(trainee, actor=actor, reason=reason, version=version)
    return Trainee.objects.get(pk=trainee.pk)


@transaction.atomic
def restore_trainee(trainee: Trainee, *, reason: str = "", version: int | None = None, actor: "User") -> Trainee:
    """Undo `void_trainee`. Raises Stale."""
    trainee = lock_file(trainee.pk, version)
    history.restore(trainee, actor=actor, reason=reason, version=version)
    return Trainee.objects.get(pk=trainee.pk)


def _take_person(person: Person) -> Person:
    person = Person.objects.lock(person.pk)
    if person.is_voided:
        raise refusal("person", _("This person is voided. Choose somebody else."), code="voided_person")
    file = Trainee.objects.filter(person=person).first()
    if file is not None and file.is_voided:
        message = _("%(name)s has a voided growth file, %(number)s. Restore that one.")
        raise refusal("person", message % {"name": person.name, "number": file.file_number}, code="voided_file")
    if file is not None:
        message = _("%(name)s already has a growth file, %(number)s.")
        raise refusal("person", message % {"name": person.name, "number": file.file_number}, code="has_file")
    return person


def _check_unit(unit: Unit, actor: "User | None") -> None:
    if actor is not None and not actor.holds(unit, Role.STAFF):
        raise refusal("home_unit", _("This unit is outside your own scope."), code="out_of_scope")
    if unit.is_voided or (unit.closed_on is not None and unit.closed_on <= timezone.localdate()):
        raise refusal("home_unit", _("This unit is closed or voided."), code="target")


def _check_facts(trainee: Trainee, before: Trainee | None) -> None:
    message = _("No arrival before %(day)s can be entered here.") % {"day": formats.date_format(EARLIEST_ARRIVAL)}
    refuse_before("arrived_on", trainee.arrived_on, EARLIEST_ARRIVAL, message)
    if before is None or before.arrived_on != trainee.arrived_on:
        refuse_future("arrived_on", trainee.arrived_on)
    village = trainee.linked_village
    if village is None or (before is not None and before.linked_village_id == village.pk):
        return
    if village.kind not in VILLAGE_KINDS or village.is_voided:
        raise refusal("linked_village", _("Choose a village or community."), code="not_a_village")


def _check_status_change(trainee: Trainee) -> None:
    if trainee.status == Status.INSTITUTION and trainee.rank:
        message = _("A rank is recorded, and staff of public institutions have none. Correct post and rank first.")
        raise refusal("status", message, code="rank")
    if trainee.status == Status.CIVIL_SERVANT and trainee.post_grade:
        message = _("A post grade is recorded, and civil servants have none. Correct post and rank first.")
        raise refusal("status", message, code="post_grade")


def _check_kept_end(trainee: Trainee, before: Trainee, kept: Sequence[EndKept]) -> None:
    until, was = trainee.probation_ends_on, before.probation_ends_on
    code, why = why_end_stays(kept, was, until, arrived_on=trainee.arrived_on)
    if why:
        raise refusal("probation_ends_on", why, code=code)


def _check_probation(trainee: Trainee, before: Trainee, reason: str) -> None:
    until, was, arrived_on = trainee.probation_ends_on, before.probation_ends_on, trainee.arrived_on
    if until is None or reason.strip() or (until, arrived_on) == (was, before.arrived_on):
        return
    if arrived_on <= until and is_shortened(until, arrived_on):
        message = _("Probation usually ends on %(day)s here. Say why it is shorter, or correct its end.")
        known = {"day": formats.date_format(usual_end(arrived_on))}
        raise refusal("reason", message % known, code="shortened")
    if was is not None and until > was and (arrived_on == before.arrived_on or until > usual_end(arrived_on)):
        raise refusal("reason", _("Say why probation is extended."), code="required")


def _check_arrival_change(trainee: Trainee, before: Trainee) -> None:
    """Village terms and transfers come after the arrival."""
    if trainee.arrived_on == before.arrived_on:
        return
    term = trainee.village_terms.standing().order_by("started_on").first()
    transfer = trainee.transfers.standing().order_by("effective_on").first()
    days = [term.started_on] if term is not None else []
    days += [transfer.effective_on] if transfer is not None else []
    if days and min(days) < trainee.arrived_on:
        message = _("A village term or transfer is recorded from %(day)s. Correct it first.")
        raise refusal("arrived_on", message % {"day": formats.date_format(min(days))}, code="after_term")
