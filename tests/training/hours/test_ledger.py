"""The ledger: what is entered counts once, and leaves with the record behind it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from cadre_app.training.models import Enrolment, HoursEntry, HoursSource, Mode
from cadre_app.training.services import ledger
from tests.factories import TraineeFactory
from tests.people.conftest import District
from tests.training.factories import enrol, make_session

pytestmark = pytest.mark.django_db


def wanted(enrolment: Enrolment, hours: str = "3") -> ledger.NewHours:
    return ledger.NewHours(
        source=HoursSource.SESSION,
        record=enrolment,
        trainee=enrolment.trainee,
        earned_on=date(2026, 11, 20),
        hours=Decimal(hours),
        mode=Mode.CLASSROOM,
    )


def test_hours_are_entered_with_history(place: District, trainee: Trainee) -> None:
    place_taken = enrol(make_session(), trainee)
    entry = ledger.enter_hours(
        source=HoursSource.SESSION,
        record=place_taken,
        trainee=trainee,
        earned_on=date(2026, 11, 20),
        hours=Decimal("3.5"),
        mode=Mode.CLASSROOM,
        actor=place.staff,
    )
    assert (entry.enrolment, entry.outside, entry.visit, entry.hours) == (place_taken, None, None, Decimal("3.5"))
    assert [one.verb for one in Entry.objects.filter(object_id=entry.pk)] == ["training.hoursentry.entered"]


@pytest.mark.parametrize("hours", ["0", "500"])
def test_hours_out_of_bounds_are_refused(place: District, trainee: Trainee, hours: str) -> None:
    place_taken = enrol(make_session(), trainee)
    with pytest.raises(ValidationError) as refused:
        ledger.enter_hours(
            source=HoursSource.SESSION,
            record=place_taken,
            trainee=trainee,
            earned_on=date(2026, 11, 20),
            hours=Decimal(hours),
            mode=Mode.CLASSROOM,
            actor=place.staff,
        )
    assert list(refused.value.message_dict) == ["hours"]


def test_a_record_has_one_entry_at_a_time(place: District, trainee: Trainee) -> None:
    place_taken = enrol(make_session(), trainee)
    ledger.enter_many([wanted(place_taken)], actor=place.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.enter_many([wanted(place_taken)], actor=place.staff)
    ledger.void_hours(place_taken, reason="误录", actor=place.staff)
    ledger.enter_many([wanted(place_taken, "2")], actor=place.staff)
    assert [entry.hours for entry in HoursEntry.objects.standing()] == [2]


@pytest.mark.parametrize("people", [1, 3])
def test_many_are_entered_and_voided_in_as_many_queries_as_one(
    place: District, people: int, django_assert_num_queries: Any
) -> None:
    session = make_session()
    places = [enrol(session, TraineeFactory.create(home_unit=place.town)) for _number in range(people)]
    with django_assert_num_queries(4):
        ledger.enter_many([wanted(one) for one in places], actor=place.staff)
    with django_assert_num_queries(9):
        ledger.void_many(places, reason="误录", actor=place.staff)
    assert HoursEntry.objects.standing().count() == 0
    assert HoursEntry.objects.count() == people
