"""A session of yesterday with one class of three hours and three people on its roster, and who works with it."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.training.models import ClassMeeting, CourseSession, Enrolment
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, _on_the_day, client_of, place, sign_in
from tests.training.factories import enrol, make_course, make_session, make_teacher

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]
YESTERDAY = TODAY - timedelta(days=1)


@dataclass
class Held:
    session: CourseSession
    meeting: ClassMeeting
    places: list[Enrolment]
    staff: User
    teacher: User
    clock: Any = None
    setting: Any = None

    def again(self) -> "CourseSession":
        return CourseSession.objects.get(pk=self.session.pk)


@pytest.fixture
def held(place):
    account = UserFactory.create(unit=place.top, kind=AccountKind.TRAINER)
    teacher = make_teacher(account=account)
    session = make_session(make_course(hours=Decimal(3)), on=YESTERDAY, teacher=teacher)
    places = []
    for name in ("林知远", "周言", "陈屿"):
        person = PersonFactory.create(name=name, account=UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town))
        places.append(enrol(session, TraineeFactory.create(person=person, home_unit=place.town)))
    return Held(session, session.meetings.get(), places, place.staff, account)
