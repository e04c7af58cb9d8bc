"""外出培训 courses given by others: submitted with proof, changed, verified, returned, taken back, withdrawn."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import (
    clean,
    lock_open_file,
    refusal,
    refuse_before,
    refuse_future,
    refuse_standing,
)
from cadre_app.training.models import HoursSource, OutsideCourse, OutsideState
from cadre_app.training.models.choices import MOST_A_DAY
from cadre_app.training.services import ledger

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.files.uploads import CheckedUpload

PROOF = "training.outside_proof"
VERIFIED = "training.outsidecourse.verified"
WRITTEN = (
    "title", "organiser", "started_on", "ended_on", "hours", "mode", "course_format", "certificate_number",
    "is_induction",
)  # fmt: skip


@transaction.atomic
def submit_course(
    trainee: Trainee,
    *,
    title: str,
    organiser: str,
    started_on: date,
    ended_on: date,
    hours: Decimal,
    mode: str,
    course_format: str = "",
    certificate_number: str = "",
    is_induction: bool = False,
    proofs: "Sequence[CheckedUpload]" = (),
    actor: "User | None",
) -> OutsideCourse:
    """Keep a course that waits to be verified. Raises ValidationError by field, also for a course entered already."""
    trainee = lock_open_file(trainee.pk)
    course = OutsideCourse(trainee=trainee, submitted_on=timezone.localdate())
    with history.change(course, actor=actor, verb="training.outsidecourse.submitted"):
        _write(
            course, title, organiser, started_on, ended_on, hours, mode, course_format, certificate_number, is_induction
        )
        course.save()
    return _with_proofs(course, proofs, actor)


@transaction.atomic
def enter_course(
    trainee: Trainee,
    *,
    title: str,
    organiser: str,
    started_on: date,
    ended_on: date,
    hours: Decimal,
    mode: str,
    course_format: str = "",
    certificate_number: str = "",
    is_induction: bool = False,
    proofs: "Sequence[CheckedUpload]" = (),
    actor: "User",
) -> OutsideCourse:
    """As `submit_course`, by staff for somebody: they have seen the proof, so that it is verified at once."""
    course = submit_course(
        trainee, title=title, organiser=organiser, started_on=started_on, ended_on=ended_on, hours=hours, mode=mode,
        course_format=course_format, certificate_number=certificate_number, is_induction=is_induction, proofs=proofs, actor=actor,
    )  # fmt: skip
    return verify_course(course, actor=actor)


@transaction.atomic
def change_course(
    course: OutsideCourse,
    *,
    title: str,
    organiser: str,
    started_on: date,
    ended_on: date,
    hours: Decimal,
    mode: str,
    course_format: str = "",
    certificate_number: str = "",
    is_induction: bool = False,
    proofs: "Sequence[CheckedUpload]" = (),
    version: int | None = None,
    actor: "User",
) -> OutsideCourse:
    """Correct or complete a course that is not verified; what was returned waits again. Raises Stale, ValidationError."""
    course = _locked(course, version)
    _refuse_verified(course)
    with history.change(course, actor=actor, verb="training.outsidecourse.changed"):
        if course.state == OutsideState.RETURNED:
            course.state, course.return_reason = OutsideState.SUBMITTED, ""
            course.submitted_on = timezone.localdate()
        _write(
            course, title, organiser, started_on, ended_on, hours, mode, course_format, certificate_number, is_induction
        )
        course.save()
    return _with_proofs(course, proofs, actor)


@transaction.atomic
def verify_course(
    course: OutsideCourse,
    *,
    hours: Decimal | None = None,
    is_induction: bool | None = None,
    version: int | None = None,
    actor: "User",
) -> OutsideCourse:
    """Its `hours` count from now on, on the last day of the course, and it is induction training if it `is_induction`;
    both by default as submitted. Raises Stale, ValidationError.
    """
    course = _locked(course, version)
    _refuse_unless_submitted(course)
    with history.change(course, actor=actor, verb=VERIFIED):
        if hours is not None:
            course.hours = hours
        if is_induction is not None:
            course.is_induction = is_induction
        _set_verified(course, actor)
        clean(course)
        _refuse_impossible(course)
        course.save()
    new = earned(course)
    ledger.enter_hours(
        source=new.source, record=course, trainee=new.trainee, earned_on=new.earned_on, hours=new.hours, mode=new.mode,
        actor=actor,
    )  # fmt: skip
    return course


@transaction.atomic
def return_course(
    course: OutsideCourse, *, return_reason: str, version: int | None = None, actor: "User"
) -> OutsideCourse:
    """退回补充 Ask the person to complete it. Raises Stale, ValidationError."""
    course = _locked(course, version)
    _refuse_unless_submitted(course)
    with history.change(course, actor=actor, verb="training.outsidecourse.returned"):
        course.state, course.return_reason = OutsideState.RETURNED, return_reason
        clean(course)
        course.save()
    return course


@transaction.atomic
def take_back_verification(
    course: OutsideCourse, *, reason: str, version: int | None = None, actor: "User"
) -> OutsideCourse:
    """Its hours no longer count, and it waits again. Raises Stale, ValidationError."""
    course = _locked(course, version)
    if course.state != OutsideState.VERIFIED:
        raise ValidationError(_("This course is not verified."), code="not_verified")
    with history.change(course, actor=actor, verb="training.outsidecourse.taken_back", reason=reason):
        course.state, course.verified_on, course.verified_by = OutsideState.SUBMITTED, None, None
        clean(course)
        course.save()
    ledger.void_hours(course, reason=reason, actor=actor)
    return course


@transaction.atomic
def withdraw_course(
    course: OutsideCourse, *, reason: str = "", version: int | None = None, actor: "User"
) -> OutsideCourse:
    """撤回 Take a course that is not verified out of everything. Raises Stale, ValidationError."""
    course = _locked(course, version)
    _refuse_verified(course)
    history.void(course, actor=actor, reason=reason)
    return OutsideCourse.objects.get(pk=course.pk)


@transaction.atomic
def restore_course(
    course: OutsideCourse, *, reason: str = "", version: int | None = None, actor: "User"
) -> OutsideCourse:
    """Undo `withdraw_course`. Raises Stale; ValidationError where the same course was entered again meanwhile."""
    trainee = lock_open_file(course.trainee_id)
    course = OutsideCourse.objects.lock(course.pk, version)
    refuse_standing(course)
    course.trainee = trainee
    _refuse_twice(course)
    history.restore(course, actor=actor, reason=reason)
    return OutsideCourse.objects.get(pk=course.pk)


@transaction.atomic
def remove_proof(
    course: OutsideCourse, *, proof: StoredFile, version: int | None = None, actor: "User"
) -> OutsideCourse:
    """Take one file off a course that is not verified; one stays. Raises ValidationError."""
    course = _locked(course)
    _refuse_verified(course)
    if StoredFile.objects.of(PROOF, [course.pk]).count() <= 1:
        message = _("This is the only proof. Add the right one first, then remove this one.")
        raise ValidationError(message, code="last_proof")
    files.remove_file(proof, version=version, actor=actor)
    return course


def _write(course: OutsideCourse, *values: Any) -> None:
    """Put in the values in the order of the form, checked."""
    for name, value in zip(WRITTEN, values, strict=True):
        setattr(course, name, value)
    if course.ended_on < course.started_on:
        raise refusal("ended_on", _("The last day lies before the first one."), code="before_start")
    refuse_future("ended_on", course.ended_on)
    arrived_on = course.trainee.arrived_on
    message = _("Reported for duty on %(day)s: only courses from that day on count.")
    message %= {"day": formats.date_format(arrived_on)}
    refuse_before("started_on", course.started_on, arrived_on, message)
    _refuse_twice(course)
    clean(course)
    _refuse_impossible(course)


def _refuse_impossible(course: OutsideCourse) -> None:
    if message := too_many_hours(course.started_on, course.ended_on, course.hours):
        raise refusal("hours", message, code="too_many")


def too_many_hours(started_on: date, ended_on: date, hours: Decimal) -> str:
    """More hours than the days of a course can hold, in words; empty where they hold them."""
    most = ((ended_on - started_on).days + 1) * MOST_A_DAY
    if hours <= most:
        return ""
    message = _("At most %(a_day)s training hours a day: these days hold %(most)s. Check the days and the hours.")
    return message % {"a_day": MOST_A_DAY, "most": most}


def _refuse_twice(course: OutsideCourse) -> None:
    """The same title on the same days is the same course, however it is spaced and written."""
    others = OutsideCourse.objects.standing().exclude(pk=course.pk)
    others = others.filter(trainee=course.trainee, started_on=course.started_on, ended_on=course.ended_on)
    if folded(course.title) in {folded(other.title) for other in others}:
        message = _("This course is entered already, with the same title and the same days.")
        raise refusal("title", message, code="twice")


def folded(title: str) -> str:
    """A title without spacing, marks and case, as one course is written by several people."""
    text = "".join(unicodedata.normalize("NFKC", title).split()).casefold()
    return "".join(character for character in text if unicodedata.category(character)[0] not in "PZ")


def _with_proofs(course: OutsideCourse, proofs: "Sequence[CheckedUpload]", actor: "User | None") -> OutsideCourse:
    if proofs and actor is not None:
        files.store_files(kind=PROOF, owner=course, uploads=proofs, actor=actor)
    return course


def _locked(course: OutsideCourse, version: int | None = None) -> OutsideCourse:
    """The open file and the standing course, locked in this order. Raises Stale, ValidationError."""
    trainee = lock_open_file(course.trainee_id)
    course = OutsideCourse.objects.lock(course.pk, version)
    if course.is_voided:
        raise ValidationError(_("This course was withdrawn."), code="voided")
    course.trainee = trainee
    return course


def _refuse_verified(course: OutsideCourse) -> None:
    if course.state == OutsideState.VERIFIED:
        message = _("This course is verified. Its verification has to be taken back first.")
        raise ValidationError(message, code="verified")


def _refuse_unless_submitted(course: OutsideCourse) -> None:
    if course.state != OutsideState.SUBMITTED:
        raise ValidationError(_("This course does not wait to be verified."), code="not_submitted")


def _set_verified(course: OutsideCourse, actor: "User") -> None:
    course.state, course.verified_on, course.verified_by = OutsideState.VERIFIED, timezone.localdate(), actor


def earned(course: OutsideCourse) -> ledger.NewHours:
    """What a verified course gives."""
    return ledger.NewHours(
        source=HoursSource.OUTSIDE,
        record=course,
        trainee=course.trainee,
        earned_on=course.ended_on,
        hours=course.hours,
        mode=course.mode,
    )
