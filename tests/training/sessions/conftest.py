"""Staff of the district, people of the town, a teacher with an account, and an open session of two places."""

from dataclasses import dataclass, field

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.people.models import Trainee
from cadre_app.training.models import CourseSession, Enrolment, Place
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in
from tests.training.factories import make_session, make_teacher

__all__ = ["TODAY", "_on_the_day", "client_of", "place", "sign_in"]


@dataclass
class Room:
    """`session` is open, on 3 December 2026, for two."""

    district: District
    staff: User
    teacher: User
    session: CourseSession
    people: dict[str, Trainee] = field(default_factory=dict)

    def again(self) -> CourseSession:
        return CourseSession.objects.get(pk=self.session.pk)

    def person(self, name: str) -> Trainee:
        """Somebody of the town with an account, made when first named."""
        if name not in self.people:
            account = UserFactory.create(kind=AccountKind.TRAINEE, unit=self.district.town, language="en")
            person = PersonFactory.create(name=name, account=account)
            self.people[name] = TraineeFactory.create(person=person, home_unit=self.district.town)
        return self.people[name]

    def user(self, name: str) -> User:
        return User.objects.get(person__name=name)

    def row(self, name: str) -> Enrolment:
        return Enrolment.objects.standing().get(session=self.session, trainee__person__name=name)

    def names(self, place: str) -> list[str]:
        rows = Enrolment.objects.standing().filter(session=self.session, place=place).order_by("placed_at", "pk")
        return list(rows.values_list("trainee__person__name", flat=True))

    def roster(self) -> tuple[list[str], list[str], int]:
        """On the roster (as they were first named), waiting (in their turn), and how many the session counts."""
        enrolled = sorted(self.names(Place.ENROLLED), key=list(self.people).index)
        return enrolled, self.names(Place.WAITING), self.again().enrolled


@pytest.fixture
def room(place: District) -> Room:
    account = UserFactory.create(kind=AccountKind.TRAINER, unit=place.top, language="en")
    teacher = make_teacher("温绍儒", account=account)
    session = make_session(teacher=teacher, capacity=2, takes_sign_ups=True)
    return Room(place, place.staff, account, session)
