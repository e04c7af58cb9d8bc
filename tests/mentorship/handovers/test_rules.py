"""The bell: hand-overs that wait, for staff; steps that went over, for the next mentor."""

from datetime import date

import pytest

from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.mentorship import rules_handovers
from cadre_app.mentorship.services import answers, handovers, notes
from cadre_app.mentorship.services.picks import parsed
from tests.mentorship.handovers.conftest import CHANGED, TODAY, YESTERDAY, account_of, keys

pytestmark = pytest.mark.django_db
HAND_OVER, STEP = "mentorship.hand_over", "mentorship.carried_step"


def handed(place):
    return handovers.hand_over_many(picks=[parsed(key) for key in keys()], ended_on=YESTERDAY, actor=place.staff)


def due(key, until=TODAY):
    return [(row.due_day, row.trainee_key, row.doer_key) for row in reminder_rules[key].dues(until)]


def test_a_hand_over_is_due_on_the_day_of_the_change_and_nobodys_own(place, trainee, successor):
    assert due(HAND_OVER) == [(CHANGED, trainee.pk, None)]
    assert due(HAND_OVER, date(2026, 11, 1)) == []
    handed(place)
    assert due(HAND_OVER) == []


def test_it_is_shown_to_staff_and_leaders_and_says_why(place, pairing, head, successor):
    rule = reminder_rules[HAND_OVER]
    mentor = account_of(head.person)
    users = [place.staff, place.somebody(Role.LEADER, place.town), place.somebody(Role.LIAISON, place.town), mentor]
    assert [rule.visible(rule.rows(), user).count() for user in users] == [1, 1, 0, 0]
    [row] = rule.rows()
    words = rule.words(row, CHANGED, place.staff)
    assert ("不再担任" in words.why or "no longer" in words.why, words.subject, "hand-overs" in words.url) == (
        True, "林知远", True,
    )  # fmt: skip
    handed(place)
    former = rule.rows().get(pk=pairing.pk)
    assert rule.words(former, CHANGED, place.staff).why


def test_the_step_rings_the_next_mentor_until_it_is_done(place, pairing, successor):
    note = notes.add_note(
        pairing, happened_on=date(2026, 10, 8), way="phone", text="谈了近况", next_step="走访六户",
        next_step_on=date(2026, 11, 20), actor=None,
    )  # fmt: skip
    user = account_of(successor)
    assert due(STEP) == []
    handed(place)
    assert due(STEP) == [(date(2026, 11, 20), pairing.trainee_id, user.pk)]
    [row] = reminder_rules[STEP].visible(rules_handovers.steps(), user)
    assert "走访六户" in reminder_rules[STEP].words(row, date(2026, 11, 20), user).title
    assert reminder_rules[STEP].visible(rules_handovers.steps(), place.staff).count() == 0
    answers.tick_step(note, is_done=True, actor=None)
    assert due(STEP) == []
