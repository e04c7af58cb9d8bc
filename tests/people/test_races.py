"""What happens at the same moment to one office and to one file."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.org.models import UnitKind
from cadre_app.people.models import OfficeHolding, VillageTerm
from cadre_app.people.services import offices, terms
from tests.accounts.test_races import at_once
from tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_who_take_one_office_at_once_one_does(place):
    office = offices.create_office(unit=place.town, name="党委书记", actor=place.staff)
    persons = [PersonFactory.create() for _ in range(8)]

    def take(person):
        return lambda: offices.appoint(office, person=person, since=date(2026, 1, 1), actor=place.staff).pk

    outcomes = at_once(*[take(person) for person in persons])
    assert (outcomes.count("refused"), OfficeHolding.objects.count()) == (7, 1)


def test_of_fifty_terms_of_one_person_at_once_one_begins_and_the_others_are_told_which(place, trainee):
    villages = [UnitFactory.create(name=f"第{n}村", kind=UnitKind.VILLAGE, parent=place.town) for n in range(50)]
    told = []

    def start(village):
        def work():
            with translation.override("en"):
                try:
                    return terms.start_term(trainee, village=village, started_on=date(2025, 9, 1), actor=place.staff).pk
                except ValidationError as error:
                    told.append(error.message_dict)
                    raise

        return work

    outcomes = at_once(*[start(village) for village in villages])
    name = VillageTerm.objects.get().village.name
    message = (
        f"From 1 Sep 2025 this person has a village term in “{name}”, planned until 31 Aug 2027. "
        "Enter its last day first."
    )
    assert (outcomes.count("refused"), told) == (49, [{"started_on": [message]}] * 49)
