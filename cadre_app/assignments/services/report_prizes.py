"""获奖 Prizes that were announced: each writes an award into the file of every member, and takes it back when voided."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.assignments.models import ResearchAward, ResearchMember, ResearchPrize, ResearchProject
from cadre_app.assignments.services.research_states import PRIZE_GIVEN, lock_project, refuse_barred
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refuse_before, refuse_future

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


@transaction.atomic
def record_prize(
    project: ResearchProject,
    *,
    level: str,
    rank: str,
    name: str,
    awarded_by: str,
    awarded_on: date,
    document_number: str,
    version: int | None = None,
    actor: "User",
) -> ResearchPrize:
    """Record a prize of a report that was sent up, awarded since, with an award for everybody who worked on it.

    Raises Stale, ValidationError by field.
    """
    project = lock_project(project, version, states=PRIZE_GIVEN)
    sent_on = _sent_on(project)
    refuse_barred(project)
    refuse_future("awarded_on", awarded_on)
    refuse_before("awarded_on", awarded_on, sent_on, _("The report was sent up after this day."))
    prize = ResearchPrize(project=project, level=level, rank=rank, name=name, awarded_by=awarded_by)
    prize.awarded_on, prize.document_number = awarded_on, document_number
    with history.change(prize, actor=actor, verb="assignments.researchprize.recorded"):
        clean(prize)
        prize.save()
    _award(prize, actor)
    return prize


@transaction.atomic
def void_prize(prize: ResearchPrize, *, reason: str, version: int | None = None, actor: "User") -> ResearchPrize:
    """Take a prize back, with the awards of its members. Raises Stale, ValidationError."""
    lock_project(prize.project)
    prize = ResearchPrize.objects.lock(prize.pk, version)
    if prize.is_voided:
        raise ValidationError(_("This prize is voided."), code="voided")
    history.void(prize, actor=actor, reason=reason)
    for award in ResearchAward.objects.standing().filter(prize=prize).select_for_update(of=("self",)):
        history.void(award, actor=actor, reason=reason)
    return ResearchPrize.objects.get(pk=prize.pk)


@transaction.atomic
def restore_prize(
    prize: ResearchPrize, *, reason: str = "", version: int | None = None, actor: "User"
) -> ResearchPrize:
    """A prize that was voided by mistake stands again, with its awards. Raises Stale, ValidationError."""
    project = lock_project(prize.project, states=PRIZE_GIVEN)
    sent_on = _sent_on(project)
    refuse_barred(project)
    prize = ResearchPrize.objects.lock(prize.pk, version)
    if not prize.is_voided:
        raise ValidationError(_("This prize is not voided."), code="not_voided")
    if prize.awarded_on < sent_on:
        raise ValidationError(_("The report was sent up after this day."), code="too_early")
    history.restore(prize, actor=actor, reason=reason)
    prize = ResearchPrize.objects.get(pk=prize.pk)
    _award(prize, actor)
    return prize


def award_newcomers(project: ResearchProject, members: "Iterable[ResearchMember]", *, actor: "User") -> None:
    """Prizes that stand already are theirs too, where the team was corrected."""
    rows = ResearchMember.objects.filter(pk__in=[member.pk for member in members])
    for prize in ResearchPrize.objects.standing().filter(project=project):
        _write(prize, rows, actor)


def take_awards_back(member: ResearchMember, *, reason: str, actor: "User") -> None:
    """Whoever was entered by mistake has no award of the team's prizes."""
    rows = ResearchAward.objects.standing().filter(prize__project=member.project_id, trainee=member.trainee_id)
    for award in rows.select_for_update(of=("self",)):
        history.void(award, actor=actor, reason=reason)


def _sent_on(project: ResearchProject) -> date:
    if project.submitted_on is None:
        message = _("This report was closed without being sent up. Open it again and send it up first.")
        raise ValidationError(message, code="not_sent")
    return project.submitted_on


def _award(prize: ResearchPrize, actor: "User") -> None:
    """For the team as it is, and for whoever left it with a part of the work."""
    members = ResearchMember.objects.standing().filter(project=prize.project).exclude(left_on__isnull=False, share="")
    _write(prize, members, actor)


def _write(prize: ResearchPrize, members: "QuerySet[ResearchMember]", actor: "User") -> None:
    """Also of those who have left the programme: what they did is theirs. Voided files take no records."""
    files = members.filter(trainee__voided_at=None)
    for member in files.select_related("trainee__person").order_by("-is_lead", "joined_on", "created_at", "pk"):
        award = ResearchAward(prize=prize, trainee=member.trainee, awarded_on=prize.awarded_on)
        with history.change(award, actor=actor, verb="assignments.researchaward.written"):
            clean(award)
            award.save()
