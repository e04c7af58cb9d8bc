"""发言摘要 what was said at a symposium: by somebody invited, by a guest, or without a name."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.care.models import Presence, Remark, Symposium, SymposiumState
from cadre_app.care.services.symposiums import lock_symposium, require_state
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def add_remark(
    symposium: Symposium,
    *,
    text: str,
    trainee: Trainee | None = None,
    speaker: str = "",
    is_anonymous: bool = False,
    actor: "User",
) -> Remark:
    """Enter a remark at one that was held; an anonymous one keeps nobody's name. Raises ValidationError by field."""
    symposium = lock_symposium(symposium)
    require_state(symposium, (SymposiumState.HELD,))
    remark = Remark(symposium=symposium)
    with history.change(remark, actor=actor, verb="care.remark.added"):
        _set(remark, text, trainee, speaker, is_anonymous=is_anonymous)
        remark.save(force_insert=True)
    return remark


@transaction.atomic
def change_remark(
    remark: Remark,
    *,
    text: str,
    trainee: Trainee | None = None,
    speaker: str = "",
    is_anonymous: bool = False,
    version: int | None = None,
    actor: "User",
) -> Remark:
    """Correct a remark. Raises Stale, or ValidationError by field."""
    symposium = lock_symposium(remark.symposium)
    require_state(symposium, (SymposiumState.HELD,))
    remark = Remark.objects.lock(remark.pk, version)
    if remark.is_voided:
        raise ValidationError(_("This entry was voided: it can be read, no longer changed."), code="voided")
    remark.symposium = symposium
    with history.change(remark, actor=actor, verb="care.remark.changed"):
        _set(remark, text, trainee, speaker, is_anonymous=is_anonymous)
        remark.save()
    return remark


@transaction.atomic
def void_remark(remark: Remark, *, reason: str, version: int | None = None, actor: "User") -> Remark:
    """Take a remark out that was entered by mistake. Raises Stale, ValidationError."""
    require_state(lock_symposium(remark.symposium), (SymposiumState.HELD,))
    history.void(remark, actor=actor, reason=reason, version=version)
    return Remark.objects.get(pk=remark.pk)


def _set(remark: Remark, text: str, trainee: Trainee | None, speaker: str, *, is_anonymous: bool) -> None:
    remark.text, remark.is_anonymous = text, is_anonymous
    remark.trainee, remark.speaker = (None, "") if is_anonymous else (trainee, speaker)
    if remark.trainee is not None:
        there = remark.symposium.invitations.standing().filter(trainee=remark.trainee, presence=Presence.PRESENT)
        if not there.exists():
            raise refusal("trainee", _("This person was not recorded as present."), code="not_there")
    clean(remark)
