"""试用期 When probation ends: the length in force after the arrival, unless told otherwise."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.core.days import add_months
from cadre_app.core.probation import EndKept
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.people.policies import PROBATION_MONTHS
from cadre_app.people.services.arrival import NO_LONGER_CHASED

if TYPE_CHECKING:
    from cadre_app.people.models.trainees import TraineeQuerySet


def usual_end(arrived_on: date) -> date:
    """The end for this day of arrival by the policy people.probation_months as it was in force then."""
    return add_months(arrived_on, PROBATION_MONTHS.on(arrived_on))


def end_of(trainee: Trainee) -> date:
    """The end as the file records it, else the usual one."""
    return trainee.probation_ends_on or usual_end(trainee.arrived_on)


def moved_end(ends_on: date | None, *, arrived_before: date, arrived_on: date) -> date | None:
    """The end after the arrival was corrected: one that was the usual end moves along, any other stays."""
    return usual_end(arrived_on) if ends_on == usual_end(arrived_before) else ends_on


def is_shortened(ends_on: date | None, arrived_on: date) -> bool:
    """True for an end before the usual one: somebody says why."""
    return ends_on is not None and ends_on < usual_end(arrived_on)


def why_end_stays(
    kept: Iterable[EndKept], was: date | None, until: date | None, *, arrived_on: date
) -> tuple[str, str]:
    """Code and words of what speaks against `until` instead of `was`, with the arrival as it will be; empty where nothing."""
    for one in kept if until != was else ():
        if one.why and (one.only is None or until != one.only):
            return "kept", one.why
        usual = usual_end(arrived_on)
        latest = max(usual, was or usual)
        if until is not None and one.no_further and until > latest:
            text = _("Probation ends on %(day)s at the latest; a later end follows from a deferral that is signed off.")
            return "too_long", text % {"day": formats.date_format(latest)}
    return "", ""


def ungraded(today: date) -> "TraineeQuerySet":
    """In development, with a probation that ended within the last year or has not ended, and no rank or post grade
    since its end.
    """
    graded = PostRecord.objects.standing().filter(trainee=OuterRef("pk"), started_on__gte=OuterRef("probation_ends_on"))
    rows = Trainee.objects.in_development().filter(probation_ends_on__gte=today - NO_LONGER_CHASED)
    return rows.filter(~Exists(graded.filter(~Q(rank="") | ~Q(post_grade=""))))
