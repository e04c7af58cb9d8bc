"""What came of a study visit: attendance, symposium and remarks of everybody at once; hours posted or taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean
from cadre_app.training.models import HoursSource, Mode, StudyVisit, VisitMember, VisitState
from cadre_app.training.models.choices import CAME
from cadre_app.training.services import ledger
from cadre_app.training.services.ledger import NewHours
from cadre_app.training.services.visits import CLOSED, lock_open

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

RECORDED = ("presence", "at_symposium", "remarks")
NOT_POSTED = gettext_lazy("The hours of this study visit are not posted.")


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What is recorded of one participant."""

    presence: str
    at_symposium: bool = False
    remarks: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the page showed: the version of each participant, and what came of the day."""

    versions: Mapping[UUID, int]
    summary: str = ""


class Contested(Exception):
    """Others recorded something else after the page that saves now was opened: of `members`, of what came of the day."""

    def __init__(self, members: Mapping[UUID, VisitMember], summary: str, *, is_summary_theirs: bool) -> None:
        super().__init__(f"{len(members)} participants")
        self.members, self.summary, self.is_summary_theirs = members, summary, is_summary_theirs


@transaction.atomic
def record_visit(
    visit: StudyVisit,
    *,
    recorded: Mapping[UUID, Recorded],
    summary: str | None = None,
    seen: Seen | None = None,
    actor: "User | None",
) -> StudyVisit:
    """Record people by their key on the list, others stay as they are; with everybody recorded the visit was held.

    Without a `summary` it stays as it is. What differs from what others recorded after the page had `seen` it raises
    Contested. Raises ValidationError before the day of the visit, or where nobody is recorded.
    """
    visit = lock_open(visit)
    if problem := problem_of(visit):
        raise ValidationError(problem, code="not_recordable")
    members = list(visit.members.attending().filter(pk__in=recorded).select_for_update(of=("self",)))
    if not members:
        raise ValidationError(_("Put people on the list first."), code="nobody")
    if seen is not None:
        _refuse_contested(visit, members, recorded, summary, seen)
    with history.changes_many(members, actor=actor, verb="training.visitmember.recorded"):
        for member in members:
            _set(member, recorded[member.pk])
        VisitMember.objects.bulk_update(members, RECORDED)
    is_held = not left_out(visit)
    verb = "training.studyvisit.held" if is_held else "training.studyvisit.recorded"
    with history.change(visit, actor=actor, verb=verb):
        visit.state = VisitState.HELD if is_held else visit.state
        visit.summary = visit.summary if summary is None else summary
        clean(visit)
        visit.save()
    return visit


def settle(visit: StudyVisit, *, actor: "User | None") -> None:
    """A locked visit was held once nobody on its list is left to be recorded, also when the last one is taken off."""
    records = visit.members.attending().exclude(presence="")
    if visit.state != VisitState.PLANNED or problem_of(visit) or left_out(visit) or not records.exists():
        return
    with history.change(visit, actor=actor, verb="training.studyvisit.held"):
        visit.state = VisitState.HELD
        visit.save()


def settle_visits() -> int:
    """Those that wait for nobody any more, since who was left to be recorded has left the programme, were held."""
    rows = StudyVisit.objects.standing().filter(state=VisitState.PLANNED, visited_on__lte=timezone.localdate())
    people = VisitMember.objects.attending().filter(visit=OuterRef("pk"))
    rows = rows.filter(Exists(people.exclude(presence="")), ~Exists(people.filter(presence="")))
    found = list(rows.values_list("pk", flat=True))
    for key in found:
        with transaction.atomic():
            settle(StudyVisit.objects.lock(key), actor=None)
    return len(found)


def problem_of(visit: StudyVisit) -> str:
    """Why the attendance of a visit cannot be recorded now; empty if it can."""
    if visit.is_voided or visit.state in CLOSED:
        return str(CLOSED.get(VisitState(visit.state), CLOSED[VisitState.CANCELLED]))
    if visit.visited_on > timezone.localdate():
        return _("Attendance is recorded from the day of the study visit on.")
    return ""


def left_out(visit: StudyVisit) -> int:
    """How many on the list are not recorded yet."""
    return visit.members.attending().filter(presence="").count()


def post_problem_of(visit: StudyVisit) -> ValidationError | None:
    """Why the hours of a visit cannot be posted now, whoever was there; None if they can."""
    if visit.state != VisitState.HELD or visit.is_voided:
        return ValidationError(_("Record the attendance first; hours are posted once."), code="not_held")
    if visit.hours is None:
        return ValidationError(_("This study visit gives no training hours. Enter them first."), code="no_hours")
    return None


@transaction.atomic
def post_hours(visit: StudyVisit, *, version: int | None = None, actor: "User | None") -> StudyVisit:
    """Enter the hours of everybody who was there. Raises Stale, ValidationError."""
    visit = StudyVisit.objects.lock(visit.pk, version)
    if problem := post_problem_of(visit):
        raise problem
    hours = visit.hours or Decimal(0)
    members = list(visit.members.attending().select_related("trainee"))
    if any(not member.presence for member in members):
        raise ValidationError(_("The attendance of some participants is not recorded yet."), code="not_recorded")
    present = [member for member in members if member.presence in CAME]
    if not present:
        raise ValidationError(_("Nobody was there: there are no hours to post."), code="nobody")
    ledger.enter_many([_hours(visit, member, hours) for member in present], actor=actor)
    with history.change(visit, actor=actor, verb="training.studyvisit.posted"):
        visit.state = VisitState.POSTED
        visit.save()
    return visit


@transaction.atomic
def take_back_hours(visit: StudyVisit, *, reason: str, version: int | None = None, actor: "User") -> StudyVisit:
    """Void the hours that were posted; the visit is held as before. Raises Stale, ValidationError."""
    visit = StudyVisit.objects.lock(visit.pk, version)
    if visit.state != VisitState.POSTED:
        raise ValidationError(str(NOT_POSTED), code="not_posted")
    ledger.void_many(visit.members.all(), reason=reason, actor=actor)
    with history.change(visit, actor=actor, verb="training.studyvisit.taken_back", reason=reason):
        visit.state = VisitState.HELD
        visit.save()
    return visit


def _refuse_contested(
    visit: StudyVisit,
    members: Iterable[VisitMember],
    recorded: Mapping[UUID, Recorded],
    summary: str | None,
    seen: Seen,
) -> None:
    theirs = {
        member.pk: member
        for member in members
        if member.presence and member.version != seen.versions.get(member.pk) and not _says(member, recorded[member.pk])
    }
    is_changed = summary is not None and visit.summary not in (summary, seen.summary)
    if theirs or is_changed:
        raise Contested(theirs, visit.summary, is_summary_theirs=is_changed)


def _says(member: VisitMember, new: Recorded) -> bool:
    return (member.presence, member.at_symposium, member.remarks) == (new.presence, new.at_symposium, new.remarks)


def _set(member: VisitMember, new: Recorded) -> None:
    member.presence, member.at_symposium, member.remarks = new.presence, new.at_symposium, new.remarks
    clean(member)


def _hours(visit: StudyVisit, member: VisitMember, hours: Decimal) -> NewHours:
    return NewHours(
        source=HoursSource.VISIT,
        record=member,
        trainee=member.trainee,
        earned_on=visit.visited_on,
        hours=hours,
        mode=Mode.CLASSROOM,
    )
