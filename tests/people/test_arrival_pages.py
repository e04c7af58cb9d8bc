from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from cadre_app.core.roles import Role
from cadre_app.people.models import ArrivalCheck, Trainee
from cadre_app.people.panels.arrival import arrival_items
from cadre_app.people.services import arrival
from cadre_app.policy import snapshot
from tests.factories import PersonFactory, TraineeFactory
from tests.people.conftest import TODAY

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def staff(sign_in, place):
    return sign_in(place.staff)


@pytest.fixture
def address(trainee):
    return reverse("people:arrival_tick", kwargs={"pk": trainee.pk})


def test_an_item_is_ticked_in_place(staff, address):
    response = staff.post(address, {"item": "02", "done_on": "2024-07-02", "note": "已核"}, **HTMX)
    assert (response.status_code, response.context["section"]["done"]) == (200, 1)
    assert [template.name for template in response.templates][:1] == ["people/_arrival.html"]


def test_without_script_the_tick_leads_back_to_the_checklist(staff, trainee, address):
    response = staff.post(address, {"item": "02", "done_on": "2024-07-02"})
    assert response["Location"] == reverse("people:trainee_detail", kwargs={"pk": trainee.pk}) + "#arrival"


def test_a_refused_tick_says_why_in_both_ways_and_keeps_what_was_typed(staff, address):
    data = {"item": "02", "done_on": "2027-01-01", "note": "已核"}
    in_place, page = staff.post(address, data, **HTMX), staff.post(address, data)
    assert list(in_place.context["refused"].errors) == ["done_on"]
    assert 'id="done_on-02" value="2027-01-01"' in in_place.content.decode()
    assert (list(page.context["form"].errors), page.context["form"]["note"].value()) == (["done_on"], "已核")
    assert not ArrivalCheck.objects.exists()


@pytest.mark.parametrize("item", ["", "99", "\x00", "长" * 100])
def test_an_item_that_is_none_is_refused(staff, address, item):
    assert staff.post(address, {"item": item, "done_on": "2024-07-02"}).context["form"].errors


def test_a_double_tap_ticks_once(staff, trainee, address):
    page = staff.get(reverse("people:trainee_detail", kwargs={"pk": trainee.pk}))
    token = str(page.context["arrival"]["submission"])
    data = {"item": "02", "done_on": "2024-07-02", "submission": token}
    assert [staff.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert ArrivalCheck.objects.count() == 1


def test_a_tick_is_taken_back_with_a_reason(staff, place, trainee):
    check = arrival.tick_item(trainee, item="01", done_on=date(2024, 7, 1), actor=place.staff)
    address = reverse("people:arrival_untick", kwargs={"pk": check.pk})
    assert list(staff.post(address, {"version": "1"}).context["form"].errors) == ["reason"]
    assert staff.post(address, {"reason": "误录", "version": "1"}).status_code == 302
    assert staff.get(address).status_code == 404


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def arrived(days_ago: int, unit, name="林知远") -> Trainee:
    person = PersonFactory.create(name=name)
    return TraineeFactory.create(person=person, home_unit=unit, arrived_on=TODAY - timedelta(days=days_ago))


def test_the_desk_tells_of_checklists_due_within_a_week_and_overdue_ones(place):
    arrived(22, place.town, "未到期")
    arrived(23, place.town, "七天内")
    arrived(31, place.town, "已超期")
    arrived(367, place.town, "去年以前")
    done = arrived(40, place.town, "已办结")
    for code in [row.code for row in _rows(place.staff, done)]:
        arrival.tick_item(done, item=code, done_on=TODAY, actor=place.staff)
    Trainee.objects.filter(pk=arrived(40, place.town, "已离开").pk).update(departed_on=TODAY)
    found = [(item.subject, item.state) for item in arrival_items(request_of(place.staff))]
    assert found == [("已超期", "over"), ("七天内", "soon")]


def test_the_desk_tells_staff_of_their_own_units_only_and_names_the_rule(place):
    arrived(31, place.other_town)
    mine = arrived(31, place.town, "陈嘉穗")
    arrival.tick_item(mine, item="01", done_on=TODAY, actor=place.staff)
    clerk = place.somebody(Role.STAFF, place.town)
    with translation.override("en"):
        (item,) = arrival_items(request_of(clerk))
    assert (item.subject, item.title, item.when) == (
        "陈嘉穗",
        "9 items of the arrival checklist are open",
        "1 day over",
    )
    assert item.why == "Due by 22 Nov 2026: 30 days after reporting for duty in 梧岭镇"


@pytest.mark.parametrize("files", [1, 3, 12])
def test_the_desk_asks_once_shows_ten_and_says_that_there_are_more(place, files, django_assert_num_queries):
    for number in range(files):
        arrived(31 + number, place.town, f"同志{number}")
    request = request_of(place.staff)
    with snapshot.held():
        arrival_items(request)
        with django_assert_num_queries(1):
            assert len(arrival_items(request)) == min(files, 11)


def _rows(user, trainee):
    from cadre_app.people.file.sections import arrival_section

    return arrival_section(user, trainee)["rows"]
