"""Talks of a quarter planned in one go, and taken back in one go while none of them was held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, Talk, TalkBatch, TalkKind, TalkTrigger
from cadre_app.care.models.choices import HELD, KINDS, WAITING
from cadre_app.care.services.bulk import plannable
from cadre_app.care.services.checks import check_ahead, workers_for_many
from cadre_app.core.days import add_months
from cadre_app.history import services as history
from cadre_app.org.models import Unit
from cadre_app.people.models import Trainee
from cadre_app.policy.models import CalendarDay
from cadre_app.policy.workdays import is_fixed_holiday

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.care.models import TalkPlan

Plans = Any  # a queryset of TalkPlan


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was chosen for one person."""

    planned_on: date
    interviewer: "User | None" = None
    trigger: UUID | None = None


def cell(name: str, key: UUID) -> str:
    """The field of one cell of the table."""
    return f"{name}_{key.hex}"


@transaction.atomic
def plan_quarter(
    plans: Plans, *, quarter_on: date, unit: Unit | None, given: Mapping[UUID, Wanted], actor: "User"
) -> TalkBatch:
    """Plan one talk for each of `given` (by key of the plan) among `plans`; who has one waiting is left out.

    Raises ValidationError by cell, or where nobody is left.
    """
    list(Trainee.objects.select_for_update().filter(pk__in=plans.filter(pk__in=given).values("trainee")).order_by("pk"))
    last = add_months(quarter_on, 3) - timedelta(days=1)
    rows = plannable(plans, until=last).filter(pk__in=given).select_related("trainee__person", "trainee__home_unit")
    chosen: list[TalkPlan] = list(rows.order_by("next_on", "pk"))
    if not chosen:
        raise ValidationError(_("Nobody is left: each of them has a talk planned already."), code="nobody")
    _check(chosen, given, quarter_on)
    batch = TalkBatch(quarter_on=quarter_on, unit=unit, made_by=actor)
    with history.change(batch, actor=actor, verb="care.talkbatch.planned"):
        batch.save(force_insert=True)
    wanted = {one.trigger for one in given.values() if one.trigger is not None}
    waiting = TalkTrigger.objects.open().filter(pk__in=wanted, trainee__in=[plan.trainee_id for plan in chosen])
    triggers = {one.pk: one for one in waiting}
    talks = [_talk(plan, given[plan.pk], triggers, batch) for plan in chosen]
    Talk.objects.bulk_create(talks)
    history.record_created_many(talks, actor=actor, verb="care.talk.planned")
    return batch


@transaction.atomic
def undo_batch(batch: TalkBatch, *, reason: str, version: int | None = None, actor: "User") -> TalkBatch:
    """Take back the talks that were planned together and still wait. Raises Stale, or ValidationError once one was held."""
    list(Trainee.objects.select_for_update().filter(pk__in=batch.talks.values("trainee")).order_by("pk"))
    batch = TalkBatch.objects.lock(batch.pk, version)
    talks = list(batch.talks.standing().select_for_update(of=("self",)).without_texts().order_by("pk"))
    if any(talk.state in HELD for talk in talks):
        raise ValidationError(_("One of these talks was held: take the others back one by one."), code="held")
    waiting = [talk for talk in talks if talk.state in WAITING]
    with history.changes_many(waiting, actor=actor, verb="care.talk.voided", reason=reason) as rows:
        for talk in rows:
            talk.voided_at = timezone.now()
        Talk.objects.bulk_update(rows, ["voided_at"])
    history.void(batch, actor=actor, reason=reason)
    return TalkBatch.objects.get(pk=batch.pk)


def _talk(plan: "TalkPlan", wanted: Wanted, triggers: Mapping[UUID, TalkTrigger], batch: TalkBatch) -> Talk:
    trigger = triggers.get(wanted.trigger) if wanted.trigger is not None else None
    occasion = Occasion(trigger.occasion) if trigger is not None else Occasion.ROUTINE
    return Talk(
        trainee=plan.trainee,
        kind=KINDS.get(occasion, TalkKind.ROUTINE),
        occasion=occasion,
        planned_on=wanted.planned_on,
        interviewer=wanted.interviewer,
        trigger=trigger if trigger is not None and trigger.trainee_id == plan.trainee_id else None,
        batch=batch,
    )


def _check(chosen: "list[TalkPlan]", given: Mapping[UUID, Wanted], quarter_on: date) -> None:
    """Each day is a workday of the quarter that has not passed, each interviewer may hold the talk."""
    errors: dict[str, Any] = {}
    days = {given[plan.pk].planned_on for plan in chosen}
    free = set(CalendarDay.objects.filter(day__in=days, is_workday=False).values_list("day", flat=True))
    free |= {day for day in days if is_fixed_holiday(day)}
    workers = workers_for_many([plan.trainee for plan in chosen])
    for plan in chosen:
        wanted = given[plan.pk]
        try:
            check_ahead(cell("day", plan.pk), wanted.planned_on)
        except ValidationError as error:
            errors.update(error.error_dict)
        if not quarter_on <= wanted.planned_on < add_months(quarter_on, 3):
            errors[cell("day", plan.pk)] = _("This day lies outside the quarter.")
        elif wanted.planned_on in free:
            errors.setdefault(cell("day", plan.pk), _("Nobody works on this day. Choose a workday."))
        if wanted.interviewer is not None and wanted.interviewer.pk not in workers[plan.trainee_id]:
            message = _("Choose staff or a leader of this unit; not the person, and no declared relative.")
            errors[cell("who", plan.pk)] = message
    if errors:
        raise ValidationError(errors)
