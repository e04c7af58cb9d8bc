"""Whose attendance somebody records: staff in their scope, the teacher; nobody their own or a relative's (回避)."""

import pytest
from django.urls import reverse

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import Role
from cadre_app.training.models import Attendance, Enrolment, Presence, Teacher
from cadre_app.training.services import attendance
from cadre_app.training.services.attendance import Mark
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UserFactory
from tests.training.attendance.test_pages import sheet, url
from tests.training.factories import enrol


def recorded_of(held):
    return sorted(Attendance.objects.values_list("enrolment__trainee__person__name", flat=True))


@pytest.fixture
def own(held, place):
    """Staff of the district on the roster themselves."""
    person = PersonFactory.create(name="自记人", account=held.staff)
    held.places.append(enrol(held.session, TraineeFactory.create(person=person, home_unit=place.town)))
    return held.places[-1]


def test_staff_neither_record_nor_post_nor_add_themselves(held, own, sign_in):
    client = sign_in(held.staff)
    body = client.get(url(held)).content.decode()
    assert ("自记人" in body, "名单中还有1人由其他人员登记" in body) == (False, True)
    assert client.post(url(held), sheet(held, *["present"] * 4)).status_code == 302
    assert recorded_of(held) == ["周言", "林知远", "陈屿"]
    marks = {own.pk: Mark(Presence.PRESENT)}
    attendance.record_attendance(held.meeting, marks=marks, actor=held.teacher)
    row = Attendance.objects.get(enrolment=own)
    statuses = [
        client.post(reverse("training:attendance_void", kwargs={"pk": row.pk}), {"reason": "错"}).status_code,
        client.post(url(held, "session_finish", "session"), {"version": held.session.version}).status_code,
    ]
    assert statuses == [403, 403]
    row.delete()
    own.delete()
    assert client.post(url(held, "attendance_add"), {"person": own.trainee.person_id}).status_code == 200
    assert not Enrolment.objects.filter(trainee=own.trainee_id).exists()


def test_a_teacher_on_the_roster_is_recorded_by_others_and_leaves_finishing_to_them(held, place, sign_in):
    person = PersonFactory.create(name="自教人", account=held.teacher)
    held.places.append(enrol(held.session, TraineeFactory.create(person=person, home_unit=place.town)))
    client = sign_in(held.teacher)
    client.post(url(held), sheet(held, *["present"] * 4))
    assert recorded_of(held) == ["周言", "林知远", "陈屿"]
    assert client.post(url(held, "session_finish", "session"), {"version": held.session.version}).status_code == 403


def test_staff_record_nobody_whose_files_they_only_read(held, place, sign_in):
    """Staff of the other town, liaison of this one."""
    Teacher.objects.update(account=UserFactory.create(kind=AccountKind.TRAINER, unit=place.top))
    user = place.somebody(Role.STAFF, place.other_town)
    GrantFactory.create(user=user, role=Role.LIAISON, unit=place.town)
    client = sign_in(user)
    answer = client.post(url(held), sheet(held, *["absent"] * 3))
    assert (answer.status_code, recorded_of(held)) == (200, [])


def test_the_page_of_a_class_tells_who_changed_whose_attendance(held, place, sign_in):
    client = sign_in(held.staff)
    client.post(url(held), sheet(held, "present", "present", "absent"))
    row = Attendance.objects.get(presence="absent")
    taken_out = reverse("training:attendance_void", kwargs={"pk": row.pk})
    assert client.get(taken_out).status_code == 200
    assert client.post(taken_out, {"version": row.version, "reason": "误登"}).status_code == 302
    told = [(entry.subject, entry.verb, entry.reason) for entry in client.get(url(held)).context["entries"]]
    assert ("陈屿", "training.attendance.voided", "误登") in told
    assert sorted(name for name, verb, _why in told if verb == "training.attendance.recorded") == [
        "周言",
        "林知远",
        "陈屿",
    ]
    assert sign_in(place.somebody(Role.LIAISON, place.town)).get(url(held)).context["entries"] is None
