"""Many people sign up at one moment: nobody is lost, nobody doubled, no place given twice, and no deadlock."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cadre_app.training.models import CourseSession, Enrolment, Place
from cadre_app.training.services import rosters
from tests.factories import TraineeFactory, UnitFactory, UserFactory
from tests.training.factories import make_session

PEOPLE, PLACES = 12, 5


@pytest.mark.django_db(transaction=True)
def test_the_last_places_go_to_as_many_as_there_are_places():
    unit = UnitFactory.create(name="梧岭镇")
    actor = UserFactory.create(unit=unit)
    people = [TraineeFactory.create(home_unit=unit) for _number in range(PEOPLE)]
    session = make_session(capacity=PLACES, takes_sign_ups=True)
    refused, unexpected, gate = [], [], threading.Barrier(PEOPLE)

    def act(number: int) -> None:
        gate.wait(timeout=60)
        for _tap in range(2):
            try:
                rosters.sign_up(session, trainee=people[number], actor=actor)
            except ValidationError as error:
                refused.append(error.code)
            except Exception as error:  # noqa: BLE001
                unexpected.append(repr(error))
        if number % 4 == 0:
            row = Enrolment.objects.get(session=session, trainee=people[number])
            rosters.decline(row, reason="下乡防汛", actor=actor)
        connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    places = list(Enrolment.objects.values_list("place", flat=True))
    assert (unexpected, refused) == ([], ["known"] * PEOPLE)
    assert (places.count(Place.ENROLLED), places.count(Place.WAITING), places.count(Place.DECLINED)) == (5, 4, 3)
    assert CourseSession.objects.get().enrolled == PLACES
