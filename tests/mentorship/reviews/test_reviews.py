"""What services do with reviews: parts, conclusion, return, sign-off, and exactly one open for what runs."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cadre_app.core.models import Stale
from cadre_app.mentorship.models import EndKind, GoalRemark, Pairing, PairingGoal, PairingReview
from cadre_app.mentorship.services import pairings, review_decisions, review_parts, reviews
from cadre_app.mentorship.services.review_parts import Remark
from tests.mentorship.reviews.conftest import concluded, paired, signed, written
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


def open_of(pairing):
    return PairingReview.objects.open().filter(pairing=pairing)


def code_of(error):
    found = error.value
    return next(iter(found.error_dict.values()))[0].code if hasattr(found, "error_dict") else found.code


def test_parts_come_in_any_order_and_the_state_follows(place, review):
    assert review.state == "parts"
    one = review_parts.write_trainee_part(review, text="短板是写材料慢", actor=place.staff)
    assert (one.state, one.trainee_entered_by) == ("parts", place.staff)
    both = review_parts.write_mentor_part(review, text="群众信任度提高", actor=place.staff)
    assert both.state == "conclusion"
    assert review_decisions.conclude_review(both, conclusion="按期推进", actor=place.staff).state == "sign_off"


def test_who_writes_the_own_part_did_not_enter_it_from_paper(review, mentor, mentee):
    found = review_parts.write_mentor_part(review, text="一", actor=mentor)
    found = review_parts.write_trainee_part(found, text="二", actor=mentee)
    assert (found.mentor_entered_by, found.trainee_entered_by) == (None, None)


def test_staff_do_not_replace_what_its_author_wrote(place, review, mentor, mentee):
    found = review_parts.write_mentor_part(review, text="一", actor=mentor)
    with pytest.raises(ValidationError) as error:
        review_parts.write_mentor_part(found, text="二", actor=place.staff)
    assert code_of(error) == "own_words"


def test_a_word_on_each_goal_counts_once_it_is_signed_off(place, review, leader):
    goal = PairingGoal.objects.filter(pairing=review.pairing).exclude(side="both").first()
    review_parts.write_mentor_part(review, text="一", remarks=[Remark(goal.pk, "reached", "两篇")], actor=place.staff)
    goal.refresh_from_db()
    assert goal.state == "open"
    review_parts.write_trainee_part(review, text="二", actor=place.staff)
    done = review_decisions.conclude_review(review, conclusion="三", actor=place.staff)
    review_decisions.sign_off_review(done, actor=leader)
    goal.refresh_from_db()
    assert (goal.state, goal.progressed_on, GoalRemark.objects.get().text) == ("reached", TODAY, "两篇")


def test_a_goal_of_another_pairing_is_left_out(place, review, head):
    other = paired(place, head, "陈嘉穗")
    foreign = PairingGoal.objects.filter(pairing=other).first()
    review_parts.write_mentor_part(review, text="一", remarks=[Remark(foreign.pk, "reached")], actor=place.staff)
    assert GoalRemark.objects.count() == 0


def test_a_part_is_not_written_long_before_it_is_due(place, review):
    PairingReview.objects.filter(pk=review.pk).update(period_until=TODAY + timedelta(days=40))
    with pytest.raises(ValidationError) as error:
        review_parts.write_mentor_part(review, text="一", actor=place.staff)
    assert code_of(error) == "too_early"


def test_parts_rest_after_the_conclusion_until_they_are_returned(place, review):
    done = concluded(review, place.staff)
    with pytest.raises(ValidationError) as error:
        review_parts.write_trainee_part(done, text="改", actor=place.staff)
    assert code_of(error) == "concluded"
    back = review_decisions.return_review(done, returned_to="both", returned_reason="太简单", actor=place.staff)
    assert (back.state, back.conclusion) == ("returned", "帮带正常")
    one = review_parts.write_trainee_part(back, text="改", actor=place.staff)
    assert (one.returned_to, one.returned_reason) == ("mentor", "太简单")
    two = review_parts.write_mentor_part(one, text="改", actor=place.staff)
    assert (two.returned_to, two.state) == ("department", "returned")
    again = review_decisions.conclude_review(two, conclusion="补充后同意", actor=place.staff)
    assert (again.state, again.returned_reason) == ("sign_off", "")


def test_a_conclusion_needs_both_parts(place, review):
    with pytest.raises(ValidationError) as error:
        review_decisions.conclude_review(review, conclusion="一", actor=place.staff)
    assert code_of(error) == "parts"


def test_nothing_is_returned_that_is_not_written(place, review):
    with pytest.raises(ValidationError) as error:
        review_decisions.return_review(review, returned_to="both", returned_reason="一", actor=place.staff)
    assert code_of(error) == "parts"


def test_the_sign_off_opens_the_next_review(place, review, leader):
    done = signed(review, place.staff, leader)
    assert (done.state, done.signed_off_by) == ("signed_off", leader)
    following = open_of(review.pairing).get()
    assert (following.period_from, following.is_final) == (TODAY + timedelta(days=1), False)


def test_nobody_signs_off_the_own_conclusion(place, review):
    with pytest.raises(ValidationError) as error:
        review_decisions.sign_off_review(concluded(review, place.staff), actor=place.staff)
    assert code_of(error) == "own_conclusion"


def test_the_database_refuses_a_sign_off_of_the_own_conclusion(place, review):
    done = concluded(review, place.staff)
    with pytest.raises(IntegrityError):
        PairingReview.objects.filter(pk=done.pk).update(signed_off_at=done.concluded_at, signed_off_by=place.staff)


def test_signing_the_final_one_off_completes_the_pairing(place, head, leader):
    pairing = paired(place, head, "黄雨桐", months=6)
    review = open_of(pairing).get()
    assert review.is_final
    signed(review, place.staff, leader)
    pairing.refresh_from_db()
    assert (pairing.ended_on, pairing.end_kind, open_of(pairing).count()) == (TODAY, EndKind.COMPLETED, 0)


def test_a_final_one_is_not_signed_off_before_the_planned_last_day(place, head, leader):
    pairing = paired(place, head, "黄雨桐", months=6)
    done = concluded(open_of(pairing).get(), place.staff)
    pairings.change_pairing(pairing, due_on=TODAY + timedelta(days=9), check_in_days=30, actor=place.staff)
    with pytest.raises(ValidationError) as error:
        review_decisions.sign_off_review(done, actor=leader)
    assert code_of(error) == "not_due"


def test_a_completed_pairing_runs_again_by_its_sign_off_only(place, head, leader):
    pairing = paired(place, head, "黄雨桐", months=6)
    done = signed(open_of(pairing).get(), place.staff, leader)
    with pytest.raises(ValidationError) as error:
        pairings.reopen_pairing(Pairing.objects.get(pk=pairing.pk), actor=place.staff)
    assert code_of(error) == "completed"
    back = review_decisions.unsign_review(done, reason="签错", actor=leader)
    assert (back.state, Pairing.objects.get(pk=pairing.pk).ended_on) == ("sign_off", None)
    assert open_of(pairing).get() == back


def test_a_sign_off_is_taken_back_while_nothing_followed(place, review, leader):
    done = signed(review, place.staff, leader)
    back = review_decisions.unsign_review(done, reason="签错", actor=leader)
    assert (back.state, open_of(review.pairing).get()) == ("sign_off", back)
    review_decisions.sign_off_review(back, actor=leader)
    assert (open_of(review.pairing).count(), PairingReview.objects.count()) == (1, 2)


def test_a_sign_off_stays_once_the_next_one_has_begun(place, review, leader):
    done = signed(review, place.staff, leader)
    PairingReview.objects.filter(pk=open_of(review.pairing).get().pk).update(mentor_text="一", mentor_at=done.mentor_at)
    with pytest.raises(ValidationError) as error:
        review_decisions.unsign_review(done, reason="签错", actor=leader)
    assert code_of(error) == "followed"


def test_an_early_end_voids_a_review_in_which_nothing_is_written(place, review):
    ended = pairings.end_pairing(review.pairing, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    assert open_of(review.pairing).count() == 0
    pairings.reopen_pairing(ended, actor=place.staff)
    assert open_of(review.pairing).get().pk == review.pk


def test_what_is_written_outlives_an_early_end_and_is_concluded_and_signed_off(place, review, leader):
    written(review, place.staff)
    day = TODAY - timedelta(days=1)
    pairings.end_pairing(review.pairing, ended_on=day, end_kind="early", reason="调动", actor=place.staff)
    left = open_of(review.pairing).get()
    assert (left.pk, left.mentor_text, left.period_until, left.is_final) == (review.pk, "角色转变较快", day, False)
    review_decisions.conclude_review(left, conclusion="帮带正常", actor=place.staff)
    done = review_decisions.sign_off_review(PairingReview.objects.get(pk=left.pk), actor=leader)
    assert (done.state, open_of(review.pairing).count()) == ("signed_off", 0)


def test_a_pairing_whose_review_is_being_written_is_completed_by_its_sign_off_alone(place, review):
    written(review, place.staff)
    Pairing.objects.update(due_on=TODAY)
    end = {"ended_on": TODAY, "end_kind": "completed", "actor": place.staff}
    with pytest.raises(ValidationError) as error:
        pairings.end_pairing(review.pairing, **end)
    assert code_of(error) == "review_waits"


def test_voiding_a_pairing_closes_its_review_and_restoring_opens_it(place, review):
    voided = pairings.void_pairing(review.pairing, reason="误录", actor=place.staff)
    assert open_of(review.pairing).count() == 0
    pairings.restore_pairing(voided, actor=place.staff)
    assert open_of(review.pairing).get().pk == review.pk


def test_moving_the_planned_last_day_moves_the_open_review(place, review):
    pairings.change_pairing(review.pairing, due_on=TODAY - timedelta(days=9), check_in_days=30, actor=place.staff)
    found = open_of(review.pairing).get()
    assert (found.pk, found.period_until, found.is_final) == (review.pk, TODAY - timedelta(days=9), True)


def test_closing_the_open_review_says_why(place, review):
    closed = reviews.close_open_review(review.pairing, reason="导师职务变动", actor=place.staff)
    assert (closed.is_voided, open_of(review.pairing).count()) == (True, 0)
    assert reviews.close_open_review(review.pairing, reason="一", actor=place.staff) is None


@pytest.mark.parametrize("service", ["part", "conclude", "return", "sign", "unsign"])
def test_an_old_page_meets_a_conflict(place, review, leader, service):
    old = review.version
    done = concluded(review, place.staff)
    calls = {
        "part": lambda: review_parts.write_mentor_part(done, text="一", version=old, actor=place.staff),
        "conclude": lambda: review_decisions.conclude_review(done, conclusion="一", version=old, actor=place.staff),
        "return": lambda: review_decisions.return_review(
            done, returned_to="both", returned_reason="一", version=old, actor=place.staff
        ),
        "sign": lambda: review_decisions.sign_off_review(done, version=old, actor=leader),
        "unsign": lambda: review_decisions.unsign_review(done, reason="一", version=old, actor=leader),
    }
    with pytest.raises(Stale):
        calls[service]()


def test_several_are_signed_off_together_or_none(place, review, head, leader):
    other = open_of(paired(place, head, "陈嘉穗")).get()
    done = [concluded(each, place.staff) for each in (review, other)]
    picks = [(each, each.version) for each in done]
    review_decisions.sign_off_reviews(picks=picks, actor=leader)
    assert PairingReview.objects.signed_off().count() == 2


def test_one_that_cannot_be_signed_off_stops_all_and_is_named(place, review, head, leader):
    other = open_of(paired(place, head, "陈嘉穗")).get()
    picks = [(concluded(review, place.staff), None), (written(other, place.staff), None)]
    with pytest.raises(ValidationError) as error:
        review_decisions.sign_off_reviews(picks=picks, actor=leader)
    assert ("陈嘉穗" in error.value.messages[0], PairingReview.objects.signed_off().count()) == (True, 0)
