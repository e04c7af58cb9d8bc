"""Housekeeping: what was read of uploads goes after imports.keep_days, as the rows of other imports do."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cadre_app.appointment.models import FormIntake, IntakeFile, IntakeState
from cadre_app.appointment.services.intakes import close_waiting
from cadre_app.history import services as history
from cadre_app.imports.policies import KEEP_DAYS

AT_ONCE = 20


def sweep_intakes() -> int:
    """Empty uploads without a step for imports.keep_days; returns how many."""
    limit = timezone.now() - timedelta(days=KEEP_DAYS.now())
    old = FormIntake.objects.filter(emptied_at=None, updated_at__lt=limit).values_list("pk", flat=True)
    return sum(_empty(pk, limit) for pk in old[:AT_ONCE])


@transaction.atomic
def _empty(pk: UUID, limit: datetime) -> bool:
    intake = FormIntake.objects.select_for_update(skip_locked=True).filter(pk=pk, updated_at__lt=limit).first()
    if intake is None:
        return False
    with history.change(intake, actor=None, verb="appointment.intake.emptied"):
        intake.emptied_at = timezone.now()
        if intake.state == IntakeState.OPEN:
            intake.state = IntakeState.DONE if intake.takings else IntakeState.EXPIRED
        intake.save()
    close_waiting(intake, actor=None, verb="appointment.intake.emptied")
    IntakeFile.objects.filter(intake=intake).update(body="", done="", problem="", name="")
    return True
