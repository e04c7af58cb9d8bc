"""Leave from the camp, and leaving it, once the roster is filled: the office sees it, the person is left in peace."""

from datetime import date

import pytest

from cadre_app.core.reminding import reminder_rules
from cadre_app.training.models import Camp, CampMember, CourseSession, Programme
from cadre_app.training.services import camp_members, rosters

TOMORROW = date(2026, 11, 24)


@pytest.fixture
def member(room):
    """林安 in the camp of the session, which begins tomorrow, and on its roster."""
    camp = Camp.objects.create(year=2026, reference_on=date(2026, 9, 1), applied_on=date(2026, 9, 1))
    known = {"grade": 1, "months": 3, "rule": "first_grade", "joined_on": date(2026, 9, 1)}
    made = CampMember.objects.create(camp=camp, trainee=room.person("林安"), **known)
    CourseSession.objects.update(camp=camp, programme=Programme.CAMP, starts_on=TOMORROW, ends_on=TOMORROW)
    room.session.meetings.update(held_on=TOMORROW)
    rosters.place_many(room.again(), trainees=[made.trainee], actor=room.staff)
    return made


def away(room, client):
    context = client.get(f"/training/sessions/{room.session.pk}/").context
    return [seat.away for seat in context["roster"].enrolled]


def pause(member, actor):
    camp_members.pause_member(member, paused_reason="产假", actor=actor)


def let_leave(member, actor):
    camp_members.let_leave(member, left_on=date(2026, 11, 23), left_note="调走", actor=actor)


@pytest.mark.parametrize(("happens", "mark", "rung"), [(pause, "On leave", 0), (let_leave, "Left the camp", 1)])
def test_whoever_is_away_is_marked_on_the_roster_for_the_office_alone(room, member, client_of, happens, mark, rung):
    happens(member, room.staff)
    assert (away(room, client_of(room.staff)), away(room, client_of(room.teacher))) == ([mark], [""])
    assert reminder_rules["training.session_tomorrow"].dues(TOMORROW).count() == rung


@pytest.mark.parametrize(
    ("name", "typed"),
    [("pause", {"paused_reason": "产假"}), ("leave", {"left_on": "2026-11-23", "left_note": "调走"})],
)
def test_the_page_names_the_sessions_that_still_hold_a_place(room, member, client_of, name, typed):
    client, url = client_of(room.staff), f"/training/camps/members/{member.pk}/{name}/"
    assert f'href="/training/sessions/{room.session.pk}/#roster"' in client.get(url).content.decode()
    said = client.post(url, typed | {"version": member.version}, follow=True).context["messages"]
    assert [str(message) for message in said][1:] == [
        "The person is still on the list of 1 session to come: the roster there marks it."
    ]
