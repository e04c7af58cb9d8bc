"""The achievements of demo texts B10, as they stand on any as-of day."""

from collections import Counter

import pytest
from django.db.models import F, Q

from cadre_app.achievements.models import Achievement, AchievementComment, AchievementState, AchievementStep
from cadre_app.core.figures import Asked, figures
from cadre_app.demo.achievements import TEXTS
from tests.demo.test_pairings import DAYS
from tests.district import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", DAYS)
def test_achievements_of_every_state_lie_in_their_time(day):
    load_demo(as_of=day)
    outside = Q(ended_on__gt=day) | Q(started_on__lt=F("trainee__arrived_on")) | Q(state_since__gt=day)
    outside |= Q(state_since__lt=F("ended_on")) | Q(verified_on__gt=day)
    assert list(Achievement.objects.filter(outside)) == []
    assert {*Achievement.objects.values_list("state", flat=True)} == set(AchievementState.values)
    assert AchievementStep.objects.filter(at__date__gt=day).count() == 0
    assert Achievement.objects.values("trainee").distinct().count() >= 30


@pytest.mark.parametrize("day", DAYS)
def test_the_figure_counts_what_was_verified_within_the_year(day):
    load_demo(as_of=day)
    asked = Asked.on(day)
    rows = Achievement.objects.filter(state="verified", verified_on__range=(asked.since, day))
    assert 15 <= figures["achievements"].count(asked) == rows.filter(trainee__departed_on=None).count()


def test_only_the_town_with_a_liaison_verifies_first():
    load_demo()
    units = {*Achievement.objects.exclude(unit_verified_on=None).values_list("trainee__home_unit__name", flat=True)}
    waiting = {*Achievement.objects.filter(state="unit").values_list("trainee__home_unit__name", flat=True)}
    assert units == waiting == {"梧岭镇"}


def test_all_ten_texts_and_the_words_of_both_mentors_are_there():
    load_demo()
    counted = Counter(text.role for text in TEXTS.values())
    assert {*Achievement.objects.values_list("role", flat=True)} == set(counted)
    authors = AchievementComment.objects.values_list("author__username", flat=True)
    assert {*authors} == {"mentor.head", "mentor.village"}
    later = Achievement.objects.get(supersedes__isnull=False)
    assert (later.state, later.supersedes.state) == ("verified", "superseded")
