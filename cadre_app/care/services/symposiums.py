"""座谈交流: planned, changed, notified, cancelled, taken up again, closed, voided. Who is on the list: services.invitations."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care import permissions
from cadre_app.care.models import Answer, Invitation, Problem, Symposium, SymposiumState, Told
from cadre_app.care.models.meeting_choices import COMING, TOOK_PLACE
from cadre_app.care.services import symposium_news as news
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future, refuse_standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cadre_app.accounts.models import User

AHEAD = timedelta(days=366)
LONG_AGO = timedelta(days=3653)
# What is told to those on the list when it changes after it was notified.
TOLD_OF = ("day", "starts_at", "ends_at", "place")


@transaction.atomic
def plan_symposium(
    *,
    title: str,
    kind: str,
    unit: Unit,
    day: date,
    starts_at: time,
    ends_at: time,
    place: str,
    chair: str,
    agenda: str,
    guests: str = "",
    actor: "User",
) -> Symposium:
    """拟开 Plan a symposium; also one of an earlier day, to record it afterwards. Raises ValidationError by field."""
    symposium = Symposium(prepared_by=actor)
    given = {"title": title, "kind": kind, "unit": unit, "day": day, "starts_at": starts_at, "ends_at": ends_at}
    given |= {"place": place, "chair": chair, "agenda": agenda, "guests": guests}
    with history.change(symposium, actor=actor, verb="care.symposium.planned"):
        _set(symposium, given, actor=actor)
        symposium.save(force_insert=True)
    return symposium


@transaction.atomic
def change_symposium(
    symposium: Symposium,
    *,
    title: str,
    kind: str,
    unit: Unit,
    day: date,
    starts_at: time,
    ends_at: time,
    place: str,
    chair: str,
    agenda: str,
    guests: str = "",
    version: int | None = None,
    actor: "User",
) -> Symposium:
    """Change one that is not closed; another time or place is told to everybody on the list, who answer anew.

    Raises Stale, or ValidationError by field.
    """
    symposium = lock_symposium(symposium, version)
    require_state(symposium, (*COMING, SymposiumState.HELD))
    before = {name: getattr(symposium, name) for name in TOLD_OF}
    given = {"title": title, "kind": kind, "unit": unit, "day": day, "starts_at": starts_at, "ends_at": ends_at}
    given |= {"place": place, "chair": chair, "agenda": agenda, "guests": guests}
    with history.change(symposium, actor=actor, verb="care.symposium.changed"):
        _set(symposium, given, actor=actor)
        symposium.save()
    is_told = symposium.state == SymposiumState.NOTIFIED and not symposium.has_begun
    if is_told and before != {name: getattr(symposium, name) for name in TOLD_OF}:
        _ask_again(symposium, actor=actor)
    return symposium


@transaction.atomic
def notify_symposium(symposium: Symposium, *, version: int | None = None, actor: "User") -> Symposium:
    """通知 Everybody on the list is told and asked for an answer. Raises Stale, ValidationError."""
    symposium = lock_symposium(symposium, version)
    require_state(symposium, (SymposiumState.PLANNED,))
    if symposium.has_begun:
        raise ValidationError(_("It has begun: record the attendance instead."), code="past")
    invited = list(symposium.invitations.standing())
    if not invited:
        raise ValidationError(_("Put people on the list first."), code="nobody")
    with history.change(symposium, actor=actor, verb="care.symposium.notified"):
        symposium.state, symposium.notified_on = SymposiumState.NOTIFIED, timezone.localdate()
        clean(symposium)
        symposium.save()
    news.tell(invited, Told.INVITED)
    return symposium


@transaction.atomic
def cancel_symposium(symposium: Symposium, *, reason: str, version: int | None = None, actor: "User") -> Symposium:
    """取消（注明原因）; whoever was notified is told. Raises Stale, ValidationError."""
    symposium = lock_symposium(symposium, version)
    require_state(symposium, COMING)
    was_notified = symposium.state == SymposiumState.NOTIFIED
    with history.change(symposium, actor=actor, verb="care.symposium.cancelled"):
        symposium.state, symposium.cancel_reason = SymposiumState.CANCELLED, reason
        clean(symposium)
        symposium.save()
    if was_notified:
        news.tell(list(symposium.invitations.standing()), Told.CANCELLED, reason=reason)
    return symposium


@transaction.atomic
def reopen_symposium(symposium: Symposium, *, reason: str, version: int | None = None, actor: "User") -> Symposium:
    """A cancelled one is planned again, to be notified anew; a closed one counts as held. Raises Stale, ValidationError."""
    symposium = lock_symposium(symposium, version)
    require_state(symposium, (SymposiumState.CANCELLED, SymposiumState.CLOSED))
    was_cancelled = symposium.state == SymposiumState.CANCELLED
    with history.change(symposium, actor=actor, verb="care.symposium.reopened", reason=reason):
        symposium.state = SymposiumState.PLANNED if was_cancelled else SymposiumState.HELD
        symposium.cancel_reason, symposium.closed_on = "", None
        symposium.notified_on = None if was_cancelled else symposium.notified_on
        clean(symposium)
        symposium.save()
    if was_cancelled:
        news.close(list(symposium.invitations.standing()))
        _forget_answers(symposium, actor=actor)
    return symposium


@transaction.atomic
def close_symposium(symposium: Symposium, *, version: int | None = None, actor: "User") -> Symposium:
    """办结 One that was held, once attendance and minutes are recorded and what was raised is settled.

    Raises Stale, ValidationError.
    """
    symposium = lock_symposium(symposium, version)
    require_state(symposium, (SymposiumState.HELD,))
    if symposium.invitations.standing().filter(presence="").exists():
        raise ValidationError(_("The attendance of somebody on the list is not recorded yet."), code="unrecorded")
    if Problem.objects.unsettled().filter(symposium=symposium).exists():
        raise ValidationError(_("A problem raised at this symposium is not settled yet."), code="unsettled")
    if not symposium.minutes:
        raise ValidationError(_("Write the minutes first."), code="no_minutes")
    with history.change(symposium, actor=actor, verb="care.symposium.closed"):
        symposium.state, symposium.closed_on = SymposiumState.CLOSED, timezone.localdate()
        clean(symposium)
        symposium.save()
    return symposium


@transaction.atomic
def write_minutes(symposium: Symposium, *, minutes: str, version: int | None = None, actor: "User") -> Symposium:
    """会议纪要 What everybody on the list reads afterwards. Raises Stale, ValidationError."""
    symposium = lock_symposium(symposium, version)
    require_state(symposium, (SymposiumState.HELD,))
    with history.change(symposium, actor=actor, verb="care.symposium.minutes_written"):
        symposium.minutes = minutes
        clean(symposium)
        symposium.save()
    return symposium


@transaction.atomic
def void_symposium(symposium: Symposium, *, reason: str, version: int | None = None, actor: "User") -> Symposium:
    """Void one that was entered by mistake; whoever was notified of it is told. Raises Stale, ValidationError."""
    symposium = lock_symposium(symposium, version)
    invited = list(symposium.invitations.standing())
    if symposium.state == SymposiumState.NOTIFIED:
        news.tell(invited, Told.CANCELLED, reason=reason)
    elif symposium.state != SymposiumState.CANCELLED:
        news.close(invited)
    history.void(symposium, actor=actor, reason=reason)
    return Symposium.objects.get(pk=symposium.pk)


@transaction.atomic
def restore_symposium(
    symposium: Symposium, *, reason: str = "", version: int | None = None, actor: "User"
) -> Symposium:
    """Undo `void_symposium`; of one that was notified those are asked again who had not answered.

    Raises Stale, ValidationError.
    """
    symposium = Symposium.objects.lock(symposium.pk, version)
    refuse_standing(symposium)
    history.restore(symposium, actor=actor, reason=reason)
    if symposium.state == SymposiumState.NOTIFIED:
        invited = list(symposium.invitations.standing())
        news.close(invited)
        news.tell([one for one in invited if not one.answer], Told.INVITED)
    return Symposium.objects.get(pk=symposium.pk)


def lock_symposium(symposium: Symposium, version: int | None = None) -> Symposium:
    """Raises Stale; ValidationError for a voided one."""
    symposium = Symposium.objects.lock(symposium.pk, version)
    if symposium.is_voided:
        raise ValidationError(_("This symposium was voided: it can be read, no longer changed."), code="voided")
    return symposium


def require_state(symposium: Symposium, states: "Iterable[str]") -> None:
    """Raise ValidationError unless the symposium is in one of `states`."""
    if symposium.state not in states:
        message = _("This cannot be done now: the symposium is in the state “%(state)s”.")
        raise ValidationError(message % {"state": symposium.get_state_display()}, code="wrong_state")


def _set(symposium: Symposium, given: dict[str, Any], *, actor: "User") -> None:
    if symposium._state.adding or symposium.unit_id != given["unit"].pk:
        _check_unit(symposium, given["unit"], actor)
    before = None if symposium._state.adding else symposium.day
    for name, value in given.items():
        setattr(symposium, name, value)
    _check_day(symposium, before)
    clean(symposium)


def _check_unit(symposium: Symposium, unit: Unit, actor: "User") -> None:
    if not permissions.plans_for(actor, unit):
        raise refusal("unit", _("Choose a unit for which you work."), code="out_of_scope")
    outside = [] if symposium._state.adding else symposium.invitations.standing().select_related("trainee__home_unit")
    if any(one.trainee.home_unit.path not in unit.range for one in outside):
        raise refusal("unit", _("Somebody on the list does not belong to this unit."), code="out_of_scope")


def _check_day(symposium: Symposium, before: date | None) -> None:
    """`before` is the day it had: one that stays is not too early, whatever it is by now."""
    today = timezone.localdate()
    if symposium.state in TOOK_PLACE:
        refuse_future("day", symposium.day)
    if symposium.day > today + AHEAD:
        raise refusal("day", _("A symposium is planned one year ahead at most."), code="too_late")
    refuse_before("day", symposium.day, today - LONG_AGO, _("This day lies more than ten years back."))
    if symposium.state == SymposiumState.NOTIFIED and symposium.day != before:
        refuse_before("day", symposium.day, today, _("It was notified: it is moved to today or later."))


def _ask_again(symposium: Symposium, *, actor: "User") -> None:
    _forget_answers(symposium, actor=actor)
    news.tell(list(symposium.invitations.standing()), Told.MOVED)


def _forget_answers(symposium: Symposium, *, actor: "User") -> None:
    answered = symposium.invitations.standing().filter(answer__in=Answer.values)
    rows = list(answered.select_for_update(of=("self",)))
    with history.changes_many(rows, actor=actor, verb="care.invitation.asked_again"):
        for row in rows:
            row.answer = row.answer_reason = ""
        Invitation.objects.bulk_update(rows, ["answer", "answer_reason"])
