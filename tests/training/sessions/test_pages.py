"""Pages of sessions: what each reader finds, what is warned of, and that nothing typed is lost."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from cadre_app.care.services import plans
from cadre_app.care.services import talks as care
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee
from cadre_app.training.forms.sessions import MeetingForm
from cadre_app.training.models import (
    Camp,
    CampMember,
    ClassMeeting,
    CourseSession,
    FeedbackReceipt,
    Place,
    Programme,
    SessionState,
    StudyVisit,
    VisitMember,
)
from cadre_app.training.policies import CODE_ON
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


FOUND = {
    "": {"调研报告的问题与对策", "台风登陆前72小时", "公文规范", "户外定向"},
    "state=held&demand=1&since=2026-11-01&until=2026-11-30&programme=camp": {"台风登陆前72小时"},
    "state=open": {"调研报告的问题与对策"},
    "state=full": {"公文规范"},
    "state=under_way": {"户外定向"},
    "state=cancelled": set(),
    "kind=sand_table": {"台风登陆前72小时"},
    "grade=2": {"台风登陆前72小时"},
    "q=温绍儒": {"调研报告的问题与对策"},
    "since=2026-12-01": {"调研报告的问题与对策", "公文规范"},
}


def test_the_list_is_narrowed(room, client_of):
    past = {"state": SessionState.POSTED, "posted_at": timezone.now(), "is_on_demand": True, "grades": [2]}
    held = make_course("台风登陆前72小时", kind="sand_table")
    make_session(held, on=date(2026, 11, 10), programme=Programme.CAMP, **past)
    enrol(make_session(make_course("公文规范"), capacity=1), room.person("林安"))
    make_session(make_course("户外定向", kind="outdoor"), on=date(2026, 11, 22))
    client = client_of(room.staff)
    shown = {query: client.get(f"{LIST}?{query}").context["table"].rows for query in FOUND}
    assert {query: {row.object.course.title for row in rows} for query, rows in shown.items()} == FOUND


def test_the_list_asks_the_same_however_long(room, client_of, django_assert_num_queries):
    client = client_of(room.staff)
    client.get(LIST)
    for _more in range(2):
        with django_assert_num_queries(9):
            client.get(LIST)
        for day in (4, 5):
            make_session(on=date(2026, 12, day), teacher=room.session.teacher)


def test_a_session_is_opened_with_its_classes_on_workdays(room, client_of):
    answer = client_of(room.staff).post(NEW, typed(room, held_on="2026-12-04", classes="3", rhythm="workdays"))
    made = CourseSession.objects.exclude(pk=room.session.pk).get()
    assert answer["Location"] == f"/training/sessions/{made.pk}/"
    assert list(made.meetings.values_list("held_on", "hours")) == [
        (date(2026, 12, day), Decimal(3)) for day in (4, 7, 8)
    ]
    assert (made.hours, made.ends_on) == (Decimal(9), date(2026, 12, 8))


WRONG = {
    "ends_at": ({"ends_at": "08:00"}, "The class ends before it begins."),
    "hours": ({"hours": "500"}, "No more than 200."),
    "camp": ({"programme": "camp"}, "Choose the camp of this session."),
    "held_on": ({"held_on": "0001-01-01", "classes": "5"}, "This day lies more than two years away."),
    "classes": ({"classes": "0"}, "No less than 1."),
}


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(room, client_of):
    client, kept = client_of(room.staff), {"place": "区委党校101教室"}
    forms = [client.post(NEW, typed(room) | kept | wrong).context["form"] for wrong, _text in WRONG.values()]
    assert [(dict(form.errors), form["place"].value()) for form in forms] == [
        ({field: [text]}, "区委党校101教室") for field, (_wrong, text) in WRONG.items()
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_class_is_not_moved_out_of_the_calendar(room, client_of, day):
    enrol(room.session, room.person("林安"))
    meeting = room.session.meetings.get()
    sent = {"held_on": day, "starts_at": "09:00", "ends_at": "12:00", "hours": "3", "version": meeting.version}
    form = client_of(room.staff).post(f"/training/classes/{meeting.pk}/edit/", sent).context["form"]
    assert dict(form.errors) == {"held_on": ["This day lies more than two years away."]}


def test_too_many_hours_in_all_and_marked_texts_are_refused(room, client_of):
    client = client_of(room.staff)
    many = client.post(NEW, typed(room, classes="60", hours="4")).context["form"]
    marked = client.post(NEW, typed(room, note="机密★")).context["form"]
    assert ([*many.errors], [*marked.errors], CourseSession.objects.count()) == (["hours"], ["note"], 1)


def test_a_course_proposes_its_hours_and_whom_it_is_for(room, client_of):
    course = make_course("初任培训", kind="induction", hours=Decimal(40))
    form = client_of(room.staff).get(f"{NEW}?course={course.pk}").context["form"]
    assert [form[name].value() for name in ("course", "hours", "programme")] == [course.pk, Decimal(40), "induction"]
    assert client_of(room.staff).get(f"{NEW}?course=nonsense").status_code == 200


def test_the_code_on_the_screen_is_offered_only_where_it_is_allowed(room, client_of, monkeypatch):
    assert "uses_code" not in client_of(room.staff).get(NEW).context["form"].fields
    monkeypatch.setattr(type(CODE_ON), "now", lambda self: True)
    assert "uses_code" in client_of(room.staff).get(NEW).context["form"].fields


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


def test_moving_a_class_warns_of_those_who_have_a_talk_then(room, client_of):
    person = room.person("林安")
    rosters.place_many(room.session, trainees=[person], actor=room.staff)
    plans.sweep_plans()
    talk = care.plan_talk(person, kind="routine", planned_on=date(2026, 12, 4), actor=room.staff)
    care.book_talk(
        talk, booked_on=date(2026, 12, 4), booked_time=time(11, 30), place="谈话室", interviewer=room.staff,
        actor=room.staff,
    )  # fmt: skip
    meeting = ClassMeeting.objects.get()
    data = {"held_on": "2026-12-04", "starts_at": "09:00", "ends_at": "12:00", "hours": "3", "version": meeting.version}
    url = f"/training/classes/{meeting.pk}/edit/"
    client = client_of(room.staff)
    assert list(client.post(url, data).context["form"].errors["go_on"])[1:] == [
        "林安: 4 Dec 2026 11:30–12:30 Heart-to-heart talk"
    ]
    client.post(url, data | {"go_on": "on"})
    assert room.again().starts_on == date(2026, 12, 4)


TAKEN = [
    "Taken already at that time:",
    "温绍儒: 3 Dec 2026 09:00–12:00 Course “调研报告的问题与对策”",
    "区委党校203教室: 3 Dec 2026 09:00–12:00 Course “调研报告的问题与对策”",
]


def test_a_teacher_or_room_that_is_taken_is_warned_of_wherever_a_time_is_planned(room, client_of):
    client, teacher, where = client_of(room.staff), room.session.teacher, room.session.place
    other = make_session(make_course("公文规范"), on=date(2026, 12, 4), teacher=teacher)
    moved = {"held_on": "2026-12-03", "starts_at": "11:00", "ends_at": "14:00", "hours": "3", "version": 1}
    facts = {"mode": "classroom", "programme": "other", "capacity": "24", "version": 1}
    sent = {
        NEW: typed(room, held_on="2026-12-03", teacher=teacher.pk, place=where),
        f"/training/classes/{other.meetings.get().pk}/edit/": moved,
    }
    found = {url: list(client.post(url, data).context["form"].errors.get("go_on", ())) for url, data in sent.items()}
    assert found == dict.fromkeys(sent, TAKEN)
    later = make_session(make_course("户外定向"), on=date(2026, 12, 3), place="区委党校101教室")
    edit = f"/training/sessions/{later.pk}/edit/"
    form = client.post(edit, facts | {"teacher": teacher.pk, "place": where}).context["form"]
    assert list(form.errors["go_on"]) == TAKEN
    assert client.post(edit, facts | {"teacher": teacher.pk, "place": where, "go_on": "on"}).status_code == 302
    assert client.post(edit, facts | {"teacher": teacher.pk, "place": where, "version": 2}).status_code == 302


def test_the_roster_of_a_liaison_is_of_the_own_unit_only(room, client_of):
    from tests.factories import PersonFactory, TraineeFactory

    enrol(room.session, room.person("林安"))
    elsewhere = TraineeFactory.create(person=PersonFactory.create(name="林远"), home_unit=room.district.other_town)
    enrol(room.session, elsewhere)
    liaison = room.district.somebody(Role.LIAISON, room.district.town)
    people = client_of(liaison).get(page(room)).context["roster"]
    assert ([seat.place.trainee.person.name for seat in people.enrolled], people.hidden) == (["林安"], 1)


def test_who_sees_nobody_on_a_roster_changes_nothing_of_the_session_and_reads_no_feedback(room, client_of):
    """Staff of a town move, open and cancel what concerns only people of theirs; their people they add everywhere."""
    enrol(room.session, room.person("林安"))
    district, acts = room.district, (f"{page(room)}edit/", f"{page(room)}cancel/")
    readers = {
        "own": district.somebody(Role.STAFF, district.town),
        "other": district.somebody(Role.STAFF, district.other_town),
    }
    for name, user in readers.items():
        client = client_of(user)
        body, expected = client.get(page(room)).content.decode(), 200 if name == "own" else 403
        assert [client.get(url).status_code for url in acts] == [expected] * 2
        assert ([url in body for url in acts], f"{page(room)}people/" in body) == ([name == "own"] * 2, True)
    leaders = [district.somebody(Role.LEADER, unit) for unit in (district.town, district.other_town)]
    feedback = reverse("training:feedback_results", kwargs={"pk": room.session.pk})
    assert [client_of(user).get(feedback).status_code for user in leaders] == [200, 403]
    CourseSession.objects.update(state=SessionState.PLANNED)
    rule = reminder_rules["training.session_unopened"]
    found = [rule.visible(rule.rows(), type(user).objects.get(pk=user.pk)).exists() for user in readers.values()]
    assert found == [True, False]


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


def test_a_planned_session_is_hidden_from_those_on_it(room, client_of):
    planned = make_session(
        make_course("公文规范"), on=date(2026, 12, 4), state=SessionState.PLANNED, takes_sign_ups=True
    )
    place = enrol(planned, room.person("林安"))
    client = client_of(room.user("林安"))
    assert client.get("/training/").context["places"] == []
    assert client.get("/training/calendar/").context["months"] == []
    for url in (f"/training/sessions/{planned.pk}/", f"/training/places/{place.pk}/decline/"):
        assert client.get(url).status_code == 404
    clash = make_session(make_course("户外定向"), on=date(2026, 12, 4), takes_sign_ups=True)
    assert client.post(f"/training/sessions/{clash.pk}/sign-up/", {}).status_code == 302


def test_a_session_sent_twice_is_one(room, client_of):
    client, sent = client_of(room.staff), typed(room, teacher=room.session.teacher.pk, submission=str(uuid4()))
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert (first.status_code, second.url, CourseSession.objects.count()) == (302, first.url, 2)


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


def test_a_teacher_finds_the_next_class_first_and_those_not_recorded(room, client_of):
    make_session(on=date(2026, 11, 25), teacher=room.session.teacher)
    make_session(on=date(2026, 11, 20), teacher=room.session.teacher)
    tables = [client_of(room.teacher).get(f"{MINE}?tab={tab}").context["table"] for tab in ("", "unrecorded", "held")]
    days = [[str(row.object.held_on) for row in table.rows] for table in tables]
    assert days == [["2026-11-25", "2026-12-03"], ["2026-11-20"], []]


def test_a_teacher_reaches_all_of_many_sessions(room, client_of):
    done = {"state": SessionState.POSTED, "posted_at": timezone.now(), "teacher": room.session.teacher}
    for day in range(1, 29):
        make_session(on=date(2026, 10, day), **done)
    shown = [client_of(room.teacher).get(f"{MINE}?tab=held&page={page}").context for page in (1, 2)]
    assert [(len(page["table"].rows), page["chips"][2][2]) for page in shown] == [(25, 28), (3, 28)]


def test_the_year_is_a_file_of_classes_without_names(room, client_of):
    enrol(room.session, room.person("林安"))
    make_session(on=date(2025, 12, 3))
    answer = client_of(room.staff).get("/training/calendar.ics?year=2026")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(str(one["summary"]), one.decoded("dtstart"), str(one["location"])) for one in events] == [
        ("调研报告的问题与对策", datetime(2026, 12, 3, 1, tzinfo=UTC), "区委党校203教室")
    ]
    assert "林安" not in answer.content.decode()
    visit = StudyVisit.objects.create(title="产业强村", visited_on=date(2026, 12, 9), sites="沧头村", meets_at="东门")
    VisitMember.objects.create(visit=visit, trainee=room.person("林安"))
    months = client_of(room.staff).get("/training/calendar/?year=2026").context["months"]
    assert [(month.first, len(month.lines)) for month in months] == [(date(2026, 12, 1), 2)]


@pytest.mark.parametrize(
    ("part", "titles"),
    [
        ("", ["调研报告的问题与对策", "公文规范", "产业强村"]),
        ("camp", ["公文规范"]),
        ("visits", ["产业强村"]),
        ("x", None),
    ],
)
def test_the_year_is_narrowed_to_a_programme_on_the_page_and_in_the_file(room, client_of, part, titles):
    make_session(make_course("公文规范"), on=date(2026, 12, 8), programme=Programme.CAMP)
    StudyVisit.objects.create(title="产业强村", visited_on=date(2026, 12, 9), sites="沧头村", meets_at="东门")
    client, query = client_of(room.staff), f"?year=2026&part={part}"
    months = client.get(f"/training/calendar/{query}").context["months"]
    found = [line.title for month in months for line in month.lines]
    in_file = Calendar.from_ical(client.get(f"/training/calendar.ics{query}").content).walk("VEVENT")
    expected = titles or ["调研报告的问题与对策", "公文规范", "产业强村"]
    assert (found, [str(one["summary"]) for one in in_file]) == (expected, expected)


def events_of(client, url="/training/calendar.ics?year=2026"):
    events = Calendar.from_ical(client.get(url).content).walk("VEVENT")
    return {(str(one["summary"]), str(one.get("status", ""))) for one in events}


def test_a_calendar_has_the_own_places_and_visits_and_says_what_was_cancelled(room, client_of):
    person = room.person("林安")
    for title, place in [("公文规范", Place.DECLINED), ("应急处置", Place.WAITING), ("户外定向", Place.ENROLLED)]:
        session = make_session(make_course(title), takes_sign_ups=True)
        enrol(session, person, place, decline_reason="下乡" if place == Place.DECLINED else "")
    visit = StudyVisit.objects.create(title="产业强村", visited_on=date(2026, 12, 9), sites="沧头村")
    VisitMember.objects.create(visit=visit, trainee=person)
    client = client_of(room.user("林安"))
    assert events_of(client) == {("户外定向", ""), ("产业强村", "")}
    sessions.cancel_session(session, reason="防汛", actor=room.staff)
    url = f"/training/sessions/{session.pk}/"
    assert (events_of(client), events_of(client, f"{url}calendar.ics"), client.get(url).context["in_calendar"]) == (
        {("户外定向", "CANCELLED"), ("产业强村", "")},
        {("户外定向", "CANCELLED")},
        False,
    )


def test_another_place_makes_the_event_newer(room, client_of):
    client, url = client_of(room.staff), f"{page(room)}calendar.ics"
    first = Calendar.from_ical(client.get(url).content).walk("VEVENT")[0]
    facts = {"mode": "classroom", "programme": "other", "capacity": "24", "version": 1, "place": "区委党校101教室"}
    client.post(page(room, "edit/"), facts)
    second = Calendar.from_ical(client.get(url).content).walk("VEVENT")[0]
    assert (first["uid"], first["sequence"] + 1, str(second["location"])) == (
        second["uid"],
        second["sequence"],
        "区委党校101教室",
    )


def test_feedback_is_offered_until_the_sheet_is_in(room, client_of):
    day = date(2026, 11, 20)
    held = {"state": SessionState.FINISHED, "finished_at": timezone.now(), "starts_on": day, "ends_on": day}
    CourseSession.objects.update(**held)
    mine = enrol(room.session, room.person("林安"), outcome="completed")
    client = client_of(room.user("林安"))
    assert str(mine.pk) in client.get(page(room)).context["form_url"]
    FeedbackReceipt.objects.create(enrolment=mine)
    assert client.get(page(room)).context["form_url"] == ""


def test_a_hidden_character_in_a_search_box_is_refused_in_own_words(room, client_of):
    form = client_of(room.staff).get(LIST, {"q": "公文\x00"}).context["filter"].form
    assert form.errors["q"] == ["This text contains an invisible control character. Please type it again."]


def test_the_search_finds_sessions_by_course(room):
    from cadre_app.training.search import find_sessions

    assert [hit.title for hit in find_sessions(room.staff, "对策", 5)] == ["调研报告的问题与对策"]
