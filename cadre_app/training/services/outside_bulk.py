"""Many outside courses at once: verified, entered as verified, and taken back with the import that entered them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.history import services as history
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services.bulk import write_many
from cadre_app.people.services.rewriting import lock_keys
from cadre_app.people.services.rewriting import void_many as void_records
from cadre_app.training.models import OutsideCourse, OutsideState
from cadre_app.training.services import ledger
from cadre_app.training.services.outside import VERIFIED, earned

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.hours import OutsideCourseQuerySet

MOST = 500


@dataclass(frozen=True, kw_only=True)
class NewCourse:
    """A course of which staff have seen the proof."""

    trainee: Trainee
    title: str
    organiser: str
    started_on: date
    ended_on: date
    hours: Decimal
    mode: str
    course_format: str = ""
    certificate_number: str = ""
    is_induction: bool = False


def verifiable(courses: "OutsideCourseQuerySet") -> "OutsideCourseQuerySet":
    """Those that wait, of open files."""
    return courses.to_verify().filter(trainee__departed_on=None, trainee__voided_at=None)


@transaction.atomic
def verify_many(courses: "OutsideCourseQuerySet", *, seen: Mapping[UUID, int], actor: "User") -> list[OutsideCourse]:
    """Verify those of `courses` that were looked at: `seen` has the version of each.

    Raises ValidationError that names what was changed meanwhile or no longer waits; then none is verified.
    """
    named = list(courses.filter(pk__in=seen).values_list("pk", "trainee", "trainee__person"))
    lock_keys(Person, {person for _pk, _trainee, person in named})
    lock_keys(Trainee, {trainee for _pk, trainee, _person in named})
    rows = _locked({pk for pk, _trainee, _person in named})
    _refuse_changed([course for course in rows if not _waits(course) or course.version != seen[course.pk]])
    with history.changes_many(rows, actor=actor, verb=VERIFIED) as listed:
        for course in listed:
            course.state, course.verified_on, course.verified_by = OutsideState.VERIFIED, timezone.localdate(), actor
        OutsideCourse.objects.bulk_update(listed, ["state", "verified_on", "verified_by"], batch_size=MOST)
    ledger.enter_many([earned(course) for course in listed], actor=actor)
    return listed


@transaction.atomic
def enter_many(wanted: Sequence[NewCourse], *, actor: "User", reason: str = "") -> list[OutsideCourse]:
    """Enter many, in the order given, as verified with their hours; callers have locked the files and checked them.

    Raises ValidationError for a value no column can hold, IntegrityError where a constraint speaks against a row.
    """
    today = timezone.localdate()
    courses = [
        OutsideCourse(
            **vars(new), submitted_on=today, state=OutsideState.VERIFIED, verified_on=today, verified_by=actor
        )
        for new in wanted
    ]
    write_many(courses, actor=actor, verb="training.outsidecourse.entered", reason=reason)
    ledger.enter_many([earned(course) for course in courses], actor=actor, reason=reason)
    return courses


@transaction.atomic
def void_many(courses: Sequence[OutsideCourse], *, actor: "User", reason: str) -> None:
    """Void locked courses and the hours that they gave."""
    ledger.void_many(courses, reason=reason, actor=actor)
    void_records(OutsideCourse, [course.pk for course in courses], actor=actor, reason=reason)


def _locked(keys: Iterable[UUID]) -> list[OutsideCourse]:
    rows = OutsideCourse.objects.filter(pk__in=set(keys)).select_for_update(of=("self",))
    return list(rows.select_related("trainee__person").order_by("pk"))


def _waits(course: OutsideCourse) -> bool:
    return not course.is_voided and course.state == OutsideState.SUBMITTED and not course.trainee.is_read_only


def _refuse_changed(changed: list[OutsideCourse]) -> None:
    if not changed:
        return
    message = ngettext(
        "Meanwhile this course was changed or no longer waits: %(names)s. "
        "Nothing was verified. The list below is as it stands now.",
        "Meanwhile these courses were changed or no longer wait: %(names)s. "
        "Nothing was verified. The list below is as it stands now.",
        len(changed),
    )
    names = _(", ").join(f"{course.trainee.person.name} {course.title}" for course in changed)
    raise ValidationError(message % {"names": names}, code="changed")
