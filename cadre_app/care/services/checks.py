"""What every change of a talk asks first."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.accounts.models import Grant, User
from cadre_app.care.models import Talk
from cadre_app.care.models.plans import WORKERS
from cadre_app.org.paths import prefixes
from cadre_app.people.models import Relative, Trainee
from cadre_app.people.services.checks import lock_open_file, refusal, refuse_before, refuse_future

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.org.models import Unit

PLANNED_AHEAD = timedelta(days=366)
TWO_YEARS = timedelta(days=731)


def refuse_after_two_years(field: str, day: date) -> None:
    """Raises ValidationError at `field` for a day so far ahead that it is a slip of the pen."""
    if day > timezone.localdate() + TWO_YEARS:
        raise refusal(field, _("This day lies more than two years ahead."), code="too_late")


def workers_on(unit: "Unit") -> "QuerySet[User]":
    """Active accounts that are staff or leaders of the unit or of one above it today."""
    held = Grant.objects.in_force(timezone.localdate()).filter(
        role__in=WORKERS, unit__path__in=[*prefixes(unit.path), unit.path]
    )
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("username")
    return found


def workers_for(trainee: Trainee) -> "QuerySet[User]":
    """Who may hold a talk with somebody and read about it: never the person, never a declared relative (回避)."""
    return avoiding(workers_on(trainee.home_unit), trainee)


def avoiding(users: "QuerySet[User]", trainee: Trainee) -> "QuerySet[User]":
    """`users` without the person and their declared relatives (回避)."""
    own = trainee.person_id
    ties = Relative.objects.standing().exclude(other=None).filter(Q(person=own) | Q(other=own))
    avoided = {own} | {pk for pair in ties.values_list("person_id", "other_id") for pk in pair}
    return users.exclude(person__in=avoided)


def workers_for_many(trainees: "Iterable[Trainee]") -> "dict[UUID, set[UUID]]":
    """`workers_for` each of these files (with their units), as keys of accounts; two queries however many they are."""
    files = list(trainees)
    above = {path for file in files for path in (*prefixes(file.home_unit.path), file.home_unit.path)}
    held = Grant.objects.in_force(timezone.localdate()).filter(
        role__in=WORKERS, unit__path__in=above, user__is_active=True
    )
    by_path: dict[str, set[tuple[UUID, UUID | None]]] = {}
    for path, user, person in held.values_list("unit__path", "user_id", "user__person"):
        by_path.setdefault(path, set()).add((user, person))
    people = {file.person_id for file in files}
    ties = Relative.objects.standing().exclude(other=None).filter(Q(person__in=people) | Q(other__in=people))
    avoided = {key: {key} for key in people}
    for one, other in ties.values_list("person_id", "other_id"):
        avoided.setdefault(one, {one}).add(other)
        avoided.setdefault(other, {other}).add(one)
    return {
        file.pk: {
            user
            for path in (*prefixes(file.home_unit.path), file.home_unit.path)
            for user, person in by_path.get(path, ())
            if person not in avoided[file.person_id]
        }
        for file in files
    }


def check_worker(trainee: Trainee, field: str, *users: User | None) -> None:
    """Raise ValidationError beside `field` for an account that may not hold a talk with this person or read about it."""
    wanted = {user.pk for user in users if user is not None}
    if wanted - set(workers_for(trainee).filter(pk__in=wanted).values_list("pk", flat=True)):
        message = _("Choose staff or a leader of this unit; not the person, and no declared relative.")
        raise refusal(field, message, code="not_a_worker")


def lock_talk(talk: Talk, version: int | None = None, *, voided: bool = False) -> Talk:
    """The talk with its open file, locked in this order. Raises Stale, or ValidationError for a closed file or where
    the talk is (not) voided.
    """
    trainee = lock_open_file(talk.trainee_id)
    talk = Talk.objects.lock(talk.pk, version)
    talk.trainee = trainee
    if talk.is_voided and not voided:
        raise ValidationError(_("This talk was voided: it can be read, no longer changed."), code="voided")
    if not talk.is_voided and voided:
        raise ValidationError(_("This entry is not voided."), code="not_voided")
    return talk


def require_state(talk: Talk, states: Iterable[str]) -> None:
    """Raise ValidationError unless the talk is in one of `states`."""
    if talk.state not in states:
        message = _("This cannot be done now: the talk is in the state “%(state)s”.")
        raise ValidationError(message % {"state": talk.get_state_display()}, code="wrong_state")


def check_ahead(field: str, day: date) -> None:
    """A talk is planned for today or later, and one year ahead at most."""
    message = _("A talk is planned for today or later. One that was held is recorded.")
    refuse_before(field, day, timezone.localdate(), message)
    if day > timezone.localdate() + PLANNED_AHEAD:
        raise refusal(field, _("A talk is planned one year ahead at most."), code="too_late")


def check_held(trainee: Trainee, day: date) -> None:
    """A talk was held on a day that has come, after the person reported for duty."""
    refuse_future("held_on", day)
    refuse_before("held_on", day, trainee.arrived_on, _("The person had not reported for duty yet on this day."))


def moment(day: date, at: time) -> datetime:
    """The local time of a day, aware."""
    return timezone.make_aware(datetime.combine(day, at))
