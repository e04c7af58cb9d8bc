"""How far an annual assessment is, as the database works it out of its days."""

from django.db import models
from django.db.models import Case, Value, When

from cadre_app.appraisal.models.choices import AnnualState


def state_of_days() -> Case:
    """The first of these that holds, the latest step before earlier ones."""
    return Case(
        When(review_asked_on__isnull=False, review_answered_on=None, then=Value(AnnualState.REVIEW.value)),
        When(signed_on__isnull=False, then=Value(AnnualState.SIGNED.value)),
        When(filed_on__isnull=False, then=Value(AnnualState.FILED.value)),
        When(confirmed_on__isnull=False, then=Value(AnnualState.TO_FILE.value)),
        When(returned_on__isnull=False, then=Value(AnnualState.RETURNED.value)),
        When(notice_from__isnull=False, then=Value(AnnualState.NOTICE.value)),
        When(grade="", no_grade="", then=Value(AnnualState.NOT_STARTED.value)),
        default=Value(AnnualState.ENTERED.value),
        output_field=models.CharField(max_length=12),
    )
