"""The list of people: what it shows to whom, in which order, and how it is narrowed."""

from datetime import date

import pytest
from django.urls import reverse

from cadre_app.people.models import Education, VillageTerm
from tests.factories import PersonFactory, TraineeFactory

LIST = reverse("people:trainee_list")

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(sign_in, place):
    return sign_in(place.staff)


def shown(response) -> list[str]:
    return [row.object.person.name for row in response.context["table"].rows]


def add(name, unit, **values):
    return TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=unit, **values)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_however_long(staff, place, rows, django_assert_num_queries):
    for number in range(rows):
        trainee = add(f"林同志{number}", place.town)
        VillageTerm.objects.create(
            trainee=trainee, village=place.village, role="director", started_on=date(2025, 1, 1), months=24
        )
        Education.objects.create(person=trainee.person, mode="full_time", level="21")
    staff.get(LIST)
    with django_assert_num_queries(11):
        assert len(shown(staff.get(LIST))) == rows
