"""The plans: by when the next talk of everybody in development is held. `next_on` and `last_on` are kept here alone."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.care.models import Talk, TalkPlan
from cadre_app.care.policies import TALK_MONTHS
from cadre_app.care.services.checks import refuse_after_two_years
from cadre_app.core.days import add_months
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, lock_open_file, refuse_before

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEW_PLANS = """
INSERT INTO care_talkplan (id, created_at, updated_at, version, trainee_id, months, last_on, next_on, pause_reason)
SELECT gen_random_uuid(), now(), now(), 1, file.id, %(months)s, held.last_on,
       (COALESCE(held.last_on, file.arrived_on) + make_interval(months => %(months)s))::date, ''
FROM people_trainee AS file
LEFT JOIN care_talkplan AS plan ON plan.trainee_id = file.id
LEFT JOIN LATERAL (
    SELECT MAX(held_on) AS last_on FROM care_talk WHERE trainee_id = file.id AND voided_at IS NULL
) AS held ON TRUE
WHERE plan.id IS NULL AND file.voided_at IS NULL AND file.departed_on IS NULL
ON CONFLICT (trainee_id) DO NOTHING
"""
BY_POLICY = """
UPDATE care_talkplan AS plan
SET months = %(months)s, updated_at = now(),
    next_on = GREATEST(
        (COALESCE(plan.last_on, file.arrived_on) + make_interval(months => %(months)s))::date, plan.paused_until
    )
FROM people_trainee AS file
WHERE file.id = plan.trainee_id AND plan.cadence_months IS NULL AND plan.months <> %(months)s
"""


def sweep_plans() -> int:
    """A plan for everybody in development who has none, and the cadence of the policy where it changed: two statements."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NEW_PLANS, {"months": TALK_MONTHS.now()})
        made = int(cursor.rowcount)
        cursor.execute(BY_POLICY, {"months": TALK_MONTHS.now()})
        return made + int(cursor.rowcount)


def keep_plan(trainee: Trainee) -> TalkPlan:
    """Bring the plan of a locked file up to date; no version, no history: it only repeats what the talks tell."""
    last = Talk.objects.held().filter(trainee=trainee).aggregate(last=Max("held_on"))["last"]
    plan = TalkPlan.objects.filter(trainee=trainee).first() or TalkPlan(trainee=trainee)
    plan.last_on = last
    _reckon(plan, trainee)
    if plan._state.adding:
        plan.save(force_insert=True)
    else:
        TalkPlan.objects.filter(pk=plan.pk).update(last_on=plan.last_on, next_on=plan.next_on, months=plan.months)
    return plan


@transaction.atomic
def change_plan(
    plan: TalkPlan,
    *,
    cadence_months: int | None = None,
    paused_until: date | None = None,
    pause_reason: str = "",
    version: int | None = None,
    actor: "User",
) -> TalkPlan:
    """Another cadence for one person, or a pause until a day; without them the plan is as the policy says.

    Raises Stale, or ValidationError by field.
    """
    trainee = lock_open_file(plan.trainee_id)
    plan = TalkPlan.objects.lock(plan.pk, version)
    with history.change(plan, actor=actor, verb="care.talkplan.changed"):
        if paused_until is not None and paused_until != plan.paused_until:
            message = _("A pause ends today or later.")
            refuse_before("paused_until", paused_until, timezone.localdate(), message)
            refuse_after_two_years("paused_until", paused_until)
        plan.cadence_months = cadence_months
        plan.paused_until, plan.pause_reason = paused_until, pause_reason.strip()
        _reckon(plan, trainee)
        clean(plan)
        plan.save()
    return plan


def _reckon(plan: TalkPlan, trainee: Trainee) -> None:
    plan.months = plan.cadence_months or TALK_MONTHS.now()
    due = add_months(plan.last_on or trainee.arrived_on, plan.months)
    plan.next_on = max(due, plan.paused_until) if plan.paused_until is not None else due
