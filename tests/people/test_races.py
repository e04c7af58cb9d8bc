"""What happens at the same moment to one office and to one file."""

from datetime import date

import pytest

from cadre_app.people.models import OfficeHolding, VillageTerm
from cadre_app.people.services import offices, terms
from tests.accounts.test_races import at_once
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_who_take_one_office_at_once_one_does(place):
    office = offices.create_office(unit=place.town, name="党委书记", actor=place.staff)
    persons = [PersonFactory.create() for _ in range(8)]

    def take(person):
        return lambda: offices.appoint(office, person=person, since=date(2026, 1, 1), actor=place.staff).pk

    outcomes = at_once(*[take(person) for person in persons])
    assert (outcomes.count("refused"), OfficeHolding.objects.count()) == (7, 1)


def test_of_eight_terms_of_one_person_at_once_one_begins(place, trainee):
    def start():
        return terms.start_term(trainee, village=place.village, started_on=date(2025, 9, 1), actor=place.staff).pk

    outcomes = at_once(*[start] * 8)
    assert (outcomes.count("refused"), VillageTerm.objects.count()) == (7, 1)
