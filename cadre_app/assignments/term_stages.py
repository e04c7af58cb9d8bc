"""到村任职 where a village term stands (demo-texts A3), from its dates and its review; the same as one SQL condition."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import DateField, Exists, F, Func, OuterRef, Prefetch, Q, Value
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models import TermConclusion, TermReview
from cadre_app.people.models import Interruption, PartyStage, TermRole, VillageTerm
from cadre_app.people.services.terms import PARTY_MEMBER, due_day, fitting_role

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User


class TermStage(models.TextChoices):
    """未到村 → 在村 → 期满待考核 → 期满合格；中断、顺延; and how terms end that have no review."""

    NOT_STARTED = "not_started", pgettext_lazy("village term", "Not started")
    UNDER_WAY = "under_way", pgettext_lazy("village term", "Under way")
    EXTENDED = "extended", pgettext_lazy("village term", "Extended")
    INTERRUPTED = "interrupted", pgettext_lazy("village term", "Interrupted")
    ASSESSMENT_DUE = "assessment_due", pgettext_lazy("village term", "Assessment due")
    PASSED = "passed", pgettext_lazy("village term", "Passed")
    COMPLETED = "completed", pgettext_lazy("village term", "Completed")
    CUT_SHORT = "cut_short", pgettext_lazy("village term", "Ended early")


MARKS = {
    TermStage.NOT_STARTED: "none",
    TermStage.UNDER_WAY: "ok",
    TermStage.EXTENDED: "ok",
    TermStage.INTERRUPTED: "miss",
    TermStage.ASSESSMENT_DUE: "soon",
    TermStage.PASSED: "ok",
    TermStage.COMPLETED: "ok",
    TermStage.CUT_SHORT: "idle",
}


# The day after the last one that was planned at first.
PLANNED = Func(
    F("started_on"),
    F("months"),
    template="(%(expressions)s * interval '1 month')::date",
    arg_joiner=" + ",
    output_field=DateField(),
)


def with_stage(terms: "QuerySet[VillageTerm]", day: date) -> Any:
    """Terms with `is_interrupted` and `standing_reviews`, from which `stage_of` reads."""
    reviews = Prefetch("reviews", TermReview.objects.standing(), to_attr="standing_reviews")
    return terms.annotate(is_interrupted=_interrupted(day)).prefetch_related(reviews)


def stage_of(term: Any, day: date) -> TermStage:
    """Of a term from `with_stage`, on a local date."""
    review = review_of(term)
    if term.ended_on is not None:
        return _ended(term, review)
    if term.started_on > day:
        return TermStage.NOT_STARTED
    if term.is_interrupted:
        return TermStage.INTERRUPTED
    if term.due_on is not None and term.due_on < day:
        return TermStage.ASSESSMENT_DUE
    is_later = due_day(term, 0) < day or any(one.prolonged_on is not None for one in term.standing_reviews)
    return TermStage.EXTENDED if is_later else TermStage.UNDER_WAY


def stage_mark(term: Any, day: date) -> tuple[str, str]:
    return _mark(stage_of(term, day))


def marks_of_ended(user: "User", terms: "Collection[UUID]") -> "dict[UUID, tuple[str, str]]":
    """As `stage_mark`, of terms that ran to their end and have a review that `user` sees; one query."""
    reviews = TermReview.objects.visible_to(user).standing().filter(term__in=terms)
    return {one.term_id: _mark(_reviewed(one)) for one in reviews}


def with_ending(terms: "QuerySet[VillageTerm]") -> Any:
    """Terms with `is_in_review` and `has_passed`, from which `ending_mark` reads."""
    reviews = TermReview.objects.standing().filter(term=OuterRef("pk"))
    return terms.annotate(
        is_in_review=Exists(reviews.filter(filed_on=None)),
        has_passed=Exists(reviews.filter(filed_on__isnull=False, conclusion=TermConclusion.PASSED)),
    )


def ending_mark(term: Any) -> tuple[str, str]:
    """Of a term from `with_ending` that ended: as `stage_mark`."""
    if term.is_cut_short:
        return _mark(TermStage.CUT_SHORT)
    if term.is_in_review:
        return _mark(TermStage.ASSESSMENT_DUE)
    return _mark(TermStage.PASSED if term.has_passed else TermStage.COMPLETED)


def review_of(term: Any) -> TermReview | None:
    """The review of a term from `with_stage`, without those that ended by prolonging it."""
    return next((review for review in term.standing_reviews if review.prolonged_on is None), None)


def in_stage(stage: str, day: date) -> Q:
    """As `stage_of`, over terms."""
    runs, begun = Q(ended_on=None), Q(started_on__lte=day)
    still = Q(_interrupted(day))
    late = Q(due_on__isnull=False, due_on__lt=day)
    here = runs & begun & ~still
    filed = TermReview.objects.standing().filter(term=OuterRef("pk"))
    later = Q(LessThanOrEqual(PLANNED, Value(day, DateField()))) | Q(Exists(filed.filter(prolonged_on__isnull=False)))
    passed = Q(Exists(filed.filter(filed_on__isnull=False, conclusion=TermConclusion.PASSED)))
    open_one = has_open_review()
    over = Q(ended_on__isnull=False, is_cut_short=False)
    conditions = {
        TermStage.NOT_STARTED: runs & ~begun,
        TermStage.INTERRUPTED: runs & begun & still,
        TermStage.ASSESSMENT_DUE: (here & late) | (over & open_one),
        TermStage.EXTENDED: here & ~late & later,
        TermStage.UNDER_WAY: here & ~late & ~later,
        TermStage.PASSED: over & passed,
        TermStage.COMPLETED: over & ~passed & ~open_one,
        TermStage.CUT_SHORT: Q(ended_on__isnull=False, is_cut_short=True),
    }
    return conditions[TermStage(stage)]


def has_open_review() -> Q:
    """Over terms: a review of the end was opened and is neither filed nor voided."""
    return Q(Exists(TermReview.objects.open().filter(term=OuterRef("pk"))))


def role_does_not_fit() -> Q:
    """A full Party member beside the director, or another beside the secretary, while the term runs."""
    full = Q(trainee__person__party_stage=PartyStage.FULL)
    full |= Q(trainee__person__party_stage="", trainee__person__political_status=PARTY_MEMBER)
    wrong = (Q(role=TermRole.DIRECTOR) & full) | (Q(role=TermRole.SECRETARY) & ~full)
    return Q(ended_on=None) & wrong


def misfits(term: VillageTerm) -> bool:
    """As `role_does_not_fit`, of a term with its person."""
    return term.ended_on is None and term.role != fitting_role(term.trainee.person)


def _ended(term: VillageTerm, review: TermReview | None) -> TermStage:
    if term.is_cut_short:
        return TermStage.CUT_SHORT
    if review is None:
        return TermStage.COMPLETED
    return _reviewed(review)


def _reviewed(review: TermReview) -> TermStage:
    if review.filed_on is None:
        return TermStage.ASSESSMENT_DUE
    return TermStage.PASSED if review.conclusion == TermConclusion.PASSED else TermStage.COMPLETED


def _mark(stage: TermStage) -> tuple[str, str]:
    return MARKS[stage], str(stage.label)


def _interrupted(day: date) -> Exists:
    found = Interruption.objects.standing().filter(term=OuterRef("pk"), started_on__lte=day)
    return Exists(found.filter(Q(ended_on=None) | Q(ended_on__gte=day)))
