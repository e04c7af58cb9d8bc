"""A mentor with one mentee, and everybody who may or may not read about it."""

import uuid
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import GuidanceNote, MentorKind, Pairing
from cadre_app.mentorship.services import notes
from cadre_app.people.models import Person, Trainee
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.files.made import picture
from tests.people.conftest import TODAY, District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

BEGAN = date(2025, 9, 1)
TEXT = "今天带小陈走了西坑组9户。"


@dataclass
class Pair:
    """The running pairing with the accounts of both, and staff, leader and liaison of the place."""

    pairing: Pairing
    mentor: User
    trainee: User
    staff: User
    leader: User
    liaison: User
    other_staff: User

    @property
    def file(self) -> Trainee:
        return self.pairing.trainee

    def user(self, name: str) -> User:
        found: User = getattr(self, name)
        return User.objects.get(pk=found.pk)

    def write(self, **values: object) -> GuidanceNote:
        """A shared note of today, face to face, unless told otherwise."""
        known = {"happened_on": TODAY, "way": "face", "text": TEXT, "actor": self.mentor} | values
        return notes.add_note(self.pairing, **known)  # type: ignore[arg-type]


def pairing_of(trainee: Trainee, mentor: Person, **values: object) -> Pairing:
    """A pairing as it stands."""
    known = {
        "kind": MentorKind.COMMUNITY,
        "choice_reason": "熟悉村情",
        "started_on": BEGAN,
        "due_on": date(2027, 8, 31),
        "check_in_days": 30,
        "next_check_in_on": date(2025, 10, 1),
    }
    known |= values
    known.setdefault("last_record_on", known["started_on"])
    return Pairing.objects.create(trainee=trainee, mentor=mentor, **known)


@pytest.fixture
def pair(place: District) -> Pair:
    mentor = UserFactory.create(kind=AccountKind.MENTOR, unit=place.village, language="en")
    own = UserFactory.create(kind=AccountKind.TRAINEE, unit=place.town, language="en")
    trainee = TraineeFactory.create(person=PersonFactory.create(name="陈嘉穗", account=own), home_unit=place.town)
    pairing = pairing_of(trainee, PersonFactory.create(name="张清泉", account=mentor))
    return Pair(
        pairing,
        mentor,
        own,
        place.staff,
        place.somebody(Role.LEADER, place.top),
        place.somebody(Role.LIAISON, place.town),
        place.somebody(Role.STAFF, place.other_town),
    )


def typed(**values) -> dict[str, object]:
    """What the phone sends."""
    return {
        "way": "face",
        "text": TEXT,
        "happened_on": TODAY.isoformat(),
        "visibility": "shared",
        "submission": str(uuid.uuid4()),
    } | values


def address(page: str, note: GuidanceNote) -> str:
    return reverse(f"mentorship:{page}", kwargs={"pk": note.pk})


def photo(number: int = 0) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{number}.jpg", picture(), "image/jpeg")
