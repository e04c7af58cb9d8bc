"""What a session was for each person: finished from the attendance of all classes, then its hours posted.

Once finished, outcomes follow every later change of the attendance; once posted, hours are taken back first.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.history import services as history
from cadre_app.people.services.rewriting import lock_many
from cadre_app.training.models import (
    Attendance,
    ClassMeeting,
    CourseSession,
    Enrolment,
    HoursSource,
    Outcome,
    SessionState,
)
from cadre_app.training.models.choices import COMING
from cadre_app.training.policies import MISSED_PART
from cadre_app.training.services import ledger, order_states
from cadre_app.training.session_words import moment

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User
    from cadre_app.training.models.enrolments import EnrolmentQuerySet

ZERO = Decimal(0)
SOME_NAMES = 5


@dataclass(frozen=True)
class Gap:
    """A class that is recorded for nobody (`people` is 0), or not for so many on the roster."""

    meeting: ClassMeeting
    people: int

    def __str__(self) -> str:
        if not self.people:
            return str(self.meeting)
        missing = ngettext("%(count)d person missing", "%(count)d people missing", self.people)
        return _("%(class)s (%(missing)s)") % {"class": self.meeting, "missing": missing % {"count": self.people}}


@dataclass(frozen=True)
class Step:
    """A step in the life of a session: the states in which it is taken, and what is said in any other."""

    states: tuple[str, ...]
    why: "_StrPromise"
    code: str

    def check(self, session: CourseSession) -> None:
        """Raises ValidationError where the step cannot be taken."""
        if session.state not in self.states:
            raise ValidationError(str(self.why), code=self.code)


FINISH = Step(tuple(COMING), gettext_lazy("This session is finished or cancelled already."), "not_coming")
UNFINISH = Step(
    (SessionState.FINISHED,),
    gettext_lazy("Only a finished session without posted hours is opened again."),
    "not_finished",
)
POST = Step((SessionState.FINISHED,), gettext_lazy("Hours are posted once the session is finished."), "not_finished")
TAKE_BACK = Step((SessionState.POSTED,), gettext_lazy("The hours of this session are not posted."), "not_posted")


@transaction.atomic
def finish_session(session: CourseSession, *, version: int | None = None, actor: "User") -> CourseSession:
    """Say what the session was for everybody on its roster. Raises Stale; ValidationError naming classes not recorded."""
    session = lock_standing(session, version)
    FINISH.check(session)
    if early := too_early(session):
        raise ValidationError(early, code="not_over")
    places = _attending(session)
    if not places:
        message = _("Nobody is on the roster. Cancel the session instead.")
        raise ValidationError(message, code="nobody")
    missing = gaps(session)
    if missing:
        message = _("Attendance is not recorded: %(classes)s.")
        listed = _(", ").join(str(gap) for gap in missing)
        raise ValidationError(message % {"classes": listed}, code="not_recorded")
    with history.change(session, actor=actor, verb="training.coursesession.finished"):
        session.state, session.finished_at = SessionState.FINISHED, timezone.now()
        session.full_clean(exclude=("course", "camp", "teacher"))
        session.save()
    _judge(session, places, actor=actor)
    order_states.follow_places(_with_orders(session), actor=actor)
    return session


@transaction.atomic
def unfinish_session(
    session: CourseSession, *, reason: str, version: int | None = None, actor: "User"
) -> CourseSession:
    """Undo `finish_session`. Raises Stale; ValidationError once hours are posted or results recorded."""
    session = lock_standing(session, version)
    UNFINISH.check(session)
    places = _locked(Enrolment.objects.enrolled().filter(session=session))
    _refuse_results(places)
    with history.change(session, actor=actor, verb="training.coursesession.reopened", reason=reason):
        session.state, session.finished_at = SessionState.OPEN, None
        session.save()
    with history.changes_many(places, actor=actor, verb="training.enrolment.reopened", reason=reason):
        for place in places:
            place.outcome, place.missed_hours = "", ZERO
        Enrolment.objects.bulk_update(places, ["outcome", "missed_hours"])
    order_states.follow_places(_with_orders(session), actor=actor)
    return session


@transaction.atomic
def post_hours(session: CourseSession, *, version: int | None = None, actor: "User") -> CourseSession:
    """Enter the hours of everybody who completed the session. Raises Stale, ValidationError."""
    session = lock_standing(session, version)
    POST.check(session)
    completed = Enrolment.objects.attending().filter(session=session, outcome=Outcome.COMPLETED)
    earned = [
        ledger.NewHours(
            source=HoursSource.SESSION,
            record=place,
            trainee=place.trainee,
            earned_on=session.ends_on,
            hours=session.hours,
            mode=session.mode,
        )
        for place in completed.select_related("trainee")
    ]
    ledger.enter_many(earned, actor=actor)
    with history.change(session, actor=actor, verb="training.coursesession.posted"):
        session.state, session.posted_at = SessionState.POSTED, timezone.now()
        session.save()
    order_states.follow_places(_with_orders(session), actor=actor)
    return session


@transaction.atomic
def take_back_hours(session: CourseSession, *, reason: str, version: int | None = None, actor: "User") -> CourseSession:
    """Void the posted hours; the session is finished again and its attendance can be changed. Raises Stale."""
    session = lock_standing(session, version)
    TAKE_BACK.check(session)
    with history.change(session, actor=actor, verb="training.coursesession.taken_back", reason=reason):
        session.state, session.posted_at = SessionState.FINISHED, None
        session.save()
    ledger.void_many(Enrolment.objects.filter(session=session), reason=reason, actor=actor)
    order_states.follow_places(_with_orders(session), actor=actor)
    return session


def follow_attendance(session: CourseSession, *, actor: "User") -> None:
    """Outcomes of a finished session after its attendance changed, under the lock of the session."""
    if session.state == SessionState.FINISHED:
        _judge(session, _attending(session), actor=actor)
        order_states.follow_places(_with_orders(session), actor=actor)


def too_early(session: CourseSession) -> str:
    """Why a session is not finished yet; empty once its last class has ended."""
    return "" if are_over(session.meetings.standing()) else _("The last class has not been held yet.")


def are_over(meetings: Iterable[ClassMeeting]) -> bool:
    """True once the last of these classes has ended."""
    now = timezone.now()
    return all(moment(one.held_on, one.ends_at) <= now for one in meetings)


def gaps(session: CourseSession) -> list[Gap]:
    """Standing classes that are not recorded for everybody on the roster, in their order. Who came onto it later counts."""
    people = Enrolment.objects.attending().filter(session=session)
    rows = Attendance.objects.standing().filter(enrolment__in=people, meeting__session=session)
    known = Counter(rows.values_list("meeting", flat=True))
    everybody = people.count()
    found = []
    for meeting in session.meetings.standing():
        if known[meeting.pk] < everybody:
            found.append(Gap(meeting, everybody - known[meeting.pk] if known[meeting.pk] else 0))
    return found


def outcome_of(missed: Decimal, *, hours: Decimal, taught: Decimal, part: int) -> Outcome:
    """By the hours `missed` of those `taught` in classes; more than one `part` of the session's `hours` is 退学."""
    if taught and missed >= taught:
        return Outcome.ABSENT
    return Outcome.WITHDRAWN if missed * part > hours else Outcome.COMPLETED


def lock_standing(session: CourseSession, version: int | None = None) -> CourseSession:
    """The standing session, locked: everything about one session waits in this line. Raises Stale, ValidationError."""
    locked = CourseSession.objects.lock(session.pk, version)
    if locked.is_voided:
        raise ValidationError(_("This session is voided."), code="voided")
    return locked


def _attending(session: CourseSession) -> list[Enrolment]:
    """Whoever left the programme before the session was over is asked for nothing and gets nothing."""
    return _locked(Enrolment.objects.attending().filter(session=session))


def _locked(rows: "EnrolmentQuerySet") -> list[Enrolment]:
    return list(lock_many(Enrolment, rows.values_list("pk", flat=True)).values())


def _with_orders(session: CourseSession) -> list[Enrolment]:
    """Everybody whose order follows what became of the session, also those who still wait."""
    rows = session.enrolments.standing().exclude(order=None)
    return list(rows.select_related("order", "session"))


def _judge(session: CourseSession, places: list[Enrolment], *, actor: "User") -> None:
    """Hours missed and outcome of everybody; results of those who did not complete are taken back first."""
    rows = Attendance.objects.standing().filter(enrolment__in=places, meeting__voided_at=None)
    missed = dict(rows.order_by().values_list("enrolment").annotate(total=Sum("missed_hours")))
    taught = session.meetings.standing().aggregate(total=Sum("hours"))["total"] or ZERO
    part = MISSED_PART.on(session.ends_on)
    with history.changes_many(places, actor=actor, verb="training.enrolment.finished"):
        for place in places:
            place.missed_hours = missed.get(place.pk, ZERO)
            place.outcome = outcome_of(place.missed_hours, hours=session.hours, taught=taught, part=part)
        _refuse_results(place for place in places if place.outcome != Outcome.COMPLETED)
        Enrolment.objects.bulk_update(places, ["outcome", "missed_hours"])


def _refuse_results(places: Iterable[Enrolment]) -> None:
    """A result stands only for somebody who completed the session."""
    graded = [place.pk for place in places if place.result]
    if graded:
        message = _("Results are recorded already; take them back first: %(names)s.")
        raise ValidationError(message % {"names": _names(graded)}, code="results")


def _names(keys: list[UUID]) -> str:
    rows = Enrolment.objects.filter(pk__in=keys).order_by("trainee__stroke_key")
    names = list(rows.values_list("trainee__person__name", flat=True))
    listed = _(", ").join(names[:SOME_NAMES])
    return listed if len(names) <= SOME_NAMES else _("%(names)s and others") % {"names": listed}
