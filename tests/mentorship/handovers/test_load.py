"""带教人数: whoever guides as many as one may is neither suggested nor chosen."""

import pytest

from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services import pairings
from cadre_app.mentorship.services.confirming import confirm_suggestions
from cadre_app.mentorship.services.confirming import parsed as pick_of
from tests.mentorship.handovers.conftest import STARTED, TODAY, limited, newcomer, paired
from tests.mentorship.pairings.conftest import suggested
from tests.people.test_offices import refused

pytestmark = pytest.mark.django_db


def test_a_full_mentor_is_not_suggested_and_both_numbers_are_named(place, pairing):
    limited(place, 1)
    newcomer(place, "陈嘉穗")
    [each] = suggested("political")
    assert (each.hindrance, each.load, each.limit, "1" in each.problem) == ("load", 1, 1, True)


def test_confirmed_together_they_stay_within_the_limit(place, head):
    for name in ("林知远", "陈嘉穗"):
        newcomer(place, name)
    limited(place, 1)
    picks = [pick_of(each.key) for each in suggested("political")]
    call = lambda: confirm_suggestions(picks=picks, started_on=TODAY, actor=place.staff)  # noqa: E731
    assert refused(call) == [("mentor", "load"), ("mentor", "load")]
    assert Pairing.objects.count() == 0
    assert len(confirm_suggestions(picks=picks[:1], started_on=TODAY, actor=place.staff)) == 1


def test_beyond_the_limit_nobody_is_chosen_reopened_or_restored(place, pairing, head):
    other = paired(place, newcomer(place, "陈嘉穗"), head)
    voided = paired(place, newcomer(place, "何向阳"), head)
    pairings.end_pairing(other, ended_on=TODAY, end_kind="early", reason="一", actor=place.staff)
    pairings.void_pairing(voided, reason="误录", actor=place.staff)
    limited(place, 1)
    choose = lambda: pairings.create_pairing(  # noqa: E731
        newcomer(place, "苏见微"), kind=MentorKind.POLITICAL, mentor=head.person, choice_reason="一",
        started_on=STARTED, actor=place.staff,
    )  # fmt: skip
    assert refused(choose) == [("mentor", "load")]
    assert refused(lambda: pairings.reopen_pairing(other, actor=place.staff)) == [("mentor", "load")]
    assert refused(lambda: pairings.restore_pairing(voided, actor=place.staff)) == [("mentor", "load")]
    limited_again = Pairing.objects.running().count()
    assert limited_again == 1
