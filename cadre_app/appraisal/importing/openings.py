"""On which day a year was first opened here for a person."""

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils import timezone

from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from cadre_app.org.paths import PathRange


class Openings:
    """Of these assessments, in two queries. Voided openings count: to void a year and open it anew renews nothing."""

    def __init__(self, listed: "Collection[AnnualAssessment]") -> None:
        years = {one.year for one in listed}
        self._campaigns: defaultdict[int, list[tuple[PathRange, datetime]]] = defaultdict(list)
        for campaign in AssessmentYear.objects.filter(year__in=years).select_related("unit"):
            self._campaigns[campaign.year].append((campaign.unit.range, campaign.created_at))
        # Whoever moved since was assessed in another unit under an opening that is voided.
        rows = AnnualAssessment.objects.filter(trainee__in={one.trainee_id for one in listed}, year__in=years)
        moments = rows.order_by().values_list("trainee", "year").annotate(first=Min("quota__campaign__created_at"))
        self._persons: dict[tuple[UUID, int], datetime] = {(key, year): first for key, year, first in moments}

    def first_day(self, one: AnnualAssessment) -> "date":
        """The earliest opening that covers the unit which assesses, or one in which the person stood."""
        moments = [moment for covered, moment in self._campaigns[one.year] if one.quota.unit.path in covered]
        return timezone.localdate(min([*moments, self._persons[one.trainee_id, one.year]]))
