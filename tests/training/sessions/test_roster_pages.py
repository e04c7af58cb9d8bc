"""Rosters: who is put on, taken off and shown, who signs up, and what is warned of."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.training.forms.sessions import MeetingForm
from cadre_app.training.models import (
    Camp,
    CampMember,
    CourseSession,
    Place,
    SessionState,
)
from cadre_app.training.services import rosters, sessions
from tests.people.conftest import TODAY
from tests.training.factories import enrol, make_course, make_session

LIST, NEW, MINE = "/training/", "/training/sessions/new/", "/training/teaching/"


def page(room, name=""):
    return f"/training/sessions/{room.session.pk}/{name}"


def typed(room, **more):
    return {
        "course": str(room.session.course.pk),
        "held_on": "2026-12-07",
        "starts_at": "09:00",
        "ends_at": "12:00",
        "hours": "3",
        "classes": "1",
        "rhythm": "daily",
        "mode": "classroom",
        "capacity": "24",
        "programme": "advanced",
        "state": "open",
    } | more


def test_names_are_pasted_and_those_taken_at_that_time_are_named_first(room, client_of):
    busy = make_session(make_course("公文规范"), on=date(2026, 12, 3))
    enrol(busy, room.person("林安"))
    room.person("林博")
    client = client_of(room.staff)
    answer = client.post(page(room, "people/"), {"names": "林安\n林博"})
    assert answer.context["form"].errors["go_on"] == [
        "Taken already at that time:",
        "林安: 3 Dec 2026 09:00–12:00 Course “公文规范”",
    ]
    assert room.roster() == ([], [], 0)
    assert client.post(page(room, "people/"), {"names": "林安\n林博", "go_on": "on"}).status_code == 302
    assert room.roster() == (["林安", "林博"], [], 2)


@pytest.mark.parametrize(
    ("names", "messages"),
    [
        ("林不在，林博", ["Nobody of these names is among your people: 林不在."]),
        (
            "林安",
            ["2 people are called 林安: 梧岭镇 {0}, 潮音镇 {1}. Write the file number behind the name."],
        ),
        ("", ["Name somebody."]),
    ],
)
def test_unknown_and_doubled_names_are_said_and_the_list_stays(room, client_of, names, messages):
    from tests.factories import PersonFactory, TraineeFactory

    first = room.person("林安")
    room.person("林博")
    second = TraineeFactory.create(person=PersonFactory.create(name="林安"), home_unit=room.district.other_town)
    client = client_of(room.staff)
    form = client.post(page(room, "people/"), {"names": names}).context["form"]
    numbers = (first.file_number, second.file_number)
    assert (form.errors["names"], form["names"].value()) == ([text.format(*numbers) for text in messages], names)
    client.post(page(room, "people/"), {"names": f"林安 {second.file_number}、林博、林博"})
    assert room.again().enrolled == 2


def test_the_roster_of_a_liaison_is_of_the_own_unit_only(room, client_of):
    from tests.factories import PersonFactory, TraineeFactory

    enrol(room.session, room.person("林安"))
    elsewhere = TraineeFactory.create(person=PersonFactory.create(name="林远"), home_unit=room.district.other_town)
    enrol(room.session, elsewhere)
    liaison = room.district.somebody(Role.LIAISON, room.district.town)
    people = client_of(liaison).get(page(room)).context["roster"]
    assert ([seat.place.trainee.person.name for seat in people.enrolled], people.hidden) == (["林安"], 1)


def test_staff_of_a_town_neither_read_nor_place_people_of_another_one(room, client_of):
    from tests.factories import PersonFactory, TraineeFactory

    far = TraineeFactory.create(person=PersonFactory.create(name="林远"), home_unit=room.district.other_town)
    camp = Camp.objects.create(year=2026, reference_on=date(2026, 8, 1))
    own = PersonFactory.create(name="林自", account=room.district.somebody(Role.STAFF, room.district.town))
    oneself = TraineeFactory.create(person=own, home_unit=room.district.town)
    for one in (far, oneself, room.person("林安")):
        CampMember.objects.create(camp=camp, trainee=one, grade=1, months=3, rule="grade", joined_on=date(2026, 8, 1))
    CourseSession.objects.update(camp=camp)
    other = make_session(make_course("公文规范"), on=date(2026, 12, 3))
    enrol(other, far)
    client = client_of(own.account)
    assert client.post(page(room, "camp/"), {"grades": ["1"]}).status_code == 302
    assert room.names(Place.ENROLLED) == ["林安"]
    meeting, known = other.meetings.get(), {"starts_at": "09:00", "ends_at": "12:00", "hours": "3", "version": 1}
    enrol(room.session, far)
    sent = {"held_on": "2026-12-03", "place": "行政楼305"} | known | {"ends_at": "11:59"}
    assert client.post(f"/training/classes/{meeting.pk}/edit/", sent).status_code == 403
    with translation.override("en"):
        form = MeetingForm(sent, instance=meeting, session=other, user=own.account)
        assert not form.is_valid()
    assert list(form.errors["go_on"])[1:] == ["1 person of units that you do not work for"]


def test_why_nobody_signs_up_stands_on_the_page(room, client_of):
    CourseSession.objects.update(programme="advanced")
    room.person("林安")
    client = client_of(room.user("林安"))
    assert client.get(page(room)).context["refusal"] == "This session is for: Qingzhu advanced plan."
    assert client.get(page(room, "sign-up/")).url == page(room)


def test_whoever_has_no_account_is_marked_to_be_told_by_phone(room, client_of):
    from tests.factories import PersonFactory, TraineeFactory

    enrol(room.session, room.person("林安"))
    enrol(room.session, TraineeFactory.create(person=PersonFactory.create(name="林远"), home_unit=room.district.town))
    shown = client_of(room.staff).get(page(room))
    assert [seat.is_unreached for seat in shown.context["roster"].enrolled] == [False, True]
    assert shown.content.decode().count("No account: tell by phone") == 1
    CourseSession.objects.update(state=SessionState.PLANNED)
    assert "No account" not in client_of(room.staff).get(page(room)).content.decode()


def test_a_liaison_reads_the_turn_among_all_who_wait(room, client_of):
    from tests.factories import PersonFactory, TraineeFactory

    elsewhere = TraineeFactory.create(person=PersonFactory.create(name="林远"), home_unit=room.district.other_town)
    gone = room.person("林博")
    for number, trainee in enumerate((elsewhere, gone, room.person("林安"))):
        enrol(room.session, trainee, Place.WAITING, placed_at=timezone.now() + timedelta(minutes=number))
    Trainee.objects.filter(pk=gone.pk).update(departed_on=TODAY)
    liaison = room.district.somebody(Role.LIAISON, room.district.town)
    waiting = client_of(liaison).get(page(room)).context["roster"].waiting
    assert [(seat.place.trainee.person.name, seat.turn) for seat in waiting] == [("林博", 0), ("林安", 2)]


def test_staff_take_off_who_left_the_programme_and_a_place_never_goes_to_them(room, client_of):
    for name in ("林安", "林博"):
        enrol(room.session, room.person(name))
    for name in ("林楚", "林丹"):
        enrol(room.session, room.person(name), Place.WAITING)
    Trainee.objects.filter(person__name__in=("林安", "林楚")).update(departed_on=TODAY)
    client = client_of(room.staff)
    roster = client.get(page(room)).context["roster"]
    assert (roster.left, [seat.has_left for seat in roster.enrolled]) == (2, [True, False])
    url = f"/training/places/{room.row('林安').pk}/take-off/"
    client.post(url, {"reason": "已调离", "version": room.row("林安").version})
    assert room.roster() == (["林博", "林丹"], ["林楚"], 2)


def test_the_page_asks_the_same_however_many_are_on_it(room, client_of, django_assert_num_queries):
    CourseSession.objects.update(capacity=9)
    rosters.place_many(room.again(), trainees=[room.person("林安")], actor=room.staff)
    client = client_of(room.staff)
    client.get(page(room))
    with django_assert_num_queries(15):
        client.get(page(room))
    rosters.place_many(room.again(), trainees=[room.person("林博"), room.person("林楚")], actor=room.staff)
    with django_assert_num_queries(15):
        client.get(page(room))


def test_somebody_signs_up_notes_and_declines_and_reads_no_other_name(room, client_of):
    enrol(room.session, room.person("林博"))
    room.person("林安")
    client = client_of(room.user("林安"))
    assert [one.pk for one, _mark in client.get(LIST).context["offers"]] == [room.session.pk]
    assert client.post(page(room, "sign-up/")).status_code == 302
    assert room.row("林安").place == Place.ENROLLED
    sessions.cancel_session(room.again(), reason="防汛", actor=room.staff)
    sessions.reopen_session(room.again(), actor=room.staff)
    assert [text[:31] for text in client.get(page(room)).context["news"]] == [
        "“调研报告的问题与对策” is held after all:"
    ]
    assert client.post(f"/training/places/{room.row('林安').pk}/noted/").status_code == 302
    shown = client.get(page(room)).content.decode()
    assert ("林博" in shown, room.row("林安").told_at is None) == (False, False)
    client.post(f"/training/places/{room.row('林安').pk}/decline/", {"reason": "下乡防汛"})
    assert (room.row("林安").place, room.again().enrolled) == (Place.DECLINED, 1)


def test_who_is_taken_is_warned_before_signing_up(room, client_of):
    enrol(make_session(make_course("公文规范"), on=date(2026, 12, 3)), room.person("林安"))
    client = client_of(room.user("林安"))
    assert list(client.post(page(room, "sign-up/")).context["form"].errors) == ["go_on"]
    client.post(page(room, "sign-up/"), {"go_on": "on"})
    assert room.again().enrolled == 1
