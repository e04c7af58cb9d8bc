"""Many outside courses verified at once."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.history import services as history
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services.rewriting import lock_keys
from cadre_app.training.models import OutsideCourse, OutsideState
from cadre_app.training.services import ledger
from cadre_app.training.services.outside import VERIFIED, earned

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.hours import OutsideCourseQuerySet

MOST = 500


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
