"""The district's reviews: past ones signed off, one waiting in each state, exactly one open for what runs."""

import pytest
from django.db.models import Count, Q

from cadre_app.mentorship.models import MentorReport, Pairing, PairingReview
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_one_is_open_for_each_that_runs_and_one_waits_in_each_state(day):
    load_demo(as_of=day)
    stands = Q(reviews__voided_at=None, reviews__signed_off_at=None)
    opened = Pairing.objects.annotate(opened=Count("reviews", filter=stands))
    assert {(row.is_running, row.opened) for row in opened} == {(True, 1), (False, 0)}
    states = {review.state for review in PairingReview.objects.standing()}
    assert states == {"parts", "returned", "conclusion", "sign_off", "signed_off"}
    assert PairingReview.objects.filter(signed_off_at__date__gt=day).count() == 0
    assert MentorReport.objects.count() == 2
