"""Who is where on a day: first and last days, whoever has not returned, days past and to come."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.assignments.models import PostingMode, PostingState
from cadre_app.assignments.whereabouts import by_host, by_unit, sheet_rows, whereabouts_of
from cadre_app.people.models import Interruption, Transfer, TransferKind
from tests.assignments.board.conftest import TODAY
from tests.assignments.factories import make_leave, make_posting

pytestmark = pytest.mark.django_db

PAGE = reverse("assignments:where")
DAY = timedelta(days=1)


def taken(place, day):
    found = whereabouts_of(place.staff, day, TODAY)
    return {one.trainee.person.name: [stretch.kind for stretch in one.stretches] for one in found.people}


def test_first_and_last_day_are_days_there(place, somebody):
    first, last = date(2026, 3, 1), date(2026, 8, 31)
    make_posting(somebody("甲"), on=first, due_on=last, ended_on=last, state=PostingState.CLOSED)
    days = (first - DAY, first, last, last + DAY)
    assert [taken(place, day)["甲"] for day in days] == [[], ["task_force"], ["task_force"], []]


def test_who_has_not_returned_is_there_until_today(place, somebody):
    make_posting(somebody("甲"), on=TODAY - 90 * DAY, due_on=TODAY - 9 * DAY)
    make_leave(somebody("乙"), on=TODAY - 20 * DAY, due_on=TODAY - 9 * DAY)
    there = {"甲": ["task_force"], "乙": ["leave"]}
    assert [taken(place, TODAY + step * DAY) for step in (-1, 0, 1)] == [there, there, {"甲": [], "乙": []}]


def test_what_is_only_proposed_or_declined_takes_nobody_there(place, somebody):
    make_posting(somebody("甲"), on=TODAY, state=PostingState.PROPOSED)
    make_posting(somebody("乙"), on=TODAY, state=PostingState.DECLINED, decline_reason="人手不足")
    make_leave(somebody("丙"), on=TODAY, state="requested")
    assert taken(place, TODAY) == {"甲": [], "乙": [], "丙": []}


def test_an_interrupted_village_term_leaves_somebody_in_the_own_unit(place, somebody, term):
    row = term(somebody("甲"), date(2026, 1, 1), None)
    Interruption.objects.create(term=row, started_on=date(2026, 6, 1), ended_on=date(2026, 6, 30), reason="借调")
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1), date(2028, 2, 29)]
    assert [taken(place, day)["甲"] for day in days] == [["village"], [], [], ["village"], ["village"]]


def test_only_those_in_development_on_the_day_are_asked_for(place, somebody):
    somebody("甲", arrived_on=date(2026, 7, 1))
    somebody("乙", departed_on=date(2026, 7, 2))
    assert [sorted(taken(place, day)) for day in (date(2026, 7, 1), date(2026, 7, 2))] == [["乙", "甲"], ["甲"]]


def test_a_past_day_names_the_unit_of_that_day(place, somebody):
    person = somebody("甲", unit=place.other_town)
    Transfer.objects.create(
        trainee=person, kind=TransferKind.INTERNAL, effective_on=date(2026, 9, 1), from_unit=place.town,
        to_unit=place.other_town, document_number="望组干", served_months=1,
    )  # fmt: skip
    days = (date(2026, 8, 31), date(2026, 9, 1), TODAY)
    assert [whereabouts_of(place.staff, day, TODAY).people[0].unit for day in days] == ["梧岭镇", "潮音镇", "潮音镇"]
    assert whereabouts_of(place.staff, days[0], TODAY, place.town).total == 1


def test_hosts_villages_first_then_postings_then_leave(place, somebody, term):
    person = somebody("甲")
    term(person, TODAY, TODAY + 700 * DAY)
    make_posting(person, on=TODAY, mode=PostingMode.HALF)
    make_leave(person, on=TODAY)
    somebody("乙")
    with translation.override("en"):
        found = whereabouts_of(place.staff, TODAY, TODAY)
        assert [place.label for place in by_host(found)] == ["梧头村", "环湾大道工程建设指挥部", "On leave"]
        assert [(place.label, place.people) for place in by_unit(found)] == [("梧岭镇", 2)]
        assert [row[:4] for row in sheet_rows(found)] == [
            ["梧岭镇", "乙", "In the own unit", "梧岭镇"],
            ["梧岭镇", "甲", "Village term", "梧头村"],
            ["梧岭镇", "甲", "Task force", "环湾大道工程建设指挥部"],
            ["梧岭镇", "甲", "Annual leave", ""],
        ]  # fmt: skip
        assert list(sheet_rows(found))[2][4:8] == [
            "Project construction headquarters", "包干征迁入户与协议签订", "望委组〔2026〕18号", "Half-time",
        ]  # fmt: skip
    assert (len(found.away), len(found.at_home)) == (1, 1)


def test_the_page_goes_a_day_and_a_month_back_and_on(staff, somebody):
    somebody("甲")
    steps = staff.get(PAGE, {"on": "2028-03-31", "by": "unit"}).context["steps"]
    assert steps == {
        "month_back": "?on=2028-02-29&by=unit",
        "day_back": "?on=2028-03-30&by=unit",
        "day_on": "?on=2028-04-01&by=unit",
        "month_on": "?on=2028-04-30&by=unit",
    }


def test_a_day_out_of_reach_is_said_and_today_is_shown(staff):
    for asked in ("1066-01-01", "9999-12-31", "x"):
        page = staff.get(PAGE, {"on": asked})
        assert (page.status_code, page.context["found"].day) == (200, TODAY)
        assert "invalid-feedback" in page.content.decode()


def test_queries_do_not_grow_with_the_people(staff, somebody, term):
    counted = []
    for many in (1, 2):
        for number in range(many):
            person = somebody(f"某{many}{number}")
            term(person, TODAY, TODAY + 700 * DAY)
            make_posting(person, on=TODAY, mode=PostingMode.HALF)
            make_leave(person, on=TODAY)
        staff.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            staff.get(PAGE)
        counted.append(len(asked))
    assert counted == [13, 13]


def test_on_a_day_to_come_only_what_has_not_begun_is_planned(place, somebody, term):
    one, other = somebody("甲"), somebody("乙")
    term(one, TODAY - 100 * DAY, TODAY + 600 * DAY)
    make_posting(one, on=TODAY - 10 * DAY, mode=PostingMode.HALF)
    make_leave(one, on=TODAY, due_on=TODAY + 9 * DAY)
    make_posting(other, on=TODAY + DAY)
    with translation.override("en"):
        found = whereabouts_of(place.staff, TODAY + 2 * DAY, TODAY)
        marks = {one.trainee.person.name: [stretch.mark[1] for stretch in one.stretches] for one in found.people}
    assert marks == {"甲": ["Under way", "Under way", "On leave"], "乙": ["Planned"]}


def test_the_page_says_on_which_document_and_what_for(staff, somebody):
    make_posting(somebody("甲"), on=TODAY)
    text = staff.get(PAGE).text
    assert [word in text for word in ("望委组〔2026〕18号", "包干征迁入户与协议签订")] == [True, True]
