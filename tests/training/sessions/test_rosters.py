"""名单: places, the waiting list, and who is told."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cadre_app.history.models import Entry
from cadre_app.training.models import Camp, CampMember, CourseSession, OrderState, Origin, Place, SessionState
from cadre_app.training.services import rosters, seats
from tests.training.factories import enrol
from tests.training.orders.factories import make_order, make_round

ABC = ("林安", "林博", "林楚")


def placed(room, *names, **more):
    people = [room.person(name) for name in names]
    return rosters.place_many(room.session, trainees=people, actor=room.staff, **more)


def refused(call, *args, **kwargs):
    with pytest.raises(ValidationError) as caught:
        call(*args, **kwargs)
    return (
        [error.code for error in caught.value.error_list]
        if not hasattr(caught.value, "error_dict")
        else [(name, error.code) for name, errors in caught.value.error_dict.items() for error in errors]
    )


def test_places_are_given_in_order_and_the_rest_waits(room):
    done = placed(room, *ABC, "林丹")
    assert room.roster() == (["林安", "林博"], ["林楚", "林丹"], 2)
    assert [len(done.enrolled), len(done.waiting)] == [2, 2]
    assert Entry.objects.filter(verb="training.enrolment.placed").count() == 4


def test_who_stands_there_already_stays_where_they_are(room):
    placed(room, *ABC)
    done = placed(room, "林楚", "林安")
    assert (len(done.known), done.enrolled, done.waiting) == (2, [], [])
    assert room.roster() == (["林安", "林博"], ["林楚"], 2)


def test_a_place_that_becomes_free_goes_to_who_waits_longest_and_they_are_told(room):
    placed(room, *ABC)
    seats.take_note(room.row("林楚"), actor=room.user("林楚"))
    rosters.decline(room.row("林安"), reason="下乡防汛", actor=room.user("林安"))
    assert room.roster() == (["林博", "林楚"], [], 2)
    assert (room.row("林楚").told_at, room.row("林安").told_at is None) == (None, False)


def test_who_is_taken_off_is_to_be_told_why(room):
    placed(room, *ABC)
    rosters.leave(room.row("林博"), reason="本周参加专班", actor=room.staff)
    row = room.row("林博")
    assert (row.place, row.decline_reason, row.told_at) == (Place.DECLINED, "本周参加专班", None)
    assert room.roster() == (["林安", "林楚"], [], 2)


def test_who_declined_can_be_put_back_and_waits_at_the_end(room):
    placed(room, *ABC)
    rosters.decline(room.row("林安"), reason="下乡防汛", actor=room.user("林安"))
    placed(room, "林安")
    assert room.roster() == (["林博", "林楚"], ["林安"], 2)
    assert room.row("林安").decline_reason == ""


def test_declining_without_a_reason_is_refused_beside_the_field(room):
    placed(room, "林安")
    found = refused(rosters.decline, room.row("林安"), reason=" ", actor=room.user("林安"))
    assert found == [("decline_reason", "decline_reason")]


def test_somebody_is_moved_up_out_of_turn_while_a_place_is_left(room):
    placed(room, *ABC, "林丹")
    assert refused(rosters.move_up, room.row("林丹"), actor=room.staff) == ["full"]
    CourseSession.objects.filter(pk=room.session.pk).update(capacity=3)
    rosters.move_up(room.row("林丹"), actor=room.staff)
    assert room.roster() == (["林安", "林博", "林丹"], ["林楚"], 3)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"takes_sign_ups": False}, "no_sign_ups"),
        ({"state": SessionState.PLANNED}, "no_sign_ups"),
        ({"starts_on": date(2026, 11, 23)}, "begun"),
        ({"state": SessionState.FINISHED}, "wrong_state"),
    ],
)
def test_signing_up_is_refused(room, change, code):
    CourseSession.objects.filter(pk=room.session.pk).update(**change)
    person = room.person("林安")
    assert refused(rosters.sign_up, room.session, trainee=person, actor=room.user("林安")) == [code]


@pytest.mark.parametrize(
    ("change", "member", "is_meant"),
    [
        ({"programme": "other", "grades": []}, None, True),
        ({"programme": "advanced"}, None, False),
        ({"programme": "camp", "grades": [1]}, None, False),
        ({"programme": "camp", "grades": [3]}, None, True),
        ({"programme": "camp", "grades": [3], "camp": 2026}, None, False),
        ({"programme": "camp", "grades": [3], "camp": 2026}, {}, True),
        ({"programme": "camp", "grades": [3], "camp": 2026}, {"paused_reason": "产假"}, False),
    ],
)
def test_a_session_is_offered_to_and_signed_up_for_by_those_it_is_meant_for(room, client_of, change, member, is_meant):
    camp = Camp.objects.create(year=2026, reference_on=date(2026, 8, 1))
    person = room.person("林安")
    type(person).objects.filter(pk=person.pk).update(arrived_on=date(2024, 1, 5))
    if member is not None:
        joined = {"grade": 3, "months": 31, "rule": "grade", "joined_on": date(2026, 8, 1)}
        CampMember.objects.create(camp=camp, trainee=person, **joined | member)
    CourseSession.objects.filter(pk=room.session.pk).update(**change | ({"camp": camp} if "camp" in change else {}))
    client = client_of(room.user("林安"))
    page = client.get(reverse("training:session_detail", kwargs={"pk": room.session.pk}))
    offered = client.get(reverse("training:session_list")).context["offers"]
    assert (page.context["may_sign_up"], [one for one, _mark in offered] == [room.session]) == (is_meant, is_meant)
    if is_meant:
        assert rosters.sign_up(room.session, trainee=person, actor=room.user("林安")).has_place
    else:
        assert refused(rosters.sign_up, room.session, trainee=person, actor=room.user("林安")) == ["not_meant"]


def test_who_signs_up_knows_it_and_waits_where_no_place_is_left(room):
    placed(room, "林安", "林博")
    row = rosters.sign_up(room.session, trainee=room.person("林楚"), actor=room.staff)
    assert (row.place, row.origin, row.told_at) == (Place.WAITING, Origin.SIGN_UP, timezone.now())
    assert refused(rosters.sign_up, room.session, trainee=room.person("林楚"), actor=room.staff) == ["known"]


def test_who_left_the_programme_is_refused_by_name(room):
    gone = room.person("林安")
    type(gone).objects.filter(pk=gone.pk).update(departed_on=date(2026, 11, 1))
    with pytest.raises(ValidationError, match="林安"):
        placed(room, "林安", "林博")
    assert room.roster() == ([], [], 0)


def test_an_open_order_of_the_course_is_scheduled_by_a_place_and_open_again_without_it(room):
    order = make_order(room.person("林安"), room.session.course, round=make_round())
    placed(room, "林安")
    order.refresh_from_db()
    assert (order.state, room.row("林安").order_id) == (OrderState.SCHEDULED, order.pk)
    rosters.leave(room.row("林安"), reason="调整", actor=room.staff)
    order.refresh_from_db()
    assert order.state == OrderState.OPEN


def test_camp_grades_fill_a_roster_without_those_on_leave_or_gone(room):
    camp = Camp.objects.create(year=2026, reference_on=date(2026, 8, 1))
    CourseSession.objects.filter(pk=room.session.pk).update(camp=camp, capacity=9)
    for name, grade, more in [
        ("林安", 1, {}),
        ("林博", 2, {}),
        ("林楚", 1, {"paused_reason": "产假"}),
        ("林丹", 1, {"left_on": date(2026, 10, 1), "left_kind": "term_ended"}),
        ("林恩", 3, {}),
    ]:
        CampMember.objects.create(
            camp=camp,
            trainee=room.person(name),
            grade=grade,
            months=1,
            rule="grade",
            joined_on=date(2026, 8, 1),
            **more,
        )
    rosters.fill_from_camp(room.again(), grades=[1, 2], actor=room.staff)
    assert (room.roster(), room.row("林安").origin) == ((["林安", "林博"], [], 2), Origin.CAMP)


def test_taking_note_twice_is_on_record_once(room):
    row = enrol(room.session, room.person("林安"))
    for _time in range(2):
        seats.take_note(row, actor=room.user("林安"))
    assert (room.row("林安").told_at, Entry.objects.filter(verb="training.enrolment.noted").count()) == (
        timezone.now(),
        1,
    )
