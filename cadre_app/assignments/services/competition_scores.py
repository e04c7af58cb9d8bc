"""What a reviewer gives: result by result, handed in once for all of them; averages of what was handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Max, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import (
    Competition,
    CompetitionCriterion,
    CompetitionEntry,
    CompetitionReviewer,
    CompetitionScore,
    CompetitionState,
    EntryState,
)
from cadre_app.assignments.services.competitions import lock_competition
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

VERB, SCORE_VERB = "assignments.competitionreviewer", "assignments.competitionscore"
IN_REVIEW = (CompetitionState.REVIEW,)
ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True)
class Outcome:
    """What one result has by one criterion: mean (to one decimal, half up), lowest and highest of so many reviewers."""

    mean: Decimal
    low: int
    high: int
    count: int


def outcomes_of(competition: Competition) -> dict[tuple["UUID", "UUID"], Outcome]:
    """By result and criterion; one query."""
    rows = CompetitionScore.objects.counted(competition).order_by().values("entry", "criterion")
    rows = rows.annotate(total=Sum("points"), low=Min("points"), high=Max("points"), count=Count("pk"))
    return {
        (row["entry"], row["criterion"]): Outcome(
            mean_of(row["total"], row["count"]), row["low"], row["high"], row["count"]
        )
        for row in rows
    }


def mean_of(total: int, count: int) -> Decimal:
    """As it is shown and put in order: whoever shows the same mean shares a place."""
    return (Decimal(total) / count).quantize(ONE_DECIMAL, ROUND_HALF_UP)


@transaction.atomic
def score_result(
    reviewer: CompetitionReviewer,
    entry: CompetitionEntry,
    *,
    points: "Mapping[UUID, int]",
    comments: "Mapping[UUID, str]",
    version: int | None = None,
    actor: "User",
) -> CompetitionReviewer:
    """Keep points (by the key of the criterion) and comments for one result; they can be changed until all are handed in.
    Each keeping counts the version of the sheet up, so that an old tab overwrites nothing.

    Raises Stale; ValidationError by field `points_<key>`; for a result that is not verified.
    """
    competition, reviewer = _lock_waiting(reviewer, version)
    entry = CompetitionEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.competition_id != competition.pk or entry.is_voided or entry.state != EntryState.VERIFIED:
        raise ValidationError(_("Only verified results are scored."), code="not_verified")
    criteria = list(competition.criteria.standing())
    _check_points(criteria, points)
    rows = CompetitionScore.objects.standing().filter(reviewer=reviewer, entry=entry)
    there = {score.criterion_id: score for score in rows}
    for criterion in criteria:
        score = there.get(criterion.pk) or CompetitionScore(reviewer=reviewer, entry=entry, criterion=criterion)
        with history.change(score, actor=actor, verb=f"{SCORE_VERB}.given"):
            score.points, score.most = points[criterion.pk], criterion.points
            score.comment = comments.get(criterion.pk, "")
            clean(score)
            score.save()
    CompetitionReviewer.objects.filter(pk=reviewer.pk).update(version=F("version") + 1, updated_at=timezone.now())
    return CompetitionReviewer.objects.get(pk=reviewer.pk)


@transaction.atomic
def hand_in_scores(
    reviewer: CompetitionReviewer, *, is_free: bool, version: int | None = None, actor: "User"
) -> CompetitionReviewer:
    """All results at once, with the declaration that there is no conflict. Raises Stale, ValidationError by field."""
    competition, reviewer = _lock_waiting(reviewer, version)
    if not is_free:
        raise refusal("is_free", _("Declare it, or ask the department to release you."), code="required")
    if is_partial(reviewer):
        raise refusal("is_free", _("You have part in a result of this comparison and do not score it."), code="partial")
    missing = left_to_score(reviewer, competition)
    if missing:
        message = _("Not scored yet: %(names)s.")
        raise ValidationError(message % {"names": _(", ").join(str(entry) for entry in missing)}, code="missing")
    with history.change(reviewer, actor=actor, verb=f"{VERB}.handed_in"):
        reviewer.declared_on, reviewer.handed_in_at = timezone.localdate(), timezone.now()
        reviewer.return_reason = ""
        clean(reviewer)
        reviewer.save()
    return reviewer


@transaction.atomic
def take_scores_back(
    reviewer: CompetitionReviewer, *, reason: str = "", version: int | None = None, actor: "User"
) -> CompetitionReviewer:
    """The reviewer goes on scoring, as long as the review is not closed. Raises Stale, ValidationError."""
    return _reopen(reviewer, version, actor, step="taken_back", reason=reason, kept="")


@transaction.atomic
def return_scores(
    reviewer: CompetitionReviewer, *, reason: str, version: int | None = None, actor: "User"
) -> CompetitionReviewer:
    """退回 Staff ask the reviewer to look at it again; what was given stays. Raises Stale, ValidationError."""
    return _reopen(reviewer, version, actor, step="returned", reason=reason, kept=reason)


def left_to_score(reviewer: CompetitionReviewer, competition: Competition) -> list[CompetitionEntry]:
    """Verified results that lack a score by some criterion; two queries."""
    entries = CompetitionEntry.objects.verified().filter(competition=competition).select_related("front")
    rows = CompetitionScore.objects.standing().filter(reviewer=reviewer).order_by().values_list("entry")
    given = dict(rows.annotate(many=Count("pk")))
    asked = competition.criteria.standing().count()
    return [entry for entry in entries.order_by("front__order", "name", "pk") if given.get(entry.pk, 0) < asked]


def is_partial(reviewer: CompetitionReviewer) -> bool:
    """Whether the reviewer must not score, also where that came later (回避)."""
    return CompetitionReviewer.objects.filter(pk=reviewer.pk).barred().exists()


def _lock_waiting(reviewer: CompetitionReviewer, version: int | None) -> tuple[Competition, CompetitionReviewer]:
    """The comparison first: scores wait for its close, and its close for them."""
    competition = lock_competition(reviewer.competition, states=IN_REVIEW)
    found = CompetitionReviewer.objects.lock(reviewer.pk, version)
    if found.is_voided:
        raise ValidationError(_("This reviewer was released."), code="voided")
    if found.handed_in_at is not None:
        raise ValidationError(_("These scores are handed in already."), code="handed_in")
    return competition, found


def _reopen(
    reviewer: CompetitionReviewer, version: int | None, actor: "User", *, step: str, reason: str, kept: str
) -> CompetitionReviewer:
    lock_competition(reviewer.competition, states=IN_REVIEW)
    found = CompetitionReviewer.objects.lock(reviewer.pk, version)
    if found.is_voided or found.handed_in_at is None:
        raise ValidationError(_("These scores are not handed in."), code="waiting")
    with history.change(found, actor=actor, verb=f"{VERB}.{step}", reason=reason):
        found.handed_in_at, found.return_reason = None, kept
        found.save()
    return found


def _check_points(criteria: "Sequence[CompetitionCriterion]", points: "Mapping[UUID, int]") -> None:
    for criterion in criteria:
        given = points.get(criterion.pk)
        if given is None or not 0 <= given <= criterion.points:
            message = _("“%(name)s” takes 0 to %(most)s points.") % {"name": criterion.name, "most": criterion.points}
            raise refusal(f"points_{criterion.pk}", message, code="points")
