"""师资 Who gives courses, and whose account sees them."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.accounts.models import AccountKind
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.training.models import Scenario, Teacher

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def create_teacher(*, actor: "User", **values: Any) -> Teacher:
    """Add a teacher: `name`, `affiliation`, `title`, `is_outside`, `is_active`, `account`. Raises ValidationError by field."""
    teacher = Teacher(**values)
    _check_account(teacher)
    with history.change(teacher, actor=actor, verb="training.teacher.created"):
        clean(teacher)
        teacher.save()
    return teacher


@transaction.atomic
def change_teacher(teacher: Teacher, *, version: int | None = None, actor: "User", **values: Any) -> Teacher:
    """Change a teacher; `values` as in `create_teacher`. Raises Stale, ValidationError by field."""
    teacher = Teacher.objects.lock(teacher.pk, version)
    if teacher.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    account_before = teacher.account_id
    with history.change(teacher, actor=actor, verb="training.teacher.changed"):
        for name, value in values.items():
            setattr(teacher, name, value)
        if teacher.account_id != account_before:
            _check_account(teacher)
        clean(teacher)
        teacher.save()
    return teacher


@transaction.atomic
def create_scenario(*, title: str, background: str, task: str, is_offered: bool = True, actor: "User") -> Scenario:
    """Add a sand-table scenario. Raises ValidationError by field (name taken)."""
    scenario = Scenario(title=title, background=background, task=task, is_offered=is_offered)
    with history.change(scenario, actor=actor, verb="training.scenario.created"):
        clean(scenario)
        scenario.save()
    return scenario


@transaction.atomic
def change_scenario(
    scenario: Scenario,
    *,
    title: str,
    background: str,
    task: str,
    is_offered: bool,
    version: int | None = None,
    actor: "User",
) -> Scenario:
    """Change a scenario; records of it keep pointing to it. Raises Stale, ValidationError by field."""
    scenario = Scenario.objects.lock(scenario.pk, version)
    if scenario.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    with history.change(scenario, actor=actor, verb="training.scenario.changed"):
        scenario.title, scenario.background, scenario.task = title, background, task
        scenario.is_offered = is_offered
        clean(scenario)
        scenario.save()
    return scenario


def _check_account(teacher: Teacher) -> None:
    account = teacher.account
    if account is None:
        return
    if account.kind != AccountKind.TRAINER:
        raise refusal("account", _("Only accounts of teachers can be linked here."), code="not_a_trainer")
    if Teacher.objects.filter(account=account).exclude(pk=teacher.pk).exists():
        raise refusal("account", _("This account is linked to another teacher already."), code="linked")
