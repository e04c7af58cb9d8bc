import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import Role
from cadre_app.policy import snapshot
from cadre_app.training.models import Attendance, CourseSession, Enrolment, Place, Presence, SessionState
from cadre_app.training.services import attendance
from cadre_app.training.services.attendance import Mark
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.training.factories import enrol


def url(held, name="attendance_list", of="meeting"):
    return reverse(f"training:{name}", kwargs={"pk": getattr(held, of).pk})


def sheet(held, *chosen, **more):
    """What the page sends: a choice for each of the places."""
    data = {f"p_{place.pk.hex}": value for place, value in zip(held.places, chosen, strict=False) if value}
    for place in held.places:
        data |= {f"m_{place.pk.hex}": "", f"r_{place.pk.hex}": ""}
    return data | more


def recorded():
    rows = Attendance.objects.order_by("enrolment__trainee__stroke_key")
    return list(rows.values_list("enrolment__trainee__person__name", "presence", "missed_hours", "note"))


def checked(body):
    return re.findall(r'value="(\w+)" id="[^"]+" checked', body)


def test_the_teacher_records_everybody_at_once(held, sign_in):
    late = held.places[1].pk.hex
    data = sheet(held, "present", "late", "absent", **{f"m_{late}": "0.5", f"r_{late}": "防汛值班"})
    response = sign_in(held.teacher).post(url(held), data)
    assert (response.status_code, response["Location"]) == (302, url(held))
    assert sorted(recorded()) == [
        ("周言", "late", 0.5, "防汛值班"),
        ("林知远", "present", 0, ""),
        ("陈屿", "absent", 3, ""),
    ]


def test_those_who_are_left_are_filled_in_and_nothing_is_saved_yet(held, sign_in):
    client = sign_in(held.staff)
    response = client.post(url(held), sheet(held, "", "absent", fill="present"))
    assert (response.status_code, sorted(checked(response.content.decode()))) == (200, ["absent", "present", "present"])
    assert recorded() == []


def test_nothing_typed_is_lost_when_somebody_is_left_out(held, sign_in):
    late = held.places[1].pk.hex
    data = sheet(held, "present", "late", **{f"m_{late}": "0.3", f"r_{late}": "途中故障"})
    body = sign_in(held.staff).post(url(held), data).content.decode()
    assert sorted(checked(body)) == ["late", "present"]
    assert ('value="0.3"' in body, 'value="途中故障"' in body, recorded()) == (True, True, [])
    assert body.count("invalid-feedback") == 2


def test_what_somebody_else_recorded_comes_back_beside_what_was_chosen(held, sign_in):
    client = sign_in(held.staff)
    mark = {held.places[0].pk: Mark(Presence.EXCUSED, note="请假条已交")}
    attendance.record_attendance(held.meeting, marks=mark, actor=held.teacher)
    response = client.post(url(held), sheet(held, "absent", "present", "present", seen=""))
    body = response.content.decode()
    assert (response.status_code, "请假条已交" in body, Attendance.objects.count()) == (409, True, 1)
    seen = re.search(r'name="seen" value="([^"]+)"', body)[1]
    assert client.post(url(held), sheet(held, "absent", "present", "present", seen=seen)).status_code == 302
    assert Attendance.objects.filter(presence="absent").count() == 1


def test_two_hundred_people_are_recorded_in_a_bounded_number_of_queries(held, sign_in, django_assert_max_num_queries):
    CourseSession.objects.update(capacity=300)
    for number in range(197):
        held.places.append(
            enrol(held.session, TraineeFactory.create(person=PersonFactory.create(name=f"学员{number}")))
        )
    client = sign_in(held.teacher)
    with django_assert_max_num_queries(45):
        assert client.post(url(held), sheet(held, *["present"] * 200)).status_code == 302
    assert Attendance.objects.count() == 200


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.parametrize(
    ("name", "of", "queries"), [("attendance_list", "meeting", 14), ("session_attendance", "session", 14)]
)
def test_the_pages_ask_as_often_for_one_as_for_many(
    held, sign_in, django_assert_num_queries, name, of, queries, people
):
    Enrolment.objects.filter(pk__in=[place.pk for place in held.places[people:]]).update(voided_at=timezone.now())
    held.places = held.places[:people]
    marks = {place.pk: Mark(Presence.PRESENT, note="好") for place in held.places}
    attendance.record_attendance(held.meeting, marks=marks, actor=held.staff)
    client = sign_in(held.staff)
    client.get(url(held, name, of))
    with snapshot.held(), django_assert_num_queries(queries):
        client.get(url(held, name, of))


def test_leaders_read_and_those_on_the_roster_do_not(held, place, sign_in):
    leader = place.somebody(Role.LEADER, place.top)
    body = sign_in(leader).get(url(held)).content.decode()
    assert ("林知远" in body, '<form class="att"' in body) == (True, False)
    assert sign_in(leader).post(url(held), sheet(held, "present")).status_code == 403
    assert sign_in(held.places[0].trainee.person.account).get(url(held)).status_code == 403
    other = UserFactory.create(unit=place.top, kind=AccountKind.TRAINER)
    assert sign_in(other).get(url(held)).status_code == 404


def test_somebody_who_came_without_being_on_the_roster_takes_a_place_as_long_as_there_is_one(held, place, sign_in):
    client = sign_in(held.staff)
    more = [
        TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=place.town) for name in ("甲", "乙")
    ]
    CourseSession.objects.update(capacity=4)
    for trainee, status in zip(more, (302, 200), strict=True):
        assert client.post(url(held, "attendance_add"), {"person": trainee.person_id}).status_code == status
    assert Enrolment.objects.filter(place=Place.ENROLLED).count() == 4
    assert not Enrolment.objects.filter(trainee=more[1]).exists()
    again = client.post(url(held, "attendance_add"), {"person": more[0].person_id})
    assert (again.status_code, held.again().enrolled) == (200, 4)


def test_the_sheet_for_signing_names_everybody_and_leaves_lines(held, sign_in):
    body = sign_in(held.teacher).get(url(held, "attendance_sheet")).content.decode()
    assert [name for name in ("林知远", "周言", "陈屿") if f"<td>{name}</td>" in body] == ["林知远", "周言", "陈屿"]
    assert "<td>9</td><td></td>" in body


def test_a_session_is_finished_posted_and_opened_from_its_page(held, sign_in):
    client = sign_in(held.staff)
    refused = client.post(url(held, "session_finish", "session"), {"version": held.session.version})
    assert (refused.status_code, held.again().state) == (200, SessionState.OPEN)
    client.post(url(held), sheet(held, "present", "present", "absent"))
    for name, data, state in (
        ("session_finish", {}, SessionState.FINISHED),
        ("session_post", {}, SessionState.POSTED),
        ("session_take_back", {"reason": "登记有误"}, SessionState.FINISHED),
        ("session_unfinish", {"reason": "登记有误"}, SessionState.OPEN),
    ):
        answer = client.post(url(held, name, "session"), {"version": held.again().version, **data})
        assert (answer.status_code, held.again().state) == (302, state), name


def test_a_record_is_taken_out_only_until_the_session_is_finished(held, sign_in):
    client = sign_in(held.staff)
    client.post(url(held), sheet(held, "present", "present", "absent"))
    out = reverse("training:attendance_void", kwargs={"pk": Attendance.objects.first().pk})
    assert (out in client.get(url(held)).content.decode(), client.get(out).status_code) == (True, 200)
    CourseSession.objects.update(state=SessionState.FINISHED)
    assert out not in client.get(url(held)).content.decode()
    assert "班次已结课" in client.get(out, follow=True).content.decode()


def test_the_teacher_finishes_and_staff_post(held, sign_in):
    client = sign_in(held.teacher)
    client.post(url(held), sheet(held, "present", "present", "absent"))
    answer = client.post(url(held, "session_finish", "session"), {"version": held.session.version})
    assert answer.status_code == 302
    assert client.post(url(held, "session_post", "session"), {"version": 2}).status_code == 403
    assert held.again().state == SessionState.FINISHED


def test_a_class_to_come_is_read_only(held, sign_in):
    type(held.meeting).objects.update(held_on=timezone.localdate() + timedelta(days=1))
    client = sign_in(held.staff)
    assert '<form class="att"' not in client.get(url(held)).content.decode()
    assert (client.post(url(held), sheet(held, "present", "present", "present")).status_code, recorded()) == (200, [])


def test_a_session_to_come_offers_neither_recording_nor_finishing(held, sign_in):
    client = sign_in(held.staff)
    address = url(held, "session_attendance", "session")

    def offered():
        found = client.get(address).context
        return found["may_finish"], [may_record for _meeting, _gap, may_record in found["meetings"]]

    assert offered() == (True, [True])
    type(held.meeting).objects.update(held_on=timezone.localdate() + timedelta(days=1))
    assert offered() == (False, [False])
    assert client.get(url(held, "session_finish", "session")).status_code == 302


def test_a_record_of_a_finished_session_is_not_offered_to_be_taken_out(held, sign_in):
    client = sign_in(held.staff)
    client.post(url(held), sheet(held, "present", "present", "absent"))
    void = reverse("training:attendance_void", kwargs={"pk": Attendance.objects.first().pk})
    assert (void in client.get(url(held)).content.decode(), client.get(void).status_code) == (True, 200)
    client.post(url(held, "session_finish", "session"), {"version": held.again().version})
    assert (void in client.get(url(held)).content.decode(), client.get(void).status_code) == (False, 302)


def test_whoever_was_there_reads_what_is_recorded_of_them(held, sign_in):
    """Without the remark; once the session is finished also what it was, and nobody is asked to take note."""
    mark = {place.pk: Mark(Presence.LATE, Decimal("0.5"), note="途中故障") for place in held.places}
    attendance.record_attendance(held.meeting, marks=mark, actor=held.staff)
    Enrolment.objects.update(outcome="withdrawn", missed_hours=Decimal("0.5"))
    CourseSession.objects.update(state=SessionState.FINISHED, ends_on=timezone.localdate())
    answer = sign_in(held.places[0].trainee.person.account).get(url(held, "session_detail", "session"))
    body = answer.content.decode()
    told = ["迟到" in body, "缺0.5学时" in body, "退学" in body, "途中故障" in body, answer.context["may_note"]]
    assert told == [True, True, True, False, False]
