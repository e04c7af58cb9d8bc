"""Outcomes of the demo district on any as-of day; the figure is computed from its records."""

from collections import Counter

import pytest
from django.db.models import F, Q

from cadre_app.advancement.models import Outcome, OutcomeState
from cadre_app.core.figures import Asked, breakdowns, figures
from cadre_app.people.models import VillageTerm
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_twenty_eight_were_announced_each_for_somebody_else(day):
    load_demo(as_of=day)
    asked = Asked.on(day)
    found = Outcome.objects.in_file()
    assert figures["outcomes"].count(asked) == 28
    assert found.values("trainee").distinct().count() == 28
    kinds = Counter(found.values_list("kind", flat=True))
    assert set(kinds) == {"promoted", "advanced", "further"}
    assert [share.total for share in breakdowns["outcomes_by_kind"].rows(asked)] == [
        kinds[kind] for kind in ("promoted", "advanced", "further")
    ]
    assert sum(share.total for share in breakdowns["outcomes_by_year"].rows(asked)) == 28
    waiting = Outcome.objects.exclude(state=OutcomeState.IN_FILE).values_list("state", flat=True)
    assert sorted(waiting) == ["announced", "recorded"]


@pytest.mark.parametrize("day", DAYS)
def test_days_follow_each_other_and_nobody_was_in_the_village(day):
    load_demo(as_of=day)
    late = Q(published_on__gt=day) | Q(entered_on__gt=day) | Q(signed_on__gt=day) | Q(checked_on__gt=day)
    early = Q(effective_on__lt=F("trainee__arrived_on")) | Q(signed_on__lt=F("checked_on"))
    assert not Outcome.objects.filter(late | early | Q(effective_on__gt=day)).exists()
    for outcome in Outcome.objects.all():
        terms = VillageTerm.objects.filter(trainee=outcome.trainee, started_on__lte=outcome.effective_on)
        assert not terms.filter(Q(ended_on=None) | Q(ended_on__gte=outcome.effective_on)).exists()
        if outcome.state == OutcomeState.IN_FILE:
            assert outcome.trainee.post_records.filter(started_on=outcome.effective_on).exists()
