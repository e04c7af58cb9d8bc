"""沙盘推演记录 What a group decided in a scenario, and what the teacher said to it."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.tables import joined
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.training.models import (
    Attendance,
    CourseSession,
    Enrolment,
    ExerciseRecord,
    Place,
    Scenario,
    SessionState,
)
from cadre_app.training.models.choices import AWAY

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def create_exercise(
    session: CourseSession,
    *,
    scenario: Scenario,
    group: str,
    members: Sequence[Enrolment],
    decisions: str,
    remarks: str = "",
    actor: "User",
) -> ExerciseRecord:
    """Record what a group of the roster decided. Raises ValidationError by field."""
    session = _lock_session(session)
    if problem := problem_of(session):
        raise ValidationError(problem, code="not_begun")
    record = ExerciseRecord(session=session, scenario=scenario, group=group, decisions=decisions, remarks=remarks)
    _check_members(record, members)
    with history.change(record, actor=actor, verb="training.exerciserecord.created"):
        clean(record)
        record.save()
        record.members.set(members)
    return record


@transaction.atomic
def change_exercise(
    record: ExerciseRecord,
    *,
    scenario: Scenario,
    group: str,
    members: Sequence[Enrolment],
    decisions: str,
    remarks: str = "",
    version: int | None = None,
    actor: "User",
) -> ExerciseRecord:
    """Correct a record. Raises Stale, ValidationError by field."""
    _lock_session(record.session)
    record = ExerciseRecord.objects.lock(record.pk, version)
    if record.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    with history.change(record, actor=actor, verb="training.exerciserecord.changed"):
        record.scenario, record.group = scenario, group
        record.decisions, record.remarks = decisions, remarks
        _check_members(record, members, known=set(record.members.values_list("pk", flat=True)))
        clean(record)
        record.save()
        record.members.set(members)
    return record


@transaction.atomic
def void_exercise(record: ExerciseRecord, *, reason: str, version: int | None = None, actor: "User") -> ExerciseRecord:
    """Void a record entered by mistake. Raises Stale."""
    history.void(record, actor=actor, reason=reason, version=version)
    return ExerciseRecord.objects.get(pk=record.pk)


@transaction.atomic
def restore_exercise(
    record: ExerciseRecord, *, reason: str = "", version: int | None = None, actor: "User"
) -> ExerciseRecord:
    """Undo `void_exercise`. Raises Stale; ValidationError if the group has another record of the scenario meanwhile."""
    _lock_session(record.session)
    _check_members(record, list(record.members.select_related("trainee__person")))
    history.restore(record, actor=actor, reason=reason, version=version)
    return ExerciseRecord.objects.get(pk=record.pk)


def _lock_session(session: CourseSession) -> CourseSession:
    session = CourseSession.objects.lock(session.pk)
    if session.is_voided or session.state == SessionState.CANCELLED:
        raise ValidationError(_("This session does not take place."), code="cancelled")
    return session


def problem_of(session: CourseSession) -> str:
    """Why there is nothing to be written about a session yet; empty if there is."""
    if session.starts_on > timezone.localdate():
        return _("Sand-table records are written from the first day of the session on.")
    return ""


def _check_members(
    record: ExerciseRecord, members: Sequence[Enrolment], known: "AbstractSet[UUID]" = frozenset()
) -> None:
    """In one group of a scenario only; and whoever is not in this one yet (`known`): of the roster, and not away all the
    time.
    """
    new = [member for member in members if member.pk not in known]
    strangers = [member for member in new if not _is_of_roster(member, record)]
    if strangers:
        message = _("Not on the roster of this session: %(names)s.") % {"names": _names(strangers)}
        raise refusal("members", message, code="not_on_roster")
    if away := _away(record.session, new):
        message = _("Recorded as absent or excused: %(names)s.") % {"names": _names(away)}
        raise refusal("members", message, code="away")
    others = ExerciseRecord.objects.standing().filter(session_id=record.session_id, scenario_id=record.scenario_id)
    taken = set(others.exclude(pk=record.pk).values_list("members", flat=True))
    if twice := [member for member in members if member.pk in taken]:
        message = _("In another group of this scenario already: %(names)s.") % {"names": _names(twice)}
        raise refusal("members", message, code="in_another_group")


def _away(session: CourseSession, members: Sequence[Enrolment]) -> list[Enrolment]:
    """Those who were recorded as away from every class that was held up to now."""
    held = session.meetings.standing().filter(held_on__lte=timezone.localdate())
    rows = Attendance.objects.standing().filter(meeting__in=held, enrolment__in=members, presence__in=AWAY)
    count, missed = held.count(), Counter(rows.values_list("enrolment", flat=True))
    return [member for member in members if count and missed[member.pk] == count]


def _is_of_roster(member: Enrolment, record: ExerciseRecord) -> bool:
    return member.session_id == record.session_id and member.place == Place.ENROLLED and not member.is_voided


def _names(members: Sequence[Enrolment]) -> str:
    return joined(member.trainee.person.name for member in members)
