"""The year and the own places as files: what stands in them, and what makes an event newer."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from cadre_app.training.models import (
    Place,
    Programme,
    StudyVisit,
    VisitMember,
)
from cadre_app.training.services import sessions
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


def events_of(client, url="/training/calendar.ics?year=2026"):
    events = Calendar.from_ical(client.get(url).content).walk("VEVENT")
    return {(str(one["summary"]), str(one.get("status", ""))) for one in events}


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
