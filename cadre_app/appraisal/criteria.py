"""What annual assessments say against a rule: the results of the last years, confirmed ones alone."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.appraisal.models import AnnualAssessment, Grade, NoGrade
from cadre_app.appraisal.policies import CRITERIA_YEARS
from cadre_app.core.criteria import Criterion, Evidence, Finding, Standing, criteria
from cadre_app.core.tables import joined

PASSES = (Grade.EXCELLENT, Grade.COMPETENT, Grade.QUALIFIED)
# Without a grade, but not because of what was done or left undone: of a year at another unit the record alone does not
# suffice, and a year on probation says nothing beside one that was graded.
NEUTRAL = (NoGrade.PROBATION, NoGrade.TRANSFERRED)


def announce() -> None:
    """Called once, when the app is ready."""
    criteria.register(
        "appraisal.annual",
        Criterion(
            gettext_lazy("Annual assessments of the last years competent or better"),
            140,
            CRITERIA_YEARS.source_on,
            results_of,
        ),
    )


def results_of(trainees: Collection[Any], day: date) -> dict[UUID, Finding]:
    """Of the last complete years since each reported for duty; one query."""
    last, count = day.year - 1, CRITERIA_YEARS.on(day)
    rows = AnnualAssessment.objects.standing().filter(
        trainee__in=[one.pk for one in trainees],
        year__range=(last - count + 1, last),
        confirmed_on__isnull=False,
        quota__campaign__voided_at=None,
    )
    by_file: defaultdict[UUID, dict[int, AnnualAssessment]] = defaultdict(dict)
    for row in rows:
        by_file[row.trainee_id][row.year] = row
    return {one.pk: _finding(one, by_file[one.pk], _years(one, last, count)) for one in trainees}


def _years(trainee: Any, last: int, count: int) -> range:
    return range(max(last - count + 1, trainee.arrived_on.year), last + 1)


def _finding(trainee: Any, known: dict[int, AnnualAssessment], years: range) -> Finding:
    evidence = tuple(_evidence(known[year]) for year in years if year in known)
    below = [year for year in years if year in known and known[year].outcome not in (*PASSES, *NEUTRAL)]
    if below:
        text = _("Not competent or better, or without a grade: %(years)s.")
        return Finding(Standing.NOT_MET, evidence, text % {"years": joined(below)})
    missing = [year for year in years if year not in known]
    if missing:
        text = _("Without a result on record: %(years)s.")
        return Finding(Standing.UNKNOWN, evidence, text % {"years": joined(missing)})
    outcomes = {known[year].outcome for year in years}
    if NoGrade.TRANSFERRED in outcomes:
        return Finding(Standing.UNKNOWN, evidence, _("The year at another unit is assessed there."))
    if outcomes.isdisjoint(PASSES):
        return Finding(Standing.UNKNOWN, evidence, _("No year after probation has a grade so far."), is_lack=False)
    return Finding(Standing.MET, evidence)


def _evidence(row: AnnualAssessment) -> Evidence:
    text = _("%(year)s: %(outcome)s") % {"year": row.year, "outcome": row.outcome_label}
    return Evidence(text, row.confirmed_on, reverse("appraisal:annual_detail", kwargs={"pk": row.pk}))
