from datetime import date

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person
from cadre_app.people.services import links, offices
from tests.factories import PersonFactory, TraineeFactory, UserFactory, id_number
from tests.people.test_offices import refused

NUMBER = id_number(date(1999, 8, 1))
PHONE = "13900000024"


@pytest.fixture
def secretary(place) -> Person:
    """Party secretary of the town, without a file."""
    person = PersonFactory.create(name="梁国忠", phone=PHONE)
    office = offices.create_office(unit=place.town, name="党委书记", actor=place.staff)
    offices.appoint(office, person=person, since=date(2021, 1, 1), actor=place.staff)
    return person


def url(person: Person, field: str = "phone") -> str:
    return reverse("people:reveal", kwargs={"pk": person.pk, "field": field})


def page(person: Person) -> str:
    return reverse("people:person_detail", kwargs={"pk": person.pk})


def test_an_office_holder_is_shown_with_offices_and_a_masked_phone(place, secretary, sign_in):
    text = sign_in(place.staff).get(page(secretary)).content.decode()

    assert "梧岭镇党委书记" in text
    assert ("139****0024" in text, PHONE in text) == (True, False)


def test_whoever_has_a_file_is_shown_there(place, trainee, sign_in):
    response = sign_in(place.staff).get(page(trainee.person))

    assert response.url == reverse("growth:file", kwargs={"pk": trainee.pk})


def test_a_number_is_shown_after_the_reason_is_on_record(place, secretary, sign_in):
    client = sign_in(place.staff)

    asked = client.get(url(secretary)).content.decode()
    shown = client.post(url(secretary), {"reason": "通知开会"}).content.decode()

    assert (PHONE in asked, PHONE in shown) == (False, True)
    entry = Entry.objects.get(verb="people.person.phone_revealed")
    assert (entry.actor, entry.object_id, entry.reason, entry.kind) == (
        place.staff,
        secretary.pk,
        "通知开会",
        Entry.Kind.READING,
    )


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "\u202e翻转", "长" * 301])
def test_without_a_proper_reason_nothing_is_shown_or_recorded(place, secretary, sign_in, reason):
    response = sign_in(place.staff).post(url(secretary), {"reason": reason})

    assert (response.status_code, PHONE in response.content.decode()) == (200, False)
    assert Entry.objects.filter(kind=Entry.Kind.READING).count() == 0


def test_a_number_that_cannot_be_recorded_is_not_shown(place, secretary, sign_in, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(links.history, "record_reading", broken)
    client = sign_in(place.staff)
    client.raise_request_exception = False

    response = client.post(url(secretary), {"reason": "通知开会"})

    assert (response.status_code, PHONE in response.content.decode()) == (500, False)


@pytest.mark.parametrize(("role", "phone"), [(Role.STAFF, 200), (Role.LEADER, 200), (Role.LIAISON, 403)])
def test_numbers_are_for_staff_and_leaders(place, secretary, sign_in, role, phone):
    client = sign_in(place.somebody(role, place.town))

    assert client.get(page(secretary)).status_code == 200
    assert client.post(url(secretary), {"reason": "通知开会"}).status_code == phone


def test_staff_of_another_town_see_neither_person_nor_number(place, secretary, sign_in):
    client = sign_in(place.somebody(Role.STAFF, place.other_town))

    assert [client.get(page(secretary)).status_code, client.post(url(secretary)).status_code] == [404, 404]


def test_a_trainee_shows_the_own_numbers_and_no_other(place, sign_in):
    account = UserFactory.create(unit=place.town, kind="trainee")
    own = TraineeFactory.create(home_unit=place.town, person=PersonFactory.create(account=account, id_number=NUMBER))
    other = TraineeFactory.create(home_unit=place.town)
    client = sign_in(account)

    shown = client.post(url(own.person, "id_number"), {"reason": "核对本人信息"}).content.decode()

    assert NUMBER in shown
    assert client.post(url(other.person, "id_number"), {"reason": "好奇"}).status_code == 404


def test_a_number_of_a_relative_is_out_of_reach(place, trainee, sign_in):
    from cadre_app.people.models import Relative

    me = PersonFactory.create(account=place.staff)
    Relative.objects.create(person=trainee.person, relation="舅舅", name=me.name, other=me)

    assert sign_in(place.staff).get(url(trainee.person)).status_code == 404


def test_only_numbers_are_revealed(place, secretary):
    call = lambda: links.reveal(secretary, field="resume", reason="核对", actor=place.staff)  # noqa: E731

    assert refused(call) == [("", "field")]


@pytest.mark.parametrize("offices_held", [1, 3])
def test_the_page_of_an_office_holder_costs_the_same_with_more_offices(
    place, secretary, sign_in, offices_held, django_assert_num_queries
):
    for number in range(offices_held - 1):
        office = offices.create_office(unit=place.town, name=f"职务{number}", actor=place.staff)
        offices.appoint(office, person=secretary, since=date(2021, 1, 1), actor=place.staff)
    client = sign_in(place.staff)
    with django_assert_num_queries(12):
        client.get(page(secretary))
