"""评审 Reviewers are named, write by the criteria of the call, hand in; staff return, take off, release to the team."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    ProjectNews,
    ProjectState,
    ReportVersion,
    ResearchMember,
    ResearchProject,
    ResearchReview,
)
from cadre_app.assignments.policies import REVIEWERS
from cadre_app.assignments.services.research_defaults import CRITERIA
from cadre_app.assignments.services.research_states import (
    REVIEWABLE,
    latest_version,
    lock_project,
    move,
    refuse_abandoned,
    reviews_of,
    tell,
    why_not_reviewed,
)
from cadre_app.history import services as history
from cadre_app.people.models import Person
from cadre_app.people.models.persons import relatives_of
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

IN_REVIEW = (ProjectState.REVIEW,)
LONGEST_REVIEW = timedelta(days=180)
VERB = "assignments.researchreview"


def criteria_of(project: ResearchProject) -> list[tuple[str, int]]:
    """Name and points of each criterion: those of the call, else the usual ones."""
    if project.call is None:
        return list(CRITERIA)
    return [(item["name"], item["points"]) for item in project.call.criteria]


def points_of(review: ResearchReview) -> list[tuple[str, int]]:
    """What was given, in the order of the criteria; of criteria that are gone after the others."""
    order = [name for name, _most in criteria_of(review.report.project)]
    given = review.points.items()
    return sorted(given, key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


@transaction.atomic
def name_reviewers(
    project: ResearchProject,
    *,
    persons: Sequence[Person],
    due_on: date,
    version: int | None = None,
    actor: "User",
) -> ResearchProject:
    """Give the latest version to reviewers: at least as many as the setting says. Raises Stale, ValidationError by field."""
    project = lock_project(project, version, states=REVIEWABLE)
    refuse_abandoned(project)
    report = latest_version(project)
    if report is None:
        raise ValidationError(_("No version is handed in yet."), code="no_version")
    wanted = list({person.pk: person for person in persons}.values())
    there = {review.reviewer_id for review in reviews_of(report) if not review.is_barred}
    _check_reviewers(project, wanted, there)
    _check_day(due_on)
    for person in wanted:
        review = ResearchReview(report=report, reviewer=person, due_on=due_on)
        with history.change(review, actor=actor, verb=f"{VERB}.given"):
            clean(review)
            review.save()
    with history.change(project, actor=actor, verb="assignments.researchproject.in_review"):
        move(project, ProjectState.REVIEW)
        project.reviews_released_on = None
        project.save()
    return project


@transaction.atomic
def hand_in_review(
    review: ResearchReview, *, points: Mapping[str, int], comment: str, version: int | None = None, actor: "User"
) -> ResearchReview:
    """Points for each criterion and what to say about the report. Raises Stale, ValidationError by field."""
    project = lock_project(review.report.project, states=IN_REVIEW)
    review = _lock(review, version)
    if review.handed_in_at is not None:
        raise ValidationError(_("This review is handed in already."), code="handed_in")
    criteria = criteria_of(project)
    _check_points(criteria, points)
    with history.change(review, actor=actor, verb=f"{VERB}.handed_in"):
        review.points = {name: points[name] for name, _most in criteria}
        review.total = sum(review.points.values())
        review.comment, review.handed_in_at = comment, timezone.now()
        clean(review)
        review.save()
    _count(project, review.report, actor)
    return review


@transaction.atomic
def move_review(review: ResearchReview, *, due_on: date, version: int | None = None, actor: "User") -> ResearchReview:
    """Another day for a review that is not handed in. Raises Stale, ValidationError by field."""
    lock_project(review.report.project, states=IN_REVIEW)
    review = _lock(review, version)
    if review.handed_in_at is not None:
        raise ValidationError(_("This review is handed in already."), code="handed_in")
    _check_day(due_on)
    with history.change(review, actor=actor, verb=f"{VERB}.day_moved"):
        review.due_on = due_on
        clean(review)
        review.save()
    return review


@transaction.atomic
def return_review(review: ResearchReview, *, reason: str, version: int | None = None, actor: "User") -> ResearchReview:
    """退回 The reviewer writes on; what was written stays. Raises Stale, ValidationError."""
    project = lock_project(review.report.project, states=IN_REVIEW)
    review = _lock(review, version)
    if review.handed_in_at is None:
        raise ValidationError(_("This review is not handed in."), code="waiting")
    _refuse_released(project)
    with history.change(review, actor=actor, verb=f"{VERB}.returned", reason=reason):
        review.handed_in_at = review.total = None
        review.save()
    _count(project, review.report, actor)
    return review


@transaction.atomic
def remove_review(review: ResearchReview, *, reason: str, version: int | None = None, actor: "User") -> ResearchReview:
    """Take a reviewer off the report. Raises Stale, ValidationError."""
    project = lock_project(review.report.project, states=IN_REVIEW)
    _refuse_released(project)
    history.void(_lock(review, version), actor=actor, reason=reason)
    _count(project, review.report, actor)
    return ResearchReview.objects.get(pk=review.pk)


@transaction.atomic
def release_reviews(project: ResearchProject, *, version: int | None = None, actor: "User") -> ResearchProject:
    """Show the team comments and total points, once all reviews are in. Raises Stale, ValidationError."""
    project = lock_project(project, version, states=(*REVIEWABLE[1:], ProjectState.SUBMITTED, ProjectState.CLOSED))
    if why := why_not_reviewed(project):
        raise ValidationError(why, code="not_ready")
    with history.change(project, actor=actor, verb="assignments.researchproject.released"):
        project.reviews_released_on = timezone.localdate()
        tell(project, ProjectNews.RELEASED)
        project.save()
    return project


@transaction.atomic
def unrelease_reviews(
    project: ResearchProject, *, reason: str, version: int | None = None, actor: "User"
) -> ResearchProject:
    """The team no longer sees them. Raises Stale, ValidationError."""
    project = lock_project(project, version)
    with history.change(project, actor=actor, verb="assignments.researchproject.unreleased", reason=reason):
        project.reviews_released_on = None
        project.save()
    return project


def _lock(review: ResearchReview, version: int | None) -> ResearchReview:
    found = ResearchReview.objects.lock(review.pk, version)
    if found.is_voided:
        raise ValidationError(_("This review was taken back."), code="voided")
    return found


def _refuse_released(project: ResearchProject) -> None:
    if project.reviews_released_on is not None:
        raise ValidationError(_("The team has read the reviews. Take the release back first."), code="released")


def _count(project: ResearchProject, report: ReportVersion, actor: "User") -> None:
    with history.change(project, actor=actor, verb="assignments.researchproject.counted"):
        project.reviews_done = sum(review.handed_in_at is not None for review in reviews_of(report))
        project.save(update_fields=["reviews_done", "updated_at"])


def _check_day(due_on: date) -> None:
    today = timezone.localdate()
    if due_on < today:
        raise refusal("due_on", _("This day has passed."), code="past")
    last = today + LONGEST_REVIEW
    if due_on > last:
        message = _("A review lasts until %(day)s at the most.") % {"day": formats.date_format(last)}
        raise refusal("due_on", message, code="too_late")


def _check_points(criteria: Sequence[tuple[str, int]], points: Mapping[str, int]) -> None:
    for name, most in criteria:
        given = points.get(name)
        if given is None or not 0 <= given <= most:
            message = _("“%(name)s” takes 0 to %(most)s points.") % {"name": name, "most": most}
            raise ValidationError(message, code="points")


def _check_reviewers(project: ResearchProject, wanted: Sequence[Person], there: "set[UUID]") -> None:
    least = REVIEWERS.now()
    if len(there | {person.pk for person in wanted}) < least:
        message = _("Name at least %(most)s reviewers, each of them once.") % {"most": least}
        raise refusal("persons", message, code="too_few")
    team = set(ResearchMember.objects.standing().filter(project=project).values_list("trainee__person_id", flat=True))
    relatives = relatives_of(team)
    for person in wanted:
        if message := _why_not(person, team, relatives, there):
            raise refusal("persons", message % {"name": person.name}, code="partial")


def _why_not(person: Person, team: "set[UUID]", relatives: "set[UUID]", there: "set[UUID]") -> str:
    if person.pk in team:
        return _("%(name)s is or was in this team and does not review its report.")
    if person.pk in relatives:
        return _("%(name)s is a declared relative of a member and does not review this report.")
    if person.pk in there:
        return _("%(name)s reviews this version already.")
    if person.account is None or not person.account.is_active:
        return _("%(name)s has no account to write a review with. Have one set up first.")
    return ""
