"""A town with its village, their Party secretaries in office, and a trainee whom both would mentor."""

from dataclasses import dataclass
from datetime import date

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.mentorship.models import MentorKind, Pairing
from cadre_app.mentorship.services import pairings
from cadre_app.mentorship.services.suggestions import Suggestion, suggestions_for, wanting
from cadre_app.org.models import Unit
from cadre_app.people.models import Office, Person, Trainee
from cadre_app.people.services import offices, terms
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

IN_OFFICE = date(2024, 3, 1)
ARRIVED = date(2026, 8, 3)
STARTED = date(2026, 8, 20)


@dataclass
class Secretary:
    """A flagged office and who holds it."""

    office: Office
    person: Person


def in_office(unit: Unit, name: str, person: str, *, political: bool = False, since: date = IN_OFFICE) -> Secretary:
    office = offices.create_office(
        unit=unit, name=name, is_political_source=political, is_community_source=not political, actor=None
    )
    holder = PersonFactory.create(name=person)
    offices.appoint(office, person=holder, since=since, actor=None)
    return Secretary(office, holder)


@pytest.fixture
def head(place: District) -> Secretary:
    """庄世恒, Party secretary of the town since March 2024."""
    return in_office(place.town, "党委书记", "庄世恒", political=True)


@pytest.fixture
def elder(place: District) -> Secretary:
    """吴茂林, Party secretary of the village since March 2024."""
    return in_office(place.village, "村党支部书记", "吴茂林")


def newcomer(place: District, name: str = "林知远", *, arrived: date = ARRIVED, village: bool = True) -> Trainee:
    """Somebody who arrived in the town, in the village from ten days later on."""
    file = TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=place.town, arrived_on=arrived)
    if village:
        terms.start_term(file, village=place.village, started_on=date(2026, 8, 13), actor=place.staff)
    return Trainee.objects.get(pk=file.pk)


@pytest.fixture
def trainee(place: District) -> Trainee:
    return newcomer(place)


@pytest.fixture
def pairing(place: District, trainee: Trainee, head: Secretary) -> Pairing:
    """The political one, running since 20 August 2026."""
    return pairings.create_pairing(
        trainee,
        kind=MentorKind.POLITICAL,
        mentor=head.person,
        office=head.office,
        started_on=STARTED,
        actor=place.staff,
    )


def account_of(person: Person) -> User:
    """The account of a mentor."""
    user = UserFactory.create(kind=AccountKind.MENTOR)
    Person.objects.filter(pk=person.pk).update(account=user)
    return user


def suggested(*kinds: str) -> list[Suggestion]:
    """What is suggested for everybody, newest trainees first."""
    files = wanting(Trainee.objects.in_development(), *kinds).select_related("person", "home_unit", "linked_village")
    return suggestions_for(list(files.order_by("-arrived_on", "person__name")), *kinds)
