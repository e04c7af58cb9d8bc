"""The talks of demo texts B9, as they stand on any as-of day."""

import pytest
from django.db.models import F, Q

from cadre_app.care.models import Problem, Talk, TalkPlan, TalkState, TalkTrigger
from cadre_app.people.models import Trainee
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_talks_of_every_state_lie_in_their_time(day):
    load_demo(as_of=day)
    outside = Q(held_on__gt=day) | Q(held_on__lt=F("trainee__arrived_on")) | Q(closed_on__gt=day)
    assert Talk.objects.filter(outside).count() == 0
    assert {*Talk.objects.values_list("state", flat=True)} == set(TalkState.values)
    assert Problem.objects.filter(Q(answered_on__gt=day) | Q(due_on__lt=F("talk__held_on"))).count() == 0
    assert Problem.objects.exclude(talk=None).count() == 10
    assert [trigger.due_on < day for trigger in TalkTrigger.objects.order_by("due_on")] == [True, False]


@pytest.mark.parametrize("day", DAYS)
def test_everybody_in_development_has_a_plan_and_few_are_overdue(day):
    load_demo(as_of=day)
    open_files = Trainee.objects.in_development()
    assert TalkPlan.objects.count() == open_files.count()
    assert 1 <= TalkPlan.objects.filter(next_on__lt=day).count() <= 8


def test_a_talk_with_something_raised_waits_for_the_return_visit():
    load_demo()
    waiting = {*Talk.objects.filter(state=TalkState.FOLLOW_UP).values_list("pk", flat=True)}
    closed = {*Talk.objects.filter(state=TalkState.CLOSED).values_list("pk", flat=True)}
    raised = {*Problem.objects.exclude(talk=None).values_list("talk_id", flat=True)}
    assert (waiting - raised, raised - waiting - closed) == (set(), set())
