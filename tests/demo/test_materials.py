"""The list of materials as it stands on any as-of day."""

import pytest
from django.db.models import F, Q

from cadre_app.demo.materials import CERTIFICATE
from cadre_app.handover.models import Material
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_most_papers_were_handed_over_in_time_and_one_was_forgotten(day):
    load_demo(as_of=day)
    rows = Material.objects.standing()
    assert list(rows.filter(Q(formed_on__gt=day) | Q(handed_over_on__gt=day) | Q(handed_over_on__gt=F("due_on")))) == []
    assert rows.exclude(handed_over_on=None).count() > 40
    late = Material.objects.waiting().filter(due_on__lt=day)
    assert [one.title for one in late] == [CERTIFICATE]
