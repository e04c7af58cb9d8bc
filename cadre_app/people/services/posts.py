"""Post and rank: records from a day on, and what the file repeats of the latest one."""

from copy import copy
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.core.probation import posts_held, why_no_rank_yet
from cadre_app.history import services as history
from cadre_app.people.models import PostRecord, Status, Trainee
from cadre_app.people.services import archiving
from cadre_app.people.services.checks import (
    clean,
    lock_open_file,
    refusal,
    refuse_before,
    refuse_future,
    refuse_standing,
)
from cadre_app.people.services.current import take_current_post
from cadre_app.people.services.identity import EARLIEST, check_code

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

# What a first grading says of a record; level and document number are corrected at any time.
GRADED = ("started_on", "post", "rank", "post_grade")


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
    published_on: date | None = None,
    is_signed: bool = False,
    version: int | None = None,
    actor: "User | None",
) -> PostRecord:
    """Record post and rank from `started_on` (local date, not in the future) on; codes of `post_level` and `rank`.

    `published_on`: the day of the document where it came later than the post; `is_signed`: a sign-off of another room writes it.
    Civil servants have a rank, institution staff a post grade. Raises Stale for an old `version` of the file;
    ValidationError by field.
    """
    trainee = lock_open_file(trainee.pk, version)
    record = PostRecord(trainee=trainee)
    with history.change(record, actor=actor, verb="people.postrecord.added"):
        _fill(record, started_on, post, post_level, rank, post_grade, document_number)
        if not is_signed:
            _refuse_first_rank(record, actor)
        record.save()
    keep_current_post(trainee, actor=actor)
    archiving.note_post(record, formed_on=published_on, actor=actor)
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
    published_on: date | None = None,
    is_signed: bool = False,
    version: int | None = None,
    actor: "User",
) -> PostRecord:
    """Correct a record; options as in `add_post_record`. Raises Stale for an old `version`; ValidationError by field."""
    record = _lock(record, version)
    before = copy(record)
    with history.change(record, actor=actor, verb="people.postrecord.changed"):
        _fill(record, started_on, post, post_level, rank, post_grade, document_number)
        if not is_signed:
            _refuse_graded(before, record)
        if not is_signed and (record.rank, record.post_grade) != (before.rank, before.post_grade):
            _refuse_first_rank(record, actor)
        record.save()
    keep_current_post(record.trainee, actor=actor)
    archiving.follow_post(record, before, formed_on=published_on, actor=actor)
    return record


@transaction.atomic
def void_post_record(
    record: PostRecord, *, reason: str, is_signed: bool = False, version: int | None = None, actor: "User"
) -> PostRecord:
    """Void a record entered by mistake; `is_signed` as in `add_post_record`.

    Raises Stale; ValidationError if that was done already, and where a first grading stands on it.
    """
    record = _lock(record, version)
    if not is_signed and (why := posts_held([record]).get(record.pk, "")):
        raise ValidationError(why, code="graded")
    history.void(record, actor=actor, reason=reason, version=version)
    keep_current_post(record.trainee, actor=actor)
    archiving.undo_post(record, reason=reason, actor=actor)
    return PostRecord.objects.get(pk=record.pk)


@transaction.atomic
def restore_post_record(
    record: PostRecord, *, reason: str = "", version: int | None = None, actor: "User"
) -> PostRecord:
    """Undo `void_post_record`. Raises Stale; ValidationError for another record of that day, or another status."""
    record = _lock(record, version, voided=True)
    check_status_fits(record.trainee.status, rank=record.rank, post_grade=record.post_grade)
    _refuse_first_rank(record, actor)
    history.restore(record, actor=actor, reason=reason)
    keep_current_post(record.trainee, actor=actor)
    archiving.note_post_again(record, actor=actor)
    return PostRecord.objects.get(pk=record.pk)


def keep_current_post(trainee: Trainee, *, actor: "User | None") -> None:
    """Repeat the latest record on the locked file, with history where something changes."""
    with history.change(trainee, actor=actor, verb="people.trainee.post_changed"):
        take_current_post(trainee, trainee.post_records.standing())
        trainee.save()


def check_status_fits(status: str, *, rank: str, post_grade: str) -> None:
    """Civil servants have no post grade, institution staff no rank. Raises ValidationError by field."""
    if status == Status.INSTITUTION and rank:
        message = _("Staff of public institutions have a post grade, no rank. Leave the rank empty.")
        raise refusal("rank", message, code="rank")
    if status == Status.CIVIL_SERVANT and post_grade:
        message = _("Civil servants have a rank, no post grade. Leave the post grade empty.")
        raise refusal("post_grade", message, code="post_grade")


def _lock(record: PostRecord, version: int | None, *, voided: bool = False) -> PostRecord:
    trainee = lock_open_file(record.trainee_id)
    record = PostRecord.objects.lock(record.pk, version)
    if voided:
        refuse_standing(record)
    elif record.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    record.trainee = trainee
    return record


def _refuse_first_rank(record: PostRecord, actor: "User | None") -> None:
    """A rank or grade other than the one held before; what only goes on is no question of the probation."""
    if not (record.rank or record.post_grade):
        return
    rows = record.trainee.post_records.standing().filter(started_on__lt=record.started_on).exclude(pk=record.pk)
    held = rows.order_by("-started_on").first()
    if held is not None and (held.rank, held.post_grade) == (record.rank, record.post_grade):
        return
    if why := why_no_rank_yet(record.trainee, actor):
        raise refusal("rank" if record.rank else "post_grade", why, code="not_graded")


def _refuse_graded(before: PostRecord, record: PostRecord) -> None:
    changed = [name for name in GRADED if getattr(before, name) != getattr(record, name)]
    if changed and (why := posts_held([before]).get(before.pk, "")):
        raise refusal(changed[0], why, code="graded")


def _fill(
    record: PostRecord, started_on: date, post: str, post_level: str, rank: str, post_grade: str, document_number: str
) -> None:
    trainee, post, post_grade = record.trainee, post.strip(), post_grade.strip()
    refuse_future("started_on", started_on)
    refuse_before("started_on", started_on, EARLIEST, _("No day before 1900 can be entered here."))
    if not (post or post_level or rank or post_grade):
        raise refusal("post", _("Write the post, the rank or the post grade."), code="required")
    check_code("post_level", "post_level", post_level, keep=record.post_level)
    check_code("rank", "rank", rank, keep=record.rank)
    check_status_fits(trainee.status, rank=rank, post_grade=post_grade)
    record.started_on, record.post, record.post_level = started_on, post, post_level
    record.rank, record.post_grade, record.document_number = rank, post_grade, document_number
    clean(record)
