"""What happens at the same moment to pairings that wait, and to the number of people one mentor guides."""

import pytest

from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services import handovers, pairings
from cadre_app.mentorship.services.picks import parsed
from tests.accounts.test_races import at_once
from tests.factories import PersonFactory, TraineeFactory
from tests.mentorship.handovers.conftest import STARTED, TODAY, YESTERDAY, keys, limited, newcomer, paired, succeed

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_four_who_hand_the_same_pairings_over_at_once_one_does(place, head):
    for name in ("林知远", "陈嘉穗"):
        paired(place, newcomer(place, name), head)
    succeed(head)
    picks = [parsed(key) for key in keys()]

    def confirm():
        return handovers.hand_over_many(picks=picks, ended_on=YESTERDAY, actor=place.staff)[0].pk

    outcomes = at_once(*[confirm] * 4)
    assert (outcomes.count("refused"), Pairing.objects.running().count(), Pairing.objects.count()) == (3, 2, 4)


def test_a_pairing_that_is_ended_and_handed_over_at_once_is_one_of_both(place, pairing, successor):
    picks = [parsed(key) for key in keys()]

    def confirm():
        return handovers.hand_over_many(picks=picks, ended_on=YESTERDAY, actor=place.staff)[0].pk

    def end():
        return pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="一", actor=place.staff).pk

    outcomes = at_once(confirm, end)
    assert outcomes.count("refused") == 1
    assert Pairing.objects.get(pk=pairing.pk).ended_on is not None


def test_of_six_who_choose_the_same_mentor_at_once_as_many_do_as_there_is_room(place):
    limited(place, 2)
    mentor = PersonFactory.create()
    files = [TraineeFactory.create(home_unit=place.town) for _ in range(6)]

    def pair(file):
        return lambda: (
            pairings.create_pairing(
                file, kind=MentorKind.POLITICAL, mentor=mentor, choice_reason="一", started_on=STARTED,
                actor=place.staff,
            ).pk
        )  # fmt: skip

    outcomes = at_once(*[pair(file) for file in files])
    assert (outcomes.count("refused"), Pairing.objects.running().count()) == (4, 2)
