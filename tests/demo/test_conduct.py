"""Rewards, decisions and admonitions of the fictional district, as they stand on any as-of day."""

import pytest

from cadre_app.care.models import Occasion, TalkTrigger
from cadre_app.conduct.models import Admonition, NamedStaff, Reward, Sanction
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_rewards_and_restricted_entries_lie_in_their_time(day):
    load_demo(as_of=day)
    counts = [model.objects.count() for model in (Reward, Sanction, Admonition, NamedStaff)]
    assert counts == [25, 2, 4, 1]
    assert Reward.objects.filter(awarded_on__gt=day).count() == 0
    assert [one.lifted_on is None for one in Sanction.objects.order_by("decided_on")] == [False, True]
    assert Admonition.objects.filter(reviewed_on=None).count() == 3
    assert Admonition.objects.filter(answered_on=None).count() == 1


def test_one_reward_waits_for_its_document_and_none_calls_for_a_talk():
    load_demo()
    assert Reward.objects.filter(document_number="").count() == 1
    criticism = (Occasion.COMMENDED, Occasion.COMPLAINT)
    assert (
        TalkTrigger.objects.filter(occasion__in=criticism, post_record=None, made_by__username="liaison").count() == 0
    )
