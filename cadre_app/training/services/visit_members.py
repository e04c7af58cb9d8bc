"""Who takes part in a study visit, and that they know of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.training.models import News, StudyVisit, VisitMember
from cadre_app.training.services import news
from cadre_app.training.services.visit_records import settle
from cadre_app.training.services.visits import lock_open

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST = 500


@transaction.atomic
def add_members(visit: StudyVisit, *, trainees: Iterable[Trainee], actor: "User | None") -> list[VisitMember]:
    """Put people on the list, each with one place; who is on it already is left out. Raises ValidationError.

    `trainees` are already narrowed to those whom `actor` may put on it.
    """
    visit = lock_open(visit)
    there = set(visit.members.standing().values_list("trainee_id", flat=True))
    wanted = {trainee.pk: trainee for trainee in trainees if trainee.pk not in there}
    if not wanted:
        raise ValidationError(_("Nobody is left: each of them is on the list already."), code="nobody")
    if len(there) + len(wanted) > MOST:
        message = _("A study visit has %(most)s participants at most.") % {"most": MOST}
        raise ValidationError(message, code="too_many")
    members = [VisitMember(visit=visit, trainee=trainee) for trainee in wanted.values()]
    VisitMember.objects.bulk_create(members)
    history.record_created_many(members, actor=actor, verb="training.visitmember.added")
    news.close(list(visit.members.exclude(voided_at=None).filter(trainee__in=wanted)))
    if _is_ahead(visit):
        news.tell(members, News.INVITED)
    return members


@transaction.atomic
def remove_member(member: VisitMember, *, reason: str, version: int | None = None, actor: "User") -> VisitMember:
    """Take somebody off the list while the visit is planned or held. Raises Stale, ValidationError."""
    visit = lock_open(member.visit)
    history.void(member, actor=actor, reason=reason, version=version)
    if _is_ahead(visit):
        news.tell([member], News.TAKEN_OFF, reason=reason)
    settle(visit, actor=actor)
    return VisitMember.objects.get(pk=member.pk)


@transaction.atomic
def note_visit(member: VisitMember, *, version: int | None = None, actor: "User") -> VisitMember:
    """知悉 The participant knows of the visit as it stands. Raises Stale."""
    member = VisitMember.objects.lock(member.pk, version)
    if member.is_voided:
        raise ValidationError(_("You are no longer on the list of this study visit."), code="voided")
    news.close([member])
    if member.told_at is None:
        with history.change(member, actor=actor, verb="training.visitmember.told"):
            member.told_at = timezone.now()
            member.save()
    return member


def _is_ahead(visit: StudyVisit) -> bool:
    """One that is past is only put on record."""
    return visit.visited_on >= timezone.localdate()
