"""The probations of demo texts B11, as they stand on any as-of day."""

from datetime import date

import pytest
from django.db.models import F, Q

from cadre_app.demo.trainees import EXTENDED
from cadre_app.people.models import Trainee
from cadre_app.probation.models import Probation, State
from cadre_app.probation.wording import Stage, stage_of
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_whoever_is_past_probation_is_graded_as_the_file_says(day: date) -> None:
    load_demo(as_of=day)
    graded = Probation.objects.filter(state=State.GRADED).select_related("trainee", "post_record")
    assert graded.count() >= 55
    assert all(one.post_record and one.ended_on == one.post_record.started_on for one in graded)
    assert all(
        (one.rank, one.post_grade) == (one.post_record.rank, one.post_record.post_grade)
        for one in graded
        if one.post_record
    )
    late = Q(entered_on__gt=day) | Q(checked_on__gt=day) | Q(signed_on__gt=day) | Q(summary_on__gt=day)
    assert not Probation.objects.filter(late | Q(signed_on__lt=F("checked_on"))).exists()
    known = Probation.objects.of_now().values("trainee")
    assert not Trainee.objects.in_development().exclude(pk__in=known).filter(probation_ends_on__gte=day).exists()


@pytest.mark.parametrize("day", DAYS)
def test_two_were_extended_and_those_of_this_year_wait(day: date) -> None:
    load_demo(as_of=day)
    names = Probation.objects.filter(state=State.DEFERRED).values_list("trainee__person__name", flat=True)
    assert set(names) == set(EXTENDED)
    rows = Probation.objects.of_now().exclude(state=State.GRADED).select_related("trainee__person")
    stages = {stage_of(one, day) for one in rows}
    assert Stage.NOT_DUE in stages
    if day == DAYS[-1]:
        assert {Stage.UNDER_WAY, Stage.WAITING} <= stages
