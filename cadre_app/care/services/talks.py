"""谈心谈话: planned, booked, moved, cancelled, taken up again, voided. What was said is recorded in services.recording."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, Talk, TalkMove, TalkState, TalkTrigger
from cadre_app.care.models.choices import HELD, WAITING
from cadre_app.care.services.checks import check_ahead, check_held, check_worker, lock_talk, moment, require_state
from cadre_app.care.services.plans import keep_plan
from cadre_app.care.services.triggers import keep_trigger
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, lock_open_file

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def plan_talk(
    trainee: Trainee,
    *,
    kind: str,
    occasion: str = Occasion.ROUTINE,
    topics: Sequence[str] = (),
    planned_on: date,
    interviewer: "User | None" = None,
    place: str = "",
    trigger: TalkTrigger | None = None,
    actor: "User",
) -> Talk:
    """Plan a talk, for an open occasion where `trigger` names one. Raises ValidationError by field."""
    trainee = lock_open_file(trainee.pk)
    talk = Talk(trainee=trainee, kind=kind, occasion=occasion, topics=list(topics), planned_on=planned_on, place=place)
    talk.interviewer = interviewer
    with history.change(talk, actor=actor, verb="care.talk.planned"):
        check_ahead("planned_on", planned_on)
        check_worker(trainee, "interviewer", interviewer)
        talk.trigger = open_trigger(trainee, trigger)
        clean(talk)
        talk.save(force_insert=True)
    return talk


@transaction.atomic
def change_talk(
    talk: Talk,
    *,
    kind: str,
    occasion: str,
    topics: Sequence[str] = (),
    interviewer: "User | None" = None,
    place: str = "",
    planned_on: date | None = None,
    held_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Talk:
    """Correct what is not restricted: the day of a planned talk, the day on which a talk was held.

    Raises Stale, or ValidationError by field. A booked time is moved by `book_talk`.
    """
    talk = lock_talk(talk, version)
    require_state(talk, (*WAITING, *HELD))
    with _telling_of_moves(talk), history.change(talk, actor=actor, verb="care.talk.changed"):
        if talk.state == TalkState.PLANNED and planned_on is not None and planned_on != talk.planned_on:
            check_ahead("planned_on", planned_on)
            talk.planned_on = planned_on
        if talk.is_held and held_on is not None and held_on != talk.held_on:
            check_held(talk.trainee, held_on)
            talk.held_on = held_on
        if interviewer is None or interviewer.pk != talk.interviewer_id:
            check_worker(talk.trainee, "interviewer", interviewer)
        talk.kind, talk.occasion, talk.topics = kind, occasion, list(topics)
        talk.interviewer, talk.place = interviewer, place
        clean(talk)
        talk.save()
    _keep(talk)
    return talk


@transaction.atomic
def book_talk(
    talk: Talk,
    *,
    booked_on: date,
    booked_time: time,
    place: str,
    interviewer: "User",
    version: int | None = None,
    actor: "User",
) -> Talk:
    """约谈话 Fix time, place and interviewer of a planned talk, or move one that is booked.

    Raises Stale, or ValidationError by field.
    """
    talk = lock_talk(talk, version)
    require_state(talk, WAITING)
    verb = "care.talk.rebooked" if talk.state == TalkState.BOOKED else "care.talk.booked"
    with _telling_of_moves(talk), history.change(talk, actor=actor, verb=verb):
        check_ahead("booked_on", booked_on)
        check_worker(talk.trainee, "interviewer", interviewer)
        talk.state, talk.planned_on, talk.booked_at = TalkState.BOOKED, booked_on, moment(booked_on, booked_time)
        talk.place, talk.interviewer = place, interviewer
        clean(talk)
        talk.save()
    return talk


@transaction.atomic
def cancel_talk(talk: Talk, *, reason: str, version: int | None = None, actor: "User") -> Talk:
    """取消（注明原因） A talk that was not held yet. Raises Stale, ValidationError."""
    talk = lock_talk(talk, version)
    require_state(talk, WAITING)
    with history.change(talk, actor=actor, verb="care.talk.cancelled"):
        talk.state, talk.cancel_reason = TalkState.CANCELLED, reason
        clean(talk)
        talk.save()
    return talk


@transaction.atomic
def reopen_talk(talk: Talk, *, reason: str = "", version: int | None = None, actor: "User") -> Talk:
    """Take up a cancelled talk as it was booked or planned, or a closed one with its problems.

    Raises Stale, ValidationError.
    """
    talk = lock_talk(talk, version)
    require_state(talk, (TalkState.CANCELLED, TalkState.CLOSED))
    with history.change(talk, actor=actor, verb="care.talk.reopened", reason=reason):
        if talk.state == TalkState.CLOSED:
            talk.state = TalkState.FOLLOW_UP if talk.problems.standing().exists() else TalkState.HELD
        else:
            is_booked = talk.booked_at is not None and talk.booked_at >= timezone.now()
            talk.state = TalkState.BOOKED if is_booked else TalkState.PLANNED
        talk.cancel_reason, talk.closed_on = "", None
        clean(talk)
        talk.save()
    _tell_on_again(talk)
    return talk


@transaction.atomic
def void_talk(talk: Talk, *, reason: str, version: int | None = None, actor: "User") -> Talk:
    """Void a talk entered by mistake; the plan and its occasion are as if it had not been. Raises Stale."""
    talk = lock_talk(talk, version)
    history.void(talk, actor=actor, reason=reason)
    _keep(talk)
    return Talk.objects.get(pk=talk.pk)


@transaction.atomic
def restore_talk(talk: Talk, *, reason: str = "", version: int | None = None, actor: "User") -> Talk:
    """Undo `void_talk`. Raises Stale, ValidationError."""
    talk = lock_talk(talk, version, voided=True)
    history.restore(talk, actor=actor, reason=reason)
    _keep(talk)
    _tell_on_again(talk)
    return Talk.objects.get(pk=talk.pk)


def open_trigger(trainee: Trainee, trigger: TalkTrigger | None) -> TalkTrigger | None:
    """The occasion, locked; raises ValidationError for one of somebody else or one that waits no longer."""
    if trigger is None:
        return None
    trigger = TalkTrigger.objects.lock(trigger.pk)
    if trigger.trainee_id != trainee.pk or not trigger.is_open:
        raise ValidationError(_("This occasion was answered or set aside already."), code="not_open")
    return trigger


def _keep(talk: Talk) -> None:
    keep_plan(talk.trainee)
    keep_trigger(talk.trigger_id)


@contextmanager
def _telling_of_moves(talk: Talk) -> Iterator[None]:
    """Whoever was asked to come is told of another time or place."""
    at, place, was_booked = talk.booked_at, talk.place, talk.state == TalkState.BOOKED
    yield
    if was_booked and (talk.booked_at, talk.place) != (at, place):
        _tell(talk, at, place)


def _tell_on_again(talk: Talk) -> None:
    if talk.state == TalkState.BOOKED:
        _tell(talk, talk.booked_at, talk.place)


def _tell(talk: Talk, at: datetime | None, place: str) -> None:
    """Of a booked talk, from today on; what was told of it before is overtaken."""
    if at is None or talk.booked_at is None:
        return
    talk.moves.filter(closed_at=None).update(closed_at=timezone.now())
    known = {"from_at": at, "from_place": place, "to_at": talk.booked_at, "to_place": talk.place}
    TalkMove.objects.create(talk=talk, told_on=timezone.localdate(), **known)
