from datetime import date

import pytest
from django.urls import reverse

from cadre_app.people.models import ArrivalCheck
from cadre_app.people.services import arrival

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
