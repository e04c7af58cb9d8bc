"""Many outside courses verified at once."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cadre_app.history import services as history
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services.rewriting import lock_keys
from cadre_app.training.models import OutsideCourse, OutsideState
from cadre_app.training.services import ledger
from cadre_app.training.services.outside import VERIFIED, earned

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models.hours import OutsideCourseQuerySet

MOST = 1_000


def verifiable(courses: "OutsideCourseQuerySet") -> "OutsideCourseQuerySet":
    """Those that wait, of open files."""
    return courses.to_verify().filter(trainee__departed_on=None, trainee__voided_at=None)


@transaction.atomic
def verify_many(courses: "OutsideCourseQuerySet", *, actor: "User") -> list[OutsideCourse]:
    """Verify what of `courses` waits, 1,000 at most, the longest waiting first; the rest is left out."""
    asked = verifiable(courses).order_by("submitted_on", "pk")[:MOST]
    named = list(asked.values_list("pk", "trainee", "trainee__person"))
    lock_keys(Person, {person for _pk, _trainee, person in named})
    lock_keys(Trainee, {trainee for _pk, trainee, _person in named})
    rows = _locked({pk for pk, _trainee, _person in named})
    with history.changes_many(rows, actor=actor, verb=VERIFIED) as listed:
        for course in listed:
            course.state, course.verified_on, course.verified_by = OutsideState.VERIFIED, timezone.localdate(), actor
        OutsideCourse.objects.bulk_update(listed, ["state", "verified_on", "verified_by"], batch_size=MOST)
    ledger.enter_many([earned(course) for course in listed], actor=actor)
    return listed


def _locked(keys: Iterable[UUID]) -> list[OutsideCourse]:
    rows = verifiable(OutsideCourse.objects.filter(pk__in=set(keys)))
    return list(rows.select_for_update(of=("self",)).select_related("trainee").order_by("pk"))
