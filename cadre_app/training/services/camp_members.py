"""One member of a camp: on leave and back, out for another reason and in again. Grades follow from dates alone."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.file.gaps import facts_of
from cadre_app.people.services.checks import clean, lock_open_file, refuse_future
from cadre_app.stages.rules import Rules, StageKey, stage_on
from cadre_app.training.models import Camp, CampExit, CampMember

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def pause_member(member: CampMember, *, paused_reason: str, version: int | None = None, actor: "User") -> CampMember:
    """On leave: keeps the grade and is not put on rosters. Raises Stale, ValidationError."""
    member = _lock(member, version)
    _require_present(member)
    with history.change(member, actor=actor, verb="training.campmember.paused"):
        member.paused_reason = paused_reason
        clean(member)
        member.save()
    return member


@transaction.atomic
def resume_member(member: CampMember, *, version: int | None = None, actor: "User") -> CampMember:
    """Back from leave. Raises Stale, ValidationError."""
    member = _lock(member, version)
    _require_present(member)
    if not member.paused_reason:
        raise ValidationError(_("This person is not on leave."), code="not_paused")
    with history.change(member, actor=actor, verb="training.campmember.resumed"):
        member.paused_reason = ""
        member.save(update_fields=["paused_reason", "updated_at"])
    return member


@transaction.atomic
def let_leave(
    member: CampMember, *, left_on: date, left_note: str, version: int | None = None, actor: "User"
) -> CampMember:
    """Out of the camp for a reason that no date tells; `left_note` says which. Raises Stale; ValidationError by field."""
    member = _lock(member, version)
    _require_present(member)
    refuse_future("left_on", left_on)
    with history.change(member, actor=actor, verb="training.campmember.left"):
        member.left_on, member.left_kind, member.left_note = left_on, CampExit.OTHER, left_note
        member.paused_reason = ""
        clean(member)
        member.save()
    return member


@transaction.atomic
def bring_back(member: CampMember, *, reason: str, version: int | None = None, actor: "User") -> CampMember:
    """In the camp again. Raises Stale; ValidationError for a closed file or when the dates say that the camp is over."""
    trainee = lock_open_file(member.trainee_id)
    member = _lock(member, version)
    if member.left_on is None:
        raise ValidationError(_("This person is in the camp already."), code="present")
    today = timezone.localdate()
    facts = facts_of(trainee, trainee.village_terms.standing())
    if stage_on(facts, today, Rules.on(today)).stage is not StageKey.CAMP:
        message = _("By the dates of the file the camp is over for this person. Correct the village term first.")
        raise ValidationError(message, code="not_due")
    with history.change(member, actor=actor, verb="training.campmember.returned", reason=reason):
        member.left_on, member.left_kind, member.left_note = None, "", ""
        clean(member)
        member.save()
    return member


def _lock(member: CampMember, version: int | None) -> CampMember:
    """The camp first, so that nothing happens while grades are given out."""
    Camp.objects.lock(member.camp_id)
    found = CampMember.objects.lock(member.pk, version)
    if found.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    found.trainee, found.camp = member.trainee, member.camp
    return found


def _require_present(member: CampMember) -> None:
    if member.left_on is not None:
        raise ValidationError(_("This person has left the camp."), code="left")
