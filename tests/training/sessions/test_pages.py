"""Pages of sessions: what each reader finds, what is warned of, and that nothing typed is lost."""

from datetime import date, time
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cadre_app.care.services import plans
from cadre_app.care.services import talks as care
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.training.models import (
    ClassMeeting,
    CourseSession,
    FeedbackReceipt,
    Programme,
    SessionState,
)
from cadre_app.training.policies import CODE_ON
from cadre_app.training.services import rosters
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
    "held_on": ({"held_on": "1999-01-01", "classes": "5"}, "This day lies more than two years away."),
    "classes": ({"classes": "0"}, "No less than 1."),
}


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(room, client_of):
    client, kept = client_of(room.staff), {"place": "区委党校101教室"}
    forms = [client.post(NEW, typed(room) | kept | wrong).context["form"] for wrong, _text in WRONG.values()]
    assert [(dict(form.errors), form["place"].value()) for form in forms] == [
        ({field: [text]}, "区委党校101教室") for field, (_wrong, text) in WRONG.items()
    ]


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
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
