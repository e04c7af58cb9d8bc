"""What reviews of village terms give to the growth file: those that are decided, for business roles and the own file."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.assignments.models import TermConclusion, TermReview
from cadre_app.core.growth import Access, Entries, GrowthSource, Row, Words, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.growth import PRACTICE


def announce() -> None:
    """Called once, when the app is ready."""
    growth_sources.register(
        "assignments.term_prolonged",
        GrowthSource((PRACTICE,), review_words, reviews_seen, failed_reviews, order=47),
    )
    growth_sources.register(
        "assignments.term_review", GrowthSource((PRACTICE,), review_words, reviews_seen, reviews, order=48)
    )


def reviews_seen(access: Access) -> bool | None:
    """Business roles and the own file; mentors do not see how a term was assessed."""
    return True if access.reads(*BUSINESS_ROLES) else None


def reviews(trainee: UUID, seen: bool) -> Entries:
    """Filed reviews of standing terms."""
    rows = TermReview.objects.standing().filter(term__trainee=trainee, term__voided_at=None, filed_on__isnull=False)
    data: dict[str, Any] = {"village": "term__village__name", "term": "term"}
    return Entries(rows, day="filed_on", kind=PRACTICE, data=data, status=F("conclusion"))


def failed_reviews(trainee: UUID, seen: bool) -> Entries:
    """Not passed: the term was prolonged after it."""
    rows = TermReview.objects.standing().filter(term__trainee=trainee, term__voided_at=None, prolonged_on__isnull=False)
    data: dict[str, Any] = {"village": "term__village__name", "term": "term"}
    return Entries(rows, day="prolonged_on", kind=PRACTICE, data=data, status=F("conclusion"))


def review_words(row: Row, access: Access) -> Words:
    passed = row.status == TermConclusion.PASSED
    return Words(
        _("End-of-village-term assessment: %(village)s") % {"village": row.data["village"]},
        state="ok" if passed else "over",
        label=str(TermConclusion(row.status).label),
        url=reverse("assignments:term_detail", kwargs={"pk": row.data["term"]}),
    )
