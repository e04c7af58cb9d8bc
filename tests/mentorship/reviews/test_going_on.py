"""A review goes on whoever is gone: a return is taken back or answered from paper, and nothing is decided too early."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cadre_app.core.reminding import reminder_rules
from cadre_app.history.models import Entry
from cadre_app.mentorship.models import Pairing, PairingReview
from cadre_app.mentorship.permissions import reviews as permissions
from cadre_app.mentorship.services import pairings, review_decisions, review_parts
from tests.mentorship.reviews.conftest import concluded, written
from tests.mentorship.reviews.test_reviews import code_of
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db
RULES = ("review", "own_review", "review_conclusion", "review_sign_off")


def again(review):
    return PairingReview.objects.select_related("pairing__trainee__person", "pairing__mentor").get(pk=review.pk)


def end(review, place):
    pairings.end_pairing(review.pairing, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    return again(review)


def rung():
    """By rule who is rung for the one review that is due; None: whoever holds the role."""
    found = {}
    for name in RULES:
        for row in reminder_rules[f"mentorship.{name}"].dues(TODAY + timedelta(days=7)):
            found[name] = row.doer_key
    return found


@pytest.fixture
def returned(place, review, mentor, mentee):
    """Both wrote themselves; it was returned to the mentor after the conclusion."""
    review_parts.write_mentor_part(review, text="角色转变较快", actor=mentor)
    review_parts.write_trainee_part(review, text="学会了先听后说", actor=mentee)
    review_decisions.conclude_review(review, conclusion="帮带正常", actor=place.staff)
    review_decisions.return_review(review, returned_to="mentor", returned_reason="写具体些", actor=place.staff)
    return again(review)


def gone(review, place, mentor, how):
    """The mentor can no longer write."""
    if how == "ended":
        return end(review, place)
    type(mentor).objects.filter(pk=mentor.pk).update(is_active=False)
    return again(review)


@pytest.mark.parametrize("how", ["ended", "disabled"])
def test_what_a_mentor_who_is_gone_was_asked_for_is_added_from_paper_below_the_own_words(
    place, returned, mentor, leader, how
):
    left = gone(returned, place, mentor, how)
    assert (permissions.can_write_mentor_part(place.staff, left), rung()["review"]) == (True, None)
    done = review_parts.write_mentor_part(left, text="走访六户", actor=place.staff)
    first, *_rest, last = done.mentor_text.split("\n")
    assert (first, last, place.staff.display_name in done.mentor_text) == ("角色转变较快", "走访六户", True)
    assert (done.mentor_entered_by, done.returned_to) == (None, "department")
    verb = "mentorship.pairingreview.mentor_part_entered"
    assert Entry.objects.about(done).filter(verb=verb).count() == 1
    review_decisions.conclude_review(done, conclusion="补充后同意", actor=place.staff)
    assert review_decisions.sign_off_review(again(done), actor=leader).state == "signed_off"


def test_a_mentor_who_can_write_is_not_overruled(place, returned, mentor):
    assert not permissions.can_write_mentor_part(place.staff, returned)
    with pytest.raises(ValidationError) as error:
        review_parts.write_mentor_part(returned, text="走访六户", actor=place.staff)
    assert (code_of(error), rung()["review"]) == ("own_words", mentor.pk)


def test_the_own_part_of_a_mentee_without_an_account_is_completed_as_well(place, returned, mentee):
    review_decisions.return_review(returned, returned_to="trainee", returned_reason="再写", actor=place.staff)
    assert not permissions.can_write_trainee_part(place.staff, again(returned))
    type(mentee).objects.filter(pk=mentee.pk).update(is_active=False)
    left = again(returned)
    assert permissions.can_write_trainee_part(place.staff, left)
    assert review_parts.write_trainee_part(left, text="补", actor=place.staff).trainee_text.startswith(
        "学会了先听后说\n"
    )


def test_the_page_shows_what_stands_and_takes_only_what_is_added(place, returned, mentor, sign_in):
    left = gone(returned, place, mentor, "ended")
    client = sign_in(place.staff)
    url = reverse("mentorship:review_mentor_part", kwargs={"pk": left.pk})
    page = client.get(url)
    assert (page.context["stands"], page.context["form"]["text"].value(), page.context["form"].goals) == (
        "角色转变较快", "", [],
    )  # fmt: skip
    client.post(url, {"text": "走访六户", "version": left.version})
    assert again(left).mentor_text.endswith("走访六户")


@pytest.mark.parametrize("is_ended", [False, True])
def test_a_return_is_taken_back_with_a_reason(place, returned, is_ended):
    left = end(returned, place) if is_ended else returned
    assert permissions.can_take_return_back(place.staff, left)
    back = review_decisions.take_return_back(left, reason="导师已调离", actor=place.staff)
    assert (back.state, back.returned_reason, back.conclusion) == ("sign_off", "", "帮带正常")
    assert "导师已调离" in Entry.objects.about(back).values_list("reason", flat=True)
    assert rung() == {"review_sign_off": None}
    with pytest.raises(ValidationError) as error:
        review_decisions.take_return_back(back, reason="再来", actor=place.staff)
    assert code_of(error) == "not_returned"


def test_a_part_completed_meanwhile_is_concluded_again(place, returned, mentee, leader):
    review_decisions.return_review(returned, returned_to="both", returned_reason="再写", actor=place.staff)
    before = timezone.now() - timedelta(days=1)
    PairingReview.objects.update(mentor_at=before, trainee_at=before, concluded_at=before)
    review_parts.write_trainee_part(again(returned), text="补", actor=mentee)
    assert permissions.can_take_return_back(leader, again(returned))
    back = review_decisions.take_return_back(again(returned), reason="导师已调离", actor=leader)
    assert (back.returned_to, back.returned_reason) == ("department", "再写")


def test_before_a_conclusion_staff_alone_take_a_return_back(place, review, mentor, leader):
    review_decisions.return_review(
        written(review, place.staff), returned_to="both", returned_reason="一", actor=place.staff
    )
    found = again(review)
    assert [permissions.can_take_return_back(user, found) for user in (place.staff, leader, mentor)] == [
        True, False, False,
    ]  # fmt: skip
    assert review_decisions.take_return_back(found, reason="误退", actor=place.staff).state == "conclusion"


def test_what_outlives_its_pairing_rings_staff_then_a_leader_and_stays_in_the_list(
    place, review, mentor, mentee, leader, sign_in
):
    review_parts.write_trainee_part(review, text="学会了先听后说", actor=mentee)
    left = end(review, place)
    client = sign_in(place.staff)

    def listed():
        return [row.object for row in client.get(reverse("mentorship:review_list")).context["table"].rows]

    assert (rung(), listed()) == ({"review": None}, [left])
    review_parts.write_mentor_part(left, text="据纸质材料", actor=place.staff)
    assert (rung(), listed()) == ({"review_conclusion": None}, [left])
    review_decisions.conclude_review(again(left), conclusion="帮带正常", actor=place.staff)
    assert (rung(), listed()) == ({"review_sign_off": None}, [left])
    review_decisions.sign_off_review(again(left), actor=leader)
    assert (rung(), listed()) == ({}, [])


def test_of_a_pairing_that_ended_staff_also_enter_the_part_of_a_mentee_without_an_account(place, review, mentor):
    review_parts.write_mentor_part(review, text="角色转变较快", actor=mentor)
    assert rung() == {}
    end(review, place)
    assert rung() == {"review": None}


def test_nothing_is_concluded_or_signed_off_long_before_the_last_day(place, review, leader):
    done = concluded(review, place.staff)
    PairingReview.objects.filter(pk=review.pk).update(period_until=TODAY + timedelta(days=32))
    early = again(done)
    assert (permissions.can_conclude(place.staff, early), permissions.can_sign_off(leader, early)) == (False, False)
    for call in (
        lambda: review_decisions.conclude_review(early, conclusion="一", actor=place.staff),
        lambda: review_decisions.sign_off_review(early, actor=leader),
    ):
        with pytest.raises(ValidationError) as error:
            call()
        assert code_of(error) == "too_early"


@pytest.mark.parametrize(("is_written", "last"), [(True, TODAY), (False, date(2027, 2, 28))])
def test_what_is_written_is_not_stretched_over_months_to_come(place, review, is_written, last):
    Pairing.objects.update(started_on=date(2026, 9, 1))
    pairings.change_pairing(review.pairing, due_on=TODAY, check_in_days=30, actor=place.staff)
    if is_written:
        written(review, place.staff)
    pairings.change_pairing(review.pairing, due_on=date(2027, 8, 31), check_in_days=30, actor=place.staff)
    found = again(review)
    assert (found.period_until, found.is_final) == (last, False)


def test_what_was_cut_by_an_end_has_its_days_again(place, review):
    written(review, place.staff)
    day = TODAY - timedelta(days=60)
    ended = pairings.end_pairing(review.pairing, ended_on=day, end_kind="early", reason="调动", actor=place.staff)
    assert again(review).period_until == day
    pairings.reopen_pairing(ended, actor=place.staff)
    assert again(review).period_until == TODAY
