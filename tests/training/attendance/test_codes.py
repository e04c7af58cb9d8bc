import re
from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.policy import services as policy
from cadre_app.policy.values import ACCOUNTS_IDLE_MINUTES
from cadre_app.training.models import Attendance, ClassMeeting, CourseSession, Presence
from cadre_app.training.policies import CODE_ON
from cadre_app.training.services import codes
from cadre_app.training.services.attendance import Mark, record_attendance
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY
from tests.training.attendance.test_pages import url
from tests.training.factories import enrol

OPENED = "2026-11-23T08:55:00+08:00"


@pytest.fixture
def shown(held, place):
    """The class of today, its code switched on and open for ten minutes from 8:55."""
    held.setting = policy.add_value(CODE_ON, value=True, valid_from=TODAY, source="试", reason="试", actor=place.staff)
    ClassMeeting.objects.update(held_on=TODAY)
    CourseSession.objects.update(uses_code=True)
    held.meeting.refresh_from_db()
    held.meeting.session.refresh_from_db()
    with time_machine.travel(OPENED, tick=False) as clock:
        codes.open_code(held.meeting, minutes=10, actor=held.teacher)
        held.clock = clock
        yield held


def token(held):
    return codes.token_for(held.meeting, timezone.now()).text


def page(text):
    return reverse("training:attendance_in", kwargs={"token": text})


def button(client, address):
    """What the page of the code sends when its button is pressed; None where it has none."""
    body = client.get(address).content.decode()
    found = re.search(r'name="ticket" value="([^"]+)"', body)
    return {"ticket": found[1]} if found else None


def test_whoever_scans_and_presses_is_there(shown, sign_in):
    client = sign_in(shown.places[0].trainee.person.account)
    address = page(token(shown))
    sent = button(client, address)
    for _time in range(2):
        assert client.post(address, sent).status_code == 200
    row = Attendance.objects.get()
    assert (row.enrolment_id, row.presence, row.recorded_by) == (shown.places[0].pk, Presence.PRESENT, "code")
    assert button(client, page(token(shown))) is None
    assert Entry.objects.filter(verb="training.attendance.signed_in").count() == 1


def test_ten_minutes_after_the_beginning_it_is_late(shown, sign_in):
    ClassMeeting.objects.update(code_until=timezone.now() + timedelta(minutes=60))
    shown.clock.move_to("2026-11-23T09:10:01+08:00")
    client = sign_in(shown.places[0].trainee.person.account)
    address = page(token(shown))
    client.post(address, button(client, address))
    assert Attendance.objects.values_list("presence", "missed_hours").get() == (Presence.LATE, 0)


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (19, 200), (24, 200), (25, 410), (3600, 410)])
def test_a_code_that_was_passed_on_is_worth_nothing_after_its_seconds(shown, sign_in, seconds, status):
    address = page(token(shown))
    shown.clock.shift(seconds)
    assert sign_in(shown.places[0].trainee.person.account).get(address).status_code == status


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-1], lambda text: "x" + text, lambda text: "x", lambda text: "x:y"]
)
def test_a_code_that_is_not_ours_is_refused(shown, sign_in, spoil):
    client = sign_in(shown.places[0].trainee.person.account)
    assert client.get(page(spoil(token(shown)))).status_code == 410


def test_the_button_belongs_to_whoever_opened_it_and_not_for_long(shown, sign_in):
    address = page(token(shown))
    first, second = (place.trainee.person.account for place in shown.places[:2])
    sent = button(sign_in(first), address)
    assert sign_in(second).post(address, sent).status_code == 410
    client = sign_in(first)
    shown.clock.shift(codes.TICKET_SECONDS + 1)
    assert client.post(address, sent).status_code == 410
    assert client.post(address, {}).status_code == 410
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("change", ["closed", "over", "policy", "session", "posted"])
def test_nothing_is_recorded_where_the_code_is_not_shown(shown, place, sign_in, change):
    client = sign_in(shown.places[0].trainee.person.account)
    address = page(token(shown))
    sent = button(client, address)
    if change == "closed":
        sign_in(shown.teacher).post(url(shown, "attendance_code_close"))
        client = sign_in(shown.places[0].trainee.person.account)
    elif change == "over":
        ClassMeeting.objects.update(code_until=timezone.now())
    elif change == "policy":
        change = {"value": False, "source": "试", "reason": "试", "version": 1, "actor": place.staff}
        policy.correct_value(shown.setting, CODE_ON, **change)
    elif change == "session":
        CourseSession.objects.update(uses_code=False)
    else:
        CourseSession.objects.update(state="posted", posted_at=timezone.now())
    assert (client.get(address).status_code, client.post(address, sent).status_code) == (410, 410)
    assert not Attendance.objects.exists()


def test_somebody_who_is_not_on_the_roster_is_told_so(shown, place, sign_in):
    account = UserFactory.create(unit=place.town, kind=AccountKind.TRAINEE)
    TraineeFactory.create(person=PersonFactory.create(name="外来", account=account), home_unit=place.town)
    address = page(token(shown))
    for user in (account, shown.staff):
        client = sign_in(user)
        body = client.get(address).content.decode()
        assert ('name="ticket"' in body, "林知远" in body) == (False, False)
        ticket = codes.ticket_for(shown.meeting, user)
        assert client.post(address, {"ticket": ticket}).status_code == 200
    assert not Attendance.objects.exists()


def test_the_screen_shows_a_drawing_that_changes_with_its_seconds(shown, sign_in):
    client = sign_in(shown.teacher)
    poll = {"HX-Request": "true", "X-Poll": "1"}
    body = client.get(url(shown, "attendance_code"), headers=poll).content.decode()
    assert ('hx-headers=\'{"X-Poll": "1"}\'' in body, "<html" in body, "style=" in body) == (True, False, False)
    assert re.search(r'hx-trigger="every (\d+)s"', body)[1] == "20"
    drawing = re.search(r"<svg.*?</svg>", body, re.DOTALL)[0]
    shown.clock.shift(20)
    later = client.get(url(shown, "attendance_code"), headers=poll).content.decode()
    assert drawing not in later


@pytest.mark.parametrize("who", ["staff", "teacher"])
def test_whoever_shows_codes_is_recorded_by_others(shown, place, sign_in, who):
    account = getattr(shown, who)
    person = PersonFactory.create(name="自记人", account=account)
    enrol(shown.session, TraineeFactory.create(person=person, home_unit=place.town))
    client = sign_in(account)
    address = page(token(shown))
    assert button(client, address) is None
    assert bool(client.get(address).context["why"])
    client.post(address, {"ticket": codes.ticket_for(shown.meeting, account)})
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("at", "until"), [("08:29", None), ("08:30", "08:40"), ("11:55", "12:00"), ("12:00", None), ("23:00", None)]
)
def test_the_code_is_shown_from_half_an_hour_before_the_class_until_its_end(shown, sign_in, at, until):
    codes.close_code(shown.meeting, actor=shown.teacher)
    shown.clock.move_to(f"2026-11-23T{at}:00+08:00")
    client = sign_in(shown.teacher)
    assert bool(client.get(url(shown, "attendance_code")).context["when"]) == (until is None)
    client.post(url(shown, "attendance_code"), {"minutes": "10"})
    ends = ClassMeeting.objects.get().code_until
    assert (timezone.localtime(ends).strftime("%H:%M") if ends else None) == until


def test_a_code_that_was_opened_is_worth_nothing_once_the_class_was_moved_away(shown, sign_in):
    ClassMeeting.objects.update(starts_at=time(14, 0), ends_at=time(17, 0))
    assert sign_in(shown.places[0].trainee.person.account).get(page(token(shown))).status_code == 410


def test_those_who_record_nobody_of_the_roster_do_not_see_the_code(shown, place, sign_in):
    client = sign_in(place.somebody(Role.STAFF, place.other_town))
    assert client.get(url(shown, "attendance_code")).status_code == 403
    assert "attendance_code" not in client.get(url(shown)).content.decode()


@pytest.mark.parametrize(("minutes", "status"), [("10", 302), ("0", 200), ("9999", 200)])
def test_the_code_is_shown_for_some_minutes(shown, sign_in, minutes, status):
    assert sign_in(shown.staff).post(url(shown, "attendance_code"), {"minutes": minutes}).status_code == status


def test_where_the_office_has_it_off_there_is_no_code(held, sign_in):
    ClassMeeting.objects.update(held_on=TODAY)
    CourseSession.objects.update(uses_code=True)
    client = sign_in(held.staff)
    answers = [client.get(url(held, "attendance_code")), client.post(url(held, "attendance_code"), {"minutes": "10"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert ClassMeeting.objects.get().code_until is None


@pytest.mark.parametrize(("idle", "offered"), [(15, [5, 10, 15]), (60, [5, 10, 15, 30, 60]), (5, [5])])
def test_the_code_is_offered_no_longer_than_its_screen_stays_signed_in(shown, sign_in, place, idle, offered):
    values = {"valid_from": TODAY, "source": "试", "reason": "试"}
    policy.add_value(ACCOUNTS_IDLE_MINUTES, value=idle, actor=place.staff, **values)
    codes.close_code(shown.meeting, actor=shown.teacher)
    form = sign_in(shown.teacher).get(url(shown, "attendance_code")).context["form"]
    assert [number for number, _label in form.fields["minutes"].choices] == offered


def test_whoever_is_recorded_as_absent_sees_no_tick(shown, sign_in):
    marks = {place.pk: Mark(mark) for place, mark in zip(shown.places, ("absent", "present"), strict=False)}
    record_attendance(shown.meeting, marks=marks, actor=shown.teacher)
    bodies = [
        sign_in(place.trainee.person.account).get(page(token(shown))).content.decode() for place in shown.places[:2]
    ]
    assert [("ph-done" in body, "#check2" in body.partition("ph-done")[2]) for body in bodies] == [
        (True, False),
        (True, True),
    ]
