"""The evaluations of demo texts B12, as they stand on any as-of day."""

import pytest
from django.db.models import Sum

from cadre_app.evaluation.models import BoxedSheet, Campaign, Outcome, PaperBatch, Sheet, Subject
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_one_is_valid_one_under_way_one_too_small(day):
    load_demo(as_of=day)
    assert sorted(Campaign.objects.values_list("state", flat=True)) == ["open", "small", "valid"]
    valid = Subject.objects.filter(outcome=Outcome.VALID)
    assert valid.count() > 1
    assert {subject.sheets for subject in valid} == {24 + number for number in range(valid.count())}
    assert all(subject.decided_on <= day for subject in valid)
    assert all(sum(line) == subject.sheets for subject in valid for line in subject.counts)
    assert not Campaign.objects.filter(settled_on__gt=day).exists()
    counted = PaperBatch.objects.filter(state="counted").aggregate(sheets=Sum("number"))
    assert Sheet.objects.count() == counted["sheets"]
    assert BoxedSheet.objects.count() == 0


@pytest.mark.parametrize("day", DAYS)
def test_everybody_is_evaluated_in_the_days_of_the_village_term(day):
    load_demo(as_of=day)
    for subject in Subject.objects.select_related("campaign", "trainee").exclude(campaign__state="open"):
        opens_on, closes_on = subject.campaign.opens_on, subject.campaign.closes_on
        terms = subject.trainee.village_terms.filter(started_on__lte=opens_on)
        assert [term for term in terms if term.ended_on is None or term.ended_on >= closes_on]
