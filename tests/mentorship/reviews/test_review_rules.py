"""Who is rung for a review when, and that it closes by itself."""

from datetime import timedelta

import pytest

from cadre_app.core.reminding import reminder_rules
from cadre_app.mentorship.models import PairingReview
from cadre_app.mentorship.services import pairings, review_decisions, review_parts
from tests.mentorship.reviews.conftest import concluded, signed, written
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db
RULES = ("review", "own_review", "review_conclusion", "review_sign_off")
LATER = TODAY + timedelta(days=7)


def due(until=LATER):
    """What each of the four rules has: the day and the doer."""
    found = {}
    for name in RULES:
        for row in reminder_rules[f"mentorship.{name}"].dues(until):
            found[name] = (row.due_day, row.doer_key)
    return found


def test_mentor_and_mentee_are_asked_on_the_last_day(review, mentor, mentee):
    assert due(TODAY - timedelta(days=1)) == {}
    assert due(TODAY) == {"review": (TODAY, mentor.pk), "own_review": (TODAY, mentee.pk)}


def test_then_staff_then_a_leader_then_nobody(place, review, mentor, mentee, leader):
    done = written(review, place.staff)
    assert (due(TODAY), due()) == ({}, {"review_conclusion": (LATER, None)})
    done = review_decisions.conclude_review(done, conclusion="一", actor=place.staff)
    assert due() == {"review_sign_off": (LATER, None)}
    review_decisions.sign_off_review(done, actor=leader)
    assert due() == {}


def test_whoever_has_to_complete_a_part_is_asked_again(place, review, mentor, mentee):
    done = concluded(review, place.staff)
    back = review_decisions.return_review(done, returned_to="trainee", returned_reason="再写", actor=place.staff)
    assert due() == {"own_review": (TODAY, mentee.pk)}
    review_parts.write_trainee_part(back, text="二", actor=mentee)
    assert due() == {"review_conclusion": (LATER, None)}


def test_an_early_end_closes_what_was_due(place, review, mentor, mentee):
    pairings.end_pairing(review.pairing, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    assert due() == {}


def test_words_never_blame_and_tell_the_reason_to_its_author_only(place, review, mentor, mentee):
    done = concluded(review, place.staff)
    review_decisions.return_review(done, returned_to="both", returned_reason="写具体些", actor=place.staff)
    row = reminder_rules["mentorship.review"].rows().get(pk=review.pk)
    words = {user.pk: reminder_rules["mentorship.review"].words(row, TODAY, user) for user in (mentor, place.staff)}
    assert ["写具体些" in words[user.pk].why for user in (mentor, place.staff)] == [True, False]
    assert not any("逾期" in each.title + each.why for each in words.values())


def test_a_review_signed_off_leaves_the_next_one_for_later(place, review, mentor, mentee, leader):
    signed(review, place.staff, leader)
    following = PairingReview.objects.open().get()
    assert (due(), due(following.period_until)["review"][0]) == ({}, following.period_until)
