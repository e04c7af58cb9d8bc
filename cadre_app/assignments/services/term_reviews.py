"""到村任职期满考核 reviews of village terms: opened in time, moved with the term, voided, restored."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.assignments.models import LeaveKind, ProjectKind, ProjectState, ResearchProject, TermReview
from cadre_app.assignments.policies import TERM_REVIEW_DAYS
from cadre_app.assignments.services.leave_counting import days_within
from cadre_app.history import services as history
from cadre_app.people.models import VillageTerm
from cadre_app.people.services.checks import clean, lock_open_file, refuse_standing
from cadre_app.people.services.terms import lock_term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.assignments.models import Leave

A_RUN = 100


@transaction.atomic
def open_review(term: VillageTerm, *, version: int | None = None, actor: "User | None") -> TermReview:
    """Begin the review of a term that ends soon or has ended. Raises Stale; ValidationError also where it has one."""
    trainee, term = lock_term(term, version)
    day = ends_on(term)
    if term.is_cut_short:
        raise ValidationError(_("This village term ended early: it has no review of its end."), code="cut_short")
    if day is None:
        message = _(
            "This village term is interrupted and has no end yet. Enter the last day of the interruption first."
        )
        raise ValidationError(message, code="interrupted")
    first = day - timedelta(days=TERM_REVIEW_DAYS.now())
    if timezone.localdate() < first:
        message = _("The term ends on %(day)s: its review opens on %(first)s.")
        known = {"day": formats.date_format(day), "first": formats.date_format(first)}
        raise ValidationError(message % known, code="too_early")
    review = TermReview(term=term, due_on=day)
    with history.change(review, actor=actor, verb="assignments.termreview.opened"):
        clean(review)
        review.save(force_insert=True)
    term.trainee = trainee
    return review


@transaction.atomic
def void_review(review: TermReview, *, reason: str, version: int | None = None, actor: "User") -> TermReview:
    """Opened by mistake; what was written in it is kept. Raises Stale; ValidationError for a filed one."""
    review = lock_review(review, version, however_ended=True)
    refuse_filed(review)
    history.void(review, actor=actor, reason=reason)
    return TermReview.objects.get(pk=review.pk)


@transaction.atomic
def restore_review(review: TermReview, *, reason: str = "", version: int | None = None, actor: "User") -> TermReview:
    """Undo `void_review`. Raises Stale; ValidationError while another review of the term stands."""
    lock_open_file(VillageTerm.objects.values_list("trainee_id", flat=True).get(pk=review.term_id))
    review = TermReview.objects.lock(review.pk, version)
    refuse_standing(review)
    history.restore(review, actor=actor, reason=reason)
    return TermReview.objects.get(pk=review.pk)


def sweep_reviews() -> int:
    """Open the reviews that are due, and move those whose term has another end by now; how many."""
    return _open_due() + _move_along()


def lock_review(review: TermReview, version: int | None = None, *, however_ended: bool = False) -> TermReview:
    """The open file, the standing term, the standing review, locked in this order. Raises Stale; ValidationError, also
    where the term ended early, unless it does not matter.
    """
    term = VillageTerm.objects.get(pk=review.term_id)
    trainee, term = lock_term(term)
    review = TermReview.objects.lock(review.pk, version)
    if review.is_voided:
        raise ValidationError(_("This review is voided."), code="voided")
    if term.is_cut_short and not however_ended:
        raise ValidationError(_("This village term ended early: it has no review of its end."), code="cut_short")
    term.trainee = trainee
    review.term = term
    return review


def refuse_filed(review: TermReview) -> None:
    """Nor one that ended by prolonging the term: both are decided."""
    if review.filed_on is not None:
        raise ValidationError(_("This review is filed: it can be read, no longer changed."), code="filed")
    if review.prolonged_on is not None:
        message = _("The village term was prolonged after this review: it can be read, no longer changed.")
        raise ValidationError(message, code="prolonged")


def ends_on(term: VillageTerm) -> date | None:
    """The last day that was, else the last day planned."""
    return term.ended_on or term.due_on


def days_of_term(term: VillageTerm, leaves: "Iterable[Leave]") -> int:
    """Days of approved and ended leave inside the term, also of those to come; being away on duty is no leave."""
    last = ends_on(term) or date.max
    return sum(days_within(one, term.started_on, last) for one in leaves if one.kind != LeaveKind.AWAY)


def report_of(term: VillageTerm) -> ResearchProject | None:
    """The research report of the term, wherever it stands, a dropped one only where there is no other; one query."""
    rows = ResearchProject.objects.standing().filter(term=term, kind=ProjectKind.PERSONAL)
    return rows.order_by(Case(When(state=ProjectState.DROPPED, then=1), default=0), "-created_at").first()


def has_report(term: VillageTerm) -> bool:
    """A research report of the term is handed in."""
    return ResearchProject.objects.handed_in().filter(term=term, kind=ProjectKind.PERSONAL).exists()


def handed_in() -> Exists:
    """The research report of a term is handed in."""
    return Exists(ResearchProject.objects.handed_in().filter(term=OuterRef("pk"), kind=ProjectKind.PERSONAL))


def unreviewed(until: date) -> "QuerySet[VillageTerm]":
    """Terms that run and end by `until`, of open files, of which no review was opened for that end."""
    rows = VillageTerm.objects.standing().filter(ended_on=None, due_on__lte=until)
    rows = rows.filter(trainee__departed_on=None, trainee__voided_at=None)
    known = TermReview.objects.filter(term=OuterRef("pk")).filter(
        Q(voided_at=None, prolonged_on=None) | Q(due_on=OuterRef("due_on"))
    )
    return rows.filter(~Exists(known))


def _open_due() -> int:
    until = timezone.localdate() + timedelta(days=TERM_REVIEW_DAYS.now())
    opened = 0
    for term in list(unreviewed(until).order_by("due_on", "pk")[:A_RUN]):
        try:
            open_review(term, actor=None)
        except ValidationError:
            continue  # opened, ended or interrupted a moment ago
        opened += 1
    return opened


def _move_along() -> int:
    day = Coalesce("term__ended_on", "term__due_on")
    rows = (
        TermReview.objects.open()
        .annotate(end=day)
        .filter(end__isnull=False, term__is_cut_short=False)
        .exclude(due_on=F("end"))
    )
    moved = 0
    for row in list(rows.order_by("pk")[:A_RUN]):
        moved += _moved(row)
    return moved


@transaction.atomic
def _moved(review: TermReview) -> int:
    review = TermReview.objects.lock(review.pk)
    term = VillageTerm.objects.get(pk=review.term_id)
    day = ends_on(term)
    if day is None or day == review.due_on or review.filed_on or review.prolonged_on or review.is_voided:
        return 0
    with history.change(review, actor=None, verb="assignments.termreview.moved"):
        review.due_on = day
        review.save(update_fields=["due_on", "updated_at"])
    return 1
