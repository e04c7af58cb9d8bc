"""Who is on the list of a symposium: put on it, taken off, their answers, and who was there."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cadre_app.care.models import Answer, Invitation, Presence, Symposium, SymposiumState, Told
from cadre_app.care.models.meeting_choices import COMING
from cadre_app.care.services import symposium_news as news
from cadre_app.care.services.symposiums import lock_symposium, require_state
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 500
OPEN = (*COMING, SymposiumState.HELD)


@transaction.atomic
def invite_many(symposium: Symposium, *, trainees: Iterable[Trainee], actor: "User") -> list[Invitation]:
    """Put people of the unit on the list, each once; of one that was notified they are told at once.

    `trainees` are already narrowed to those whom `actor` works on. Raises ValidationError.
    """
    symposium = lock_symposium(symposium)
    require_state(symposium, OPEN)
    there = set(symposium.invitations.standing().values_list("trainee_id", flat=True))
    wanted = {file.pk: file for file in trainees if file.pk not in there}
    if not wanted:
        message = _("Nobody is left: each of them is on the list already, or is not yours to put on it.")
        raise ValidationError(message, code="nobody")
    if any(file.home_unit.path not in symposium.unit.range for file in wanted.values()):
        message = _("Somebody does not belong to the unit that holds the symposium.")
        raise ValidationError(message, code="out_of_scope")
    if len(there) + len(wanted) > MOST:
        message = _("A symposium has %(most)s people on its list at most.") % {"most": MOST}
        raise ValidationError(message, code="too_many")
    invited = [Invitation(symposium=symposium, trainee=file) for file in wanted.values()]
    Invitation.objects.bulk_create(invited)
    history.record_created_many(invited, actor=actor, verb="care.invitation.added")
    if symposium.state == SymposiumState.NOTIFIED:
        news.tell(invited, Told.INVITED)
    return invited


@transaction.atomic
def take_off(invitation: Invitation, *, reason: str, version: int | None = None, actor: "User") -> Invitation:
    """Take somebody off the list; whoever was notified is told. Raises Stale, ValidationError."""
    symposium = lock_symposium(invitation.symposium)
    require_state(symposium, OPEN)
    _refuse_spoken(symposium, [invitation])
    history.void(invitation, actor=actor, reason=reason, version=version)
    if symposium.state == SymposiumState.NOTIFIED:
        news.tell([invitation], Told.TAKEN_OFF, reason=reason)
    else:
        news.close([invitation])
    return Invitation.objects.get(pk=invitation.pk)


@transaction.atomic
def answer_invitation(
    invitation: Invitation, *, answer: str, answer_reason: str = "", version: int | None = None, actor: "User"
) -> Invitation:
    """参加 or 请假 (with the reason), by the person invited, until it has begun. Raises Stale, or ValidationError by field."""
    symposium = lock_symposium(invitation.symposium)
    if symposium.state != SymposiumState.NOTIFIED or symposium.has_begun:
        raise ValidationError(_("An answer is no longer asked for."), code="not_asked")
    invitation = Invitation.objects.lock(invitation.pk, version)
    if invitation.is_voided:
        raise ValidationError(_("You are no longer on the list of this symposium."), code="voided")
    invitation.symposium = symposium
    with history.change(invitation, actor=actor, verb="care.invitation.answered"):
        invitation.answer = answer
        invitation.answer_reason = answer_reason if answer == Answer.EXCUSED else ""
        clean(invitation)
        invitation.save()
    news.close([invitation])
    return invitation


@transaction.atomic
def record_attendance(
    symposium: Symposium, *, presence: Mapping[UUID, str], version: int | None = None, actor: "User"
) -> Symposium:
    """到会、请假、缺席 by key of the invitation; with it the symposium was held. Raises Stale, ValidationError.

    It is refused before it begins; whoever is not named stays as recorded.
    """
    symposium = lock_symposium(symposium, version)
    require_state(symposium, OPEN)
    if symposium.is_ahead:
        raise ValidationError(_("Attendance is recorded once the symposium has begun."), code="future")
    rows = list(symposium.invitations.standing().filter(pk__in=presence).select_for_update(of=("self",)))
    if not rows:
        raise ValidationError(_("Put people on the list first."), code="nobody")
    _refuse_spoken(symposium, [row for row in rows if presence[row.pk] != Presence.PRESENT])
    with history.changes_many(rows, actor=actor, verb="care.invitation.recorded"):
        for row in rows:
            row.presence = presence[row.pk]
            clean(row)
        Invitation.objects.bulk_update(rows, ["presence"])
    news.close(rows)
    with history.change(symposium, actor=actor, verb="care.symposium.held"):
        symposium.state = SymposiumState.HELD
        clean(symposium)
        symposium.save()
    Symposium.objects.filter(pk=symposium.pk).update(version=F("version") + 1)
    symposium.version += 1
    return symposium


def _refuse_spoken(symposium: Symposium, absent: "list[Invitation]") -> None:
    """Raise ValidationError where a remark stands of somebody who was not there."""
    found = symposium.remarks.standing().filter(trainee__in=[one.trainee_id for one in absent])
    remark = found.select_related("trainee__person").first()
    if remark is not None and remark.trainee is not None:
        message = _("A remark of %(name)s stands in the minutes: “%(remark)s”. Change or void it first.")
        known = {"name": remark.trainee.person.name, "remark": Truncator(remark.text).chars(30)}
        raise ValidationError(message % known, code="spoke")
