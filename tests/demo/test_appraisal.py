"""The assessments of demo texts B11, as they stand on any as-of day."""

from datetime import date

import pytest
from django.db.models import Count, F, Q

from cadre_app.appraisal.models import AnnualAssessment, NoGrade, QuarterlyAssessment, UnitQuota
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_three_years_lie_behind_everybody_who_had_arrived(day: date) -> None:
    load_demo(as_of=day)
    done = AnnualAssessment.objects.filter(confirmed_on__isnull=False)
    first = done.order_by("year").values_list("year", flat=True)[0]
    assert {*done.filter(year__lt=first + 3).values_list("year", flat=True)} == {first, first + 1, first + 2}
    assert AnnualAssessment.objects.filter(year__lt=first + 3, confirmed_on=None).count() == 0
    # Nobody in the demo changed the unit in the year that was assessed.
    cases = set(NoGrade.values) - {NoGrade.TRANSFERRED}
    assert {*AnnualAssessment.objects.exclude(no_grade="").values_list("no_grade", flat=True)} == cases
    late = Q(entered_on__gt=day) | Q(confirmed_on__gt=day) | Q(filed_on__gt=day) | Q(signed_on__gt=day)
    assert AnnualAssessment.objects.filter(late | Q(year__lt=F("trainee__arrival_year"))).count() == 0


@pytest.mark.parametrize("day", DAYS)
def test_no_unit_passes_its_quota_and_the_database_counted(day: date) -> None:
    load_demo(as_of=day)
    counted = UnitQuota.objects.annotate(
        there=Count("assessments", filter=Q(assessments__grade="excellent", assessments__voided_at=None))
    )
    assert counted.exclude(there=F("excellents")).count() == 0
    assert counted.filter(excellents__gt=F("approved")).count() == 0
    assert counted.filter(excellents__gt=0).exists()


@pytest.mark.parametrize("day", DAYS)
def test_quarters_are_those_of_civil_servants_that_are_over(day: date) -> None:
    load_demo(as_of=day)
    rows = QuarterlyAssessment.objects.all()
    assert rows.exclude(trainee__status="civil_servant").count() == 0
    assert rows.filter(Q(entered_on__gt=day) | Q(confirmed_on__gt=day)).count() == 0
    assert rows.values("year", "quarter").distinct().count() >= 3
