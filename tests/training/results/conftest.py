"""A finished session with three people who completed it; its teacher has an account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cadre_app.accounts.models import AccountKind, User
from cadre_app.training.models import Assessment, Enrolment, Outcome, SessionState
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, _on_the_day, client_of, place, sign_in
from tests.training.factories import enrol, make_course, make_session, make_teacher

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]
NAMES = ("丁一鸣", "白若楠", "江承翰")  # in the order of strokes


@pytest.fixture
def teacher(place) -> User:
    return UserFactory.create(kind=AccountKind.TRAINER, unit=place.top, display_name="温绍儒")


@pytest.fixture
def held(place, teacher):
    """Makes a session that ended three days ago, with a test of this kind."""

    def make(assessment=Assessment.PASS, names=NAMES, days=3, **fields):
        course = make_course(f"课程{assessment}", assessment=assessment)
        values = {"teacher": make_teacher(account=teacher), "state": SessionState.FINISHED} | fields
        session = make_session(course, on=TODAY - timedelta(days=days), finished_at=timezone.now(), **values)
        for name in names:
            trainee = TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=place.town)
            enrol(session, trainee, outcome=Outcome.COMPLETED)
        return session

    return make


def places_of(session) -> list[Enrolment]:
    return list(Enrolment.objects.filter(session=session).order_by("trainee__stroke_key"))


def outcomes(session) -> list[tuple[str, str, object]]:
    """Name, result and marks of everybody."""
    return [(place.trainee.person.name, place.result, place.marks) for place in places_of(session)]
