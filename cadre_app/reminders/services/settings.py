"""提醒规则 when rules ring: set for everybody or for a unit and all below it; what is open is worked out anew."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.models import Stale
from cadre_app.core.reminding import reminder_rules
from cadre_app.history import services as history
from cadre_app.reminders.models import Occurrence, RuleSetting

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

LONGEST_DAYS = 365
MOST_STEPS = 12


@transaction.atomic
def set_rule(
    rule: str,
    *,
    unit: "Unit | None" = None,
    is_on: bool,
    leads: Iterable[int],
    overdue: Iterable[int],
    attention: int | None,
    source: str,
    reason: str,
    version: int | None = None,
    actor: "User",
) -> RuleSetting:
    """Set a rule for everybody, or for `unit` and all below it; `version` is that of the setting that stands.

    Raises Stale; ValidationError by field, also for a unit that has a setting already.
    """
    if rule not in reminder_rules:
        raise ValidationError(_("This rule does not exist any more."), code="no_rule")
    setting, added = _standing(rule, unit, version)
    verb = "reminders.rule.exempted" if unit is not None and added else "reminders.rule.set"
    with history.change(setting, actor=actor, verb=verb, reason=reason):
        setting.is_on = is_on
        setting.leads = sorted(_days("leads", leads), reverse=True)
        setting.overdue = sorted(_days("overdue", overdue))
        setting.attention = attention
        _check_attention(attention)
        setting.source, setting.reason = source, reason
        setting.full_clean()
        setting.save()
    ring_again(rule)
    return setting


@transaction.atomic
def void_setting(setting: RuleSetting, *, reason: str, version: int | None = None, actor: "User") -> RuleSetting:
    """Take a setting back: the one above it, or the rule's own default, holds again. Raises Stale."""
    history.void(setting, actor=actor, reason=reason, version=version)
    ring_again(setting.rule)
    return RuleSetting.objects.get(pk=setting.pk)


@transaction.atomic
def restore_setting(
    setting: RuleSetting, *, reason: str = "", version: int | None = None, actor: "User"
) -> RuleSetting:
    """Undo `void_setting`. Raises Stale; ValidationError if another setting stands in its place."""
    history.restore(setting, actor=actor, reason=reason, version=version)
    ring_again(setting.rule)
    return RuleSetting.objects.get(pk=setting.pk)


def ring_again(rule: str) -> int:
    """Let the next sweep work out when each open item of the rule is told; returns how many there are."""
    return Occurrence.objects.open().filter(rule=rule).update(next_on=timezone.localdate())


def _standing(rule: str, unit: "Unit | None", version: int | None) -> tuple[RuleSetting, bool]:
    """The setting that stands, locked, or a new one; the second says which."""
    found = RuleSetting.objects.standing().select_for_update(of=("self",)).filter(rule=rule, unit=unit).first()
    if found is None and version is None:
        return RuleSetting(rule=rule, unit=unit), True
    if found is None:
        raise ValidationError(_("This setting was taken back meanwhile. Please open the rule again."), code="voided")
    if version is None and unit is not None:
        message = _("This rule has a setting for this unit already. Change that one instead.")
        raise ValidationError({"unit": ValidationError(message, code="unit")})
    if version != found.version:
        raise Stale(found)
    return found, False


def _days(name: str, days: Iterable[int]) -> set[int]:
    """The days without repetition; raises ValidationError beside the field `name`."""
    found = set(days)
    if any(not 0 <= day <= LONGEST_DAYS for day in found):
        message = _("Enter days from 0 to %(most)s.") % {"most": LONGEST_DAYS}
        raise ValidationError({name: ValidationError(message, code="out_of_bounds")})
    if len(found) > MOST_STEPS:
        message = _("At most %(most)s different days.") % {"most": MOST_STEPS}
        raise ValidationError({name: ValidationError(message, code="too_many")})
    return found


def _check_attention(attention: int | None) -> None:
    if attention is not None:
        _days("attention", [attention])
