from datetime import date, timedelta

import pytest
from django.urls import reverse

from cadre_app.core.models import Stale
from cadre_app.history.models import Entry
from cadre_app.mentorship.models import GoalRemark, PairingGoal, PairingReview
from cadre_app.mentorship.services import agreements, goals, notes
from tests.people.conftest import TODAY
from tests.people.test_offices import refused


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def url(name, obj):
    return reverse(f"mentorship:{name}", kwargs={"pk": obj.pk})


def first(pairing, side="mentor"):
    return PairingGoal.objects.filter(pairing=pairing, side=side).order_by("position").first()


def test_a_pairing_begins_with_the_goals_of_its_kind(pairing):
    sides = list(pairing.goals.order_by("position").values_list("side", flat=True))
    assert sides == ["mentor", "mentor", "trainee", "both"]
    assert first(pairing, "both").text.startswith("坚持实事求是")


def test_staff_add_word_and_remove_goals_and_put_them_back(staff, pairing):
    added = staff.post(url("goal_new", pairing), {"side": "trainee", "text": "半年内独立主持一次村民小组会议。"})
    goal = PairingGoal.objects.get(text="半年内独立主持一次村民小组会议。")
    assert (added.status_code, goal.position) == (302, 5)
    staff.post(url("goal_edit", goal), {"side": "trainee", "text": "一年内独立主持两次。", "version": 1})
    staff.post(url("goal_void", goal), {"reason": "重复", "version": 2})
    goal.refresh_from_db()
    assert (goal.text, goal.is_voided) == ("一年内独立主持两次。", True)
    page = staff.get(url("pairing_detail", pairing)).content.decode()
    assert url("goal_restore", goal) in page
    staff.post(url("goal_restore", goal), {"version": 3})
    goal.refresh_from_db()
    assert goal.is_voided is False


def test_progress_is_entered_as_of_a_day(staff, pairing):
    goal = first(pairing)
    known = {"state": "under_way", "progress": "已谈两次", "progressed_on": "2026-11-20", "version": 1}
    assert staff.post(url("goal_progress", goal), known).status_code == 302
    goal.refresh_from_db()
    assert (goal.state, goal.progress, goal.progressed_on) == ("under_way", "已谈两次", date(2026, 11, 20))
    assert Entry.objects.filter(verb="mentorship.pairinggoal.progressed").count() == 1


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"progressed_on": TODAY + timedelta(days=1)}, [("progressed_on", "future")]),
        ({"progressed_on": date(2026, 8, 19)}, [("progressed_on", "too_early")]),
        ({"progressed_on": date.min}, [("progressed_on", "too_early")]),
        ({"state": "half"}, [("state", "invalid_choice")]),
        ({"progress": "一" * 201}, [("progress", "max_length")]),
    ],
)
def test_what_progress_cannot_say(place, pairing, values, problems):
    known = {"state": "reached", "progress": "", "progressed_on": TODAY} | values
    assert refused(lambda: goals.set_progress(first(pairing), **known, actor=place.staff)) == problems


def test_what_both_keep_to_has_no_progress(staff, place, pairing):
    goal = first(pairing, "both")
    assert staff.get(url("goal_progress", goal)).status_code == 403
    call = {"state": "reached", "progressed_on": TODAY, "actor": place.staff}
    assert refused(lambda: goals.set_progress(goal, **call)) == [("state", "state")]


def test_a_signed_goal_stands_as_it_was_signed_and_a_later_one_can_be_worded(place, pairing):
    goal = first(pairing)
    agreements.sign_agreement(pairing, signed_on=TODAY, actor=place.staff)
    assert refused(lambda: goals.change_goal(goal, side="mentor", text="别的", actor=place.staff)) == [("", "signed")]
    assert refused(lambda: goals.void_goal(goal, reason="误录", actor=place.staff)) == [("", "signed")]
    later = goals.add_goal(pairing, side="mentor", text="陪走最难的一户。", actor=place.staff)
    assert goals.change_goal(later, side="mentor", text="陪走两户。", actor=place.staff).text == "陪走两户。"


def test_a_goal_that_a_review_speaks_about_is_neither_removed_nor_exchanged(place, pairing):
    goal = first(pairing)
    review = PairingReview.objects.get(pairing=pairing)
    GoalRemark.objects.create(review=review, goal=goal, state="under_way", text="已谈两次")
    assert refused(lambda: goals.void_goal(goal, reason="误录", actor=place.staff)) == [("", "reviewed")]
    exchange = {"side": "mentor", "text": "别的目标", "actor": place.staff}
    assert refused(lambda: goals.change_goal(goal, **exchange)) == [("", "reviewed")]
    PairingReview.objects.update(voided_at="2026-11-23T04:00Z")
    assert goals.void_goal(goal, reason="误录", actor=place.staff).is_voided is True


def test_two_who_change_the_same_goal(place, pairing):
    goal = first(pairing)
    goals.change_goal(goal, side="mentor", text="先改的", version=1, actor=place.staff)
    with pytest.raises(Stale):
        goals.change_goal(goal, side="mentor", text="后改的", version=1, actor=place.staff)


def test_there_are_twelve_goals_at_most(place, pairing):
    for number in range(8):
        goals.add_goal(pairing, side="mentor", text=f"目标{number}", actor=place.staff)
    assert refused(lambda: goals.add_goal(pairing, side="mentor", text="再一条", actor=place.staff)) == [
        ("", "too_many")
    ]


def test_an_agreement_is_signed_once(staff, place, pairing):
    shown = staff.get(url("pairing_detail", pairing)).content.decode()
    assert ("not signed yet" in shown, url("agreement_sign", pairing) in shown) == (True, True)
    known = {"signed_on": "2026-11-20", "version": 1}
    assert staff.post(url("agreement_sign", pairing), known).status_code == 302
    again = staff.post(url("agreement_sign", pairing), {"signed_on": "2026-11-21", "version": 2})
    assert again.context["form"].errors["signed_on"] == [
        "This agreement was signed on 20 Nov 2026. Take that back first if it is wrong."
    ]
    pairing.refresh_from_db()
    assert (pairing.signed_on, pairing.goals.filter(is_agreed=False).count()) == (date(2026, 11, 20), 0)


@pytest.mark.parametrize(
    ("day", "problems"),
    [
        (TODAY + timedelta(days=1), [("signed_on", "future")]),
        (date(2026, 8, 2), [("signed_on", "too_early")]),
        (date.max, [("signed_on", "future")]),
    ],
)
def test_the_day_of_signing_has_limits(place, pairing, day, problems):
    assert refused(lambda: agreements.sign_agreement(pairing, signed_on=day, actor=place.staff)) == problems


def test_a_signing_recorded_by_mistake_is_taken_back(staff, place, pairing):
    agreements.sign_agreement(pairing, signed_on=TODAY, actor=place.staff)
    assert staff.post(url("agreement_unsign", pairing), {"reason": "误登", "version": 2}).status_code == 302
    pairing.refresh_from_db()
    assert (pairing.signed_on, pairing.goals.filter(is_agreed=True).count()) == (None, 0)
    assert staff.get(url("agreement_unsign", pairing)).status_code == 403


def test_those_still_to_be_signed_are_found_in_the_list(staff, place, pairing):
    def shown(query):
        return len(staff.get(reverse("mentorship:pairing_table") + query).context["table"].rows)

    assert (shown(""), shown("?state=unsigned")) == (1, 1)
    agreements.sign_agreement(pairing, signed_on=TODAY, actor=place.staff)
    assert (shown(""), shown("?state=unsigned")) == (1, 0)


def test_open_items_stand_on_the_page_until_they_are_done(staff, place, pairing):
    def lines():
        return [item.text for item in staff.get(url("pairing_detail", pairing)).context["open_items"]]

    assert lines() == ["Check-in due by 19 Sep 2026", "The agreement is to be signed", "Goals not reached yet: 3"]
    agreements.sign_agreement(pairing, signed_on=TODAY, actor=place.staff)
    for goal in PairingGoal.objects.exclude(side="both"):
        goals.set_progress(goal, state="reached", progressed_on=TODAY, actor=place.staff)
    notes.add_note(
        pairing, happened_on=TODAY, way="phone", text="心里话", next_step="再谈一次", next_step_on=TODAY,
        visibility="private", actor=None,
    )  # fmt: skip
    assert lines() == ["Check-in due by 19 Sep 2026"]


def test_the_signed_agreement_stands_in_the_growth_file(staff, place, pairing):
    agreements.sign_agreement(pairing, signed_on=TODAY, actor=place.staff)
    page = staff.get(reverse("growth:file", kwargs={"pk": pairing.trainee_id})).content.decode()
    assert "Pairing agreement with 庄世恒 signed" in page
