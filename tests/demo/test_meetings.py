"""The symposiums and visits of demo texts B16 and B20, as they stand on any as-of day."""

import pytest
from django.db.models import F, Q

from cadre_app.care.models import CareVisit, Invitation, Problem, Symposium, VisitState
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_symposiums_and_visits_of_every_state_lie_in_their_time(day):
    load_demo(as_of=day)
    assert sorted(Symposium.objects.values_list("state", flat=True)) == [
        "cancelled",
        "closed",
        "closed",
        "closed",
        "held",
        "notified",
        "planned",
    ]
    assert {*CareVisit.objects.values_list("state", flat=True)} == set(VisitState.values)
    early = Q(symposium__day__lt=F("trainee__arrived_on"))
    assert Invitation.objects.filter(early).count() == 0
    assert CareVisit.objects.filter(Q(held_on__gt=day) | Q(held_on__lt=F("trainee__arrived_on"))).count() == 0
    assert Problem.objects.filter(answered_on__gt=day).count() == 0
    assert {*Problem.objects.exclude(symposium=None).values_list("state", flat=True)} == {
        "closed",
        "in_hand",
        "to_assign",
    }
