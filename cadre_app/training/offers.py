"""What is on offer to close a gap in training hours: coming sessions with places left, and for whom they are."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.people.models import Trainee
from cadre_app.stages.labels import GRADE_LABELS
from cadre_app.stages.rules import FIRST, StageKey
from cadre_app.stages.sql import with_stage
from cadre_app.training.models import CampMember, CourseSession, Enrolment, Place, Programme, SessionState
from cadre_app.training.models.choices import COMING

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User
    from cadre_app.training.models.sessions import CourseSessionQuerySet

SHOWN = 8
TAKEN = (Place.ENROLLED, Place.WAITING)


def with_places(sessions: "CourseSessionQuerySet", day: date | None = None) -> "QuerySet[CourseSession]":
    """Those of `sessions` that are open, begin after `day` (today) and have places left; the next ones first."""
    found = sessions.standing().filter(state=SessionState.OPEN, starts_on__gt=day or timezone.localdate())
    return found.filter(enrolled__lt=F("capacity")).select_related("course").order_by("starts_on", "pk")


def meant_for(stage: str, grade: int | None) -> Q:
    """The condition that a session is for people of this stage and grade."""
    everybody = Q(programme=Programme.OTHER, grades=[])
    if stage == StageKey.ADVANCED:
        return everybody | Q(programme=Programme.ADVANCED)
    if stage != StageKey.CAMP:
        return Q(pk__in=())
    camp = Q(programme__in=(Programme.CAMP, Programme.OTHER)) & (Q(grades=[]) | Q(grades__contains=[grade]))
    return everybody | camp | Q(programme=Programme.INDUCTION) if grade == FIRST else everybody | camp


def open_to(trainee: Any) -> Q:
    """The condition that somebody whose `stage` and `grade` are known may sign up for a session: those of a camp are for
    its members who are not on leave.
    """
    there = CampMember.objects.order_by().present().filter(trainee=trainee.pk, paused_reason="")
    return meant_for(trainee.stage, trainee.grade) & (Q(camp=None) | Q(camp__in=there.values("camp")))


def open_to_own(user: "User") -> Q:
    """`open_to` for somebody with a growth file of their own; one query."""
    return open_to(with_stage(Trainee.objects.filter(person__account=user), timezone.localdate()).get())


def is_open_to(session: CourseSession, trainee: Trainee) -> bool:
    """The session is meant for this person; two queries."""
    known = with_stage(Trainee.objects.filter(pk=trainee.pk), timezone.localdate()).get()
    return CourseSession.objects.filter(open_to(known), pk=session.pk).exists()


def barred_for(trainee: "UUID | None") -> Q:
    """Sessions for which somebody does not sign up: the department took them off, or another one of the course to come
    has a place for them.
    """
    own = Enrolment.objects.order_by().standing().filter(trainee=trainee, session__voided_at=None)
    placed = own.filter(place=Place.ENROLLED, session__state__in=COMING)
    kept_off = own.filter(place=Place.DECLINED, is_kept_off=True)
    return Q(course__in=placed.values("session__course")) | Q(pk__in=kept_off.values("session"))


def offers_for(trainee: Any, sessions: "CourseSessionQuerySet") -> "QuerySet[CourseSession]":
    """What `sessions` have for somebody whose `stage` and `grade` are known (stages.sql) and who has no place in them."""
    taken = Enrolment.objects.standing().filter(trainee=trainee.pk, place__in=TAKEN).values("session")
    return with_places(sessions).filter(open_to(trainee)).exclude(pk__in=taken).exclude(barred_for(trainee.pk))


def audience(session: CourseSession) -> str:
    """进港扬帆训练营（一年级、二年级） whom a session is for."""
    programme = session.get_programme_display()
    if not session.grades:
        return programme
    grades = _(", ").join(str(GRADE_LABELS[grade]) for grade in session.grades if grade in GRADE_LABELS)
    return _("%(programme)s (%(grades)s)") % {"programme": programme, "grades": grades}
