"""Occasions after which a talk is held: entered by staff, asked for by the person, found by a rule (a new post)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Occasion, Talk, TalkTrigger
from cadre_app.care.policies import TRIGGER_DAYS
from cadre_app.history import services as history
from cadre_app.people.models import PostRecord, Trainee
from cadre_app.people.services.checks import clean, lock_open_file, refuse_future

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

LOOKED_BACK = timedelta(days=30)
BATCH = 1_000


@transaction.atomic
def add_trigger(
    trainee: Trainee,
    *,
    occasion: str,
    happened_on: date,
    subject: str = "",
    post_record: PostRecord | None = None,
    actor: "User",
) -> TalkTrigger:
    """Staff enter an occasion; a talk is due the days of the policy later. Raises ValidationError by field.

    The talk about a `post_record` is asked for once: the rule of new posts leaves it out then.
    """
    refuse_future("happened_on", happened_on)
    trigger = TalkTrigger(occasion=occasion, happened_on=happened_on, subject=subject, made_by=actor)
    trigger.post_record = post_record
    return _add(trainee, trigger)


def set_aside_of_post(record: PostRecord, *, reason: str, actor: "User") -> None:
    """No talk is due for a post that nobody took: what still waits is set aside."""
    trigger = TalkTrigger.objects.open().filter(post_record=record).first()
    if trigger is not None:
        set_aside_trigger(trigger, reason=reason[:200], actor=actor)


@transaction.atomic
def ask_for_talk(trainee: Trainee, *, subject: str = "", actor: "User") -> TalkTrigger:
    """本人要求谈话 The person asks for a talk, one at a time. Raises ValidationError."""
    asked = TalkTrigger(occasion=Occasion.REQUEST, happened_on=timezone.localdate(), subject=subject, made_by=actor)
    asked.is_by_person = True
    return _add(trainee, asked)


@transaction.atomic
def set_aside_trigger(trigger: TalkTrigger, *, reason: str, version: int | None = None, actor: "User") -> TalkTrigger:
    """No talk is held for it, with the reason. Raises Stale, ValidationError."""
    trigger = _lock(trigger, version)
    if not trigger.is_open:
        raise ValidationError(_("This occasion was answered or set aside already."), code="not_open")
    with history.change(trigger, actor=actor, verb="care.talktrigger.set_aside"):
        trigger.set_aside_on, trigger.set_aside_reason = timezone.localdate(), reason
        clean(trigger)
        trigger.save()
    return trigger


@transaction.atomic
def take_up_trigger(
    trigger: TalkTrigger, *, reason: str = "", version: int | None = None, actor: "User"
) -> TalkTrigger:
    """Undo `set_aside_trigger`. Raises Stale, ValidationError."""
    trigger = _lock(trigger, version)
    if trigger.set_aside_on is None:
        raise ValidationError(_("This occasion was not set aside."), code="not_set_aside")
    with history.change(trigger, actor=actor, verb="care.talktrigger.taken_up", reason=reason):
        trigger.set_aside_on, trigger.set_aside_reason = None, ""
        clean(trigger)
        trigger.save()
    return trigger


def keep_trigger(trigger_id: "UUID | None") -> None:
    """`answered_on` repeats the first talk that was held for it, so that it opens again when that talk is voided."""
    if trigger_id is None:
        return
    first = Talk.objects.held().filter(trigger=trigger_id).aggregate(first=Min("held_on"))["first"]
    TalkTrigger.objects.filter(pk=trigger_id).exclude(set_aside_on__isnull=False).update(answered_on=first)


@transaction.atomic
def sweep_triggers() -> int:
    """岗位调整谈话 An occasion for each new post of the last 30 days that is not the first one of its file, once.

    A record that only brings another rank is no new post. Two queries while there is nothing new.
    """
    today = timezone.localdate()
    found = list(_new_posts(today)[:BATCH])
    made = [
        TalkTrigger(
            trainee_id=record.trainee_id,
            occasion=Occasion.NEW_POST,
            happened_on=record.started_on,
            due_on=record.started_on + timedelta(days=TRIGGER_DAYS.now()),
            subject=record.post[:100],
            post_record=record,
        )
        for record in found
    ]
    TalkTrigger.objects.bulk_create(made, ignore_conflicts=True)
    kept = set(TalkTrigger.objects.filter(pk__in=[one.pk for one in made]).values_list("pk", flat=True))
    written = [one for one in made if one.pk in kept]
    history.record_created_many(written, actor=None, verb="care.talktrigger.found")
    return len(written)


def _new_posts(today: date) -> QuerySet[PostRecord]:
    earlier = PostRecord.objects.standing().filter(trainee=OuterRef("trainee"), started_on__lt=OuterRef("started_on"))
    before = Subquery(earlier.order_by("-started_on").values("post")[:1])
    rows = PostRecord.objects.standing().filter(
        started_on__range=(today - LOOKED_BACK, today),
        talk_trigger=None,
        trainee__departed_on=None,
        trainee__voided_at=None,
    )
    return rows.annotate(before=before).exclude(before=None).exclude(post="").exclude(post=F("before")).order_by("pk")


def _add(trainee: Trainee, trigger: TalkTrigger) -> TalkTrigger:
    trigger.trainee = lock_open_file(trainee.pk)
    trigger.due_on = trigger.happened_on + timedelta(days=TRIGGER_DAYS.now())
    with history.change(trigger, actor=trigger.made_by, verb="care.talktrigger.added"):
        clean(trigger)
        trigger.save(force_insert=True)
    return trigger


def _lock(trigger: TalkTrigger, version: int | None) -> TalkTrigger:
    trainee = lock_open_file(trigger.trainee_id)
    trigger = TalkTrigger.objects.lock(trigger.pk, version)
    trigger.trainee = trainee
    return trigger
