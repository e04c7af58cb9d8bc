"""Who works on a research topic: named by those who propose it or by staff, changed, led, left.

The team closes when its report goes to reviewers: from then on staff alone take out who was entered by mistake or add
who was left out, with a reason.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import ProjectKind, ResearchMember, ResearchProject, ResearchReview
from cadre_app.assignments.services.report_prizes import award_newcomers, take_awards_back
from cadre_app.assignments.services.research_states import TEAM_CHANGES, TEAM_CORRECTIONS, lock_project
from cadre_app.history import services as history
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import relatives_of
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future
from cadre_app.people.writing.names import tidy_name

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_MEMBERS = 12
SEPARATORS = re.compile(r"[\n,，、;；]+")
WITH_UNIT = re.compile(r"^(?P<name>.+?)\s*[（(](?P<unit>.+?)[）)]$")


def trainees_named(text: str, *, field: str = "names") -> list[Trainee]:
    """Those in development whom `text` names, one in a line or with commas; a unit in brackets tells namesakes apart.

    Raises ValidationError beside `field` for a name that nobody or more than one bears.
    """
    found, problems = [], []
    for part in filter(None, (piece.strip() for piece in SEPARATORS.split(text))):
        told = WITH_UNIT.match(part)
        name, unit = (told["name"], told["unit"]) if told else (part, "")
        rows = Trainee.objects.standing().in_development().filter(person__name=tidy_name(name))
        if unit:
            rows = rows.filter(Q(home_unit__name=unit) | Q(home_unit__short_name=unit))
        hits = list(rows.select_related("person", "home_unit").order_by("pk")[:2])
        if len(hits) == 1:
            found.append(hits[0])
        else:
            problems.append(_several(part) if hits else _nobody(part))
    if problems:
        raise ValidationError({field: problems})
    return found


@transaction.atomic
def add_members(
    project: ResearchProject,
    *,
    names: str,
    share: str = "",
    reason: str = "",
    version: int | None = None,
    actor: "User",
) -> ResearchProject:
    """Take people into a team topic; once it is with reviewers this corrects the team and needs a reason. Its prizes
    are theirs too. Raises Stale; ValidationError by field.
    """
    project = lock_team(project, version, reason=reason)
    trainees = trainees_named(names)
    if not trainees:
        raise refusal("names", _("Name at least one person."), code="none")
    members = take_in(project, trainees, share=share, reason=reason, actor=actor)
    award_newcomers(project, members, actor=actor)
    return project


def take_in(
    project: ResearchProject,
    trainees: Iterable[Trainee],
    *,
    lead: bool = False,
    share: str = "",
    reason: str = "",
    actor: "User",
) -> list[ResearchMember]:
    """New members of a locked project, the first of them as its lead where `lead`. Raises ValidationError."""
    wanted = list({trainee.pk: trainee for trainee in trainees}.values())
    there = set(project.members.standing().values_list("trainee_id", flat=True))
    _check_newcomers(project, wanted, there)
    today = timezone.localdate()
    members = []
    for number, trainee in enumerate(wanted):
        member = ResearchMember(project=project, trainee=trainee, share=share, joined_on=today)
        member.is_lead = lead and number == 0
        with history.change(member, actor=actor, verb="assignments.researchmember.joined", reason=reason):
            clean(member)
            member.save()
        members.append(member)
    return members


@transaction.atomic
def change_share(member: ResearchMember, *, share: str, version: int | None = None, actor: "User") -> ResearchMember:
    """Say what somebody's part of the work is. Raises Stale, ValidationError."""
    lock_project(member.project, states=TEAM_CHANGES)
    member = _lock(member, version)
    with history.change(member, actor=actor, verb="assignments.researchmember.changed"):
        member.share = share
        clean(member)
        member.save()
    return member


@transaction.atomic
def leave_team(
    member: ResearchMember, *, left_on: date, share: str = "", version: int | None = None, actor: "User"
) -> ResearchMember:
    """Somebody leaves; their part of the work stays theirs. Raises Stale, ValidationError by field."""
    lock_team(member.project)
    member = _lock(member, version)
    if member.is_lead:
        raise ValidationError(_("Let somebody else lead the team first."), code="lead")
    refuse_future("left_on", left_on)
    refuse_before("left_on", left_on, member.joined_on, _("Nobody leaves a team before joining it."))
    with history.change(member, actor=actor, verb="assignments.researchmember.left"):
        member.left_on, member.share = left_on, share
        clean(member)
        member.save()
    return member


@transaction.atomic
def rejoin_team(member: ResearchMember, *, version: int | None = None, actor: "User") -> ResearchMember:
    """Somebody who left is back, or never left. Raises Stale, ValidationError."""
    lock_team(member.project)
    member = ResearchMember.objects.lock(member.pk, version)
    if member.is_voided or member.trainee.is_read_only:
        raise ValidationError(_("This person can no longer be taken into the team."), code="closed")
    with history.change(member, actor=actor, verb="assignments.researchmember.rejoined"):
        member.left_on = None
        member.save()
    return member


@transaction.atomic
def make_lead(member: ResearchMember, *, version: int | None = None, actor: "User") -> ResearchMember:
    """Somebody else of the team leads it from now on. Raises Stale, ValidationError."""
    lock_team(member.project)
    member = _lock(member, version)
    if member.trainee.is_read_only:
        raise ValidationError(_("Whoever has left the programme cannot lead the team."), code="closed")
    before = ResearchMember.objects.standing().filter(project=member.project_id, is_lead=True).exclude(pk=member.pk)
    for other in before.select_for_update(of=("self",)):
        with history.change(other, actor=actor, verb="assignments.researchmember.lead_handed_over"):
            other.is_lead = False
            other.save()
    with history.change(member, actor=actor, verb="assignments.researchmember.leads"):
        member.is_lead = True
        clean(member)
        member.save()
    return member


@transaction.atomic
def remove_member(member: ResearchMember, *, reason: str, version: int | None = None, actor: "User") -> ResearchMember:
    """Take out somebody who was entered by mistake, with their awards of its prizes. Raises Stale, ValidationError."""
    lock_team(member.project, reason=reason)
    found = ResearchMember.objects.lock(member.pk, version)
    if found.is_lead:
        raise ValidationError(_("Let somebody else lead the team first."), code="lead")
    history.void(found, actor=actor, reason=reason)
    take_awards_back(found, reason=reason, actor=actor)
    return ResearchMember.objects.get(pk=found.pk)


def lock_team(project: ResearchProject, version: int | None = None, *, reason: str = "") -> ResearchProject:
    """Lock a team topic whose team may change, or with a `reason` be corrected. Raises Stale, ValidationError."""
    states = (*TEAM_CHANGES, *TEAM_CORRECTIONS) if reason else TEAM_CHANGES
    project = lock_project(project, version, states=states)
    if project.kind == ProjectKind.PERSONAL:
        raise ValidationError(_("A personal report has one author."), code="personal")
    return project


def _lock(member: ResearchMember, version: int | None) -> ResearchMember:
    member = ResearchMember.objects.lock(member.pk, version)
    if member.is_voided or member.left_on is not None:
        raise ValidationError(_("This person is not in the team any more."), code="left")
    return member


def _check_newcomers(project: ResearchProject, wanted: list[Trainee], there: "set[Any]") -> None:
    if double := next((one for one in wanted if one.pk in there), None):
        message = _("%(name)s is in the team already, or left it and can be taken back.")
        raise refusal("names", message % {"name": double.person.name}, code="double")
    if len(there) + len(wanted) > MOST_MEMBERS:
        raise refusal("names", _("A team has %(most)s members at most.") % {"most": MOST_MEMBERS}, code="too_many")
    reviewers = set(
        ResearchReview.objects.standing().filter(report__project=project).values_list("reviewer_id", flat=True)
    )
    barred = reviewers | relatives_of(reviewers)
    if partial := next((one for one in wanted if one.person_id in barred), None):
        message = _("%(name)s reviews this report or is a declared relative of a reviewer.")
        raise refusal("names", message % {"name": partial.person.name}, code="reviewer")


def _nobody(name: str) -> ValidationError:
    message = _("Nobody in development bears the name “%(name)s”.")
    return ValidationError(message, code="unknown", params={"name": name})


def _several(name: str) -> ValidationError:
    message = _("Several people are called “%(name)s”: add the unit in brackets.")
    return ValidationError(message, code="several", params={"name": name})
