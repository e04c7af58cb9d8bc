"""What happens at the same moment to the pairings of one trainee."""

import pytest

from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services import pairings
from cadre_app.mentorship.services.confirming import confirm_suggestions, parsed
from cadre_app.people.models import Trainee
from tests.accounts.test_races import at_once
from tests.factories import PersonFactory, TraineeFactory
from tests.mentorship.pairings.conftest import STARTED, suggested
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_pairings_of_a_kind_at_once_one_begins(place):
    trainee = TraineeFactory.create(home_unit=place.town)
    persons = [PersonFactory.create() for _ in range(8)]

    def pair(person):
        return lambda: (
            pairings.create_pairing(
                trainee, kind=MentorKind.POLITICAL, mentor=person, choice_reason="一", started_on=STARTED,
                actor=place.staff,
            ).pk
        )  # fmt: skip

    outcomes = at_once(*[pair(person) for person in persons])
    assert (outcomes.count("refused"), Pairing.objects.count()) == (7, 1)


def test_of_four_who_confirm_the_same_suggestions_at_once_one_does(place, trainee, head, elder):
    picks = [parsed(each.key) for each in suggested()]

    def confirm():
        return confirm_suggestions(picks=picks, started_on=TODAY, actor=place.staff)[0].pk

    outcomes = at_once(*[confirm] * 4)
    assert (outcomes.count("refused"), Pairing.objects.count()) == (3, 2)


def test_an_end_and_a_change_at_once_leave_a_sound_pairing(place, pairing):
    def end():
        return pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="一", actor=place.staff).pk

    outcomes = at_once(*[end] * 4)
    found = Pairing.objects.get()
    assert (outcomes.count("refused"), found.ended_on, found.next_check_in_on) == (3, TODAY, None)
    assert Trainee.objects.count() == 1
