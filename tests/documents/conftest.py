"""A district, and a paper about a person that bears its mark across the text, read by whoever is among READERS."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from cadre_app.accounts.models import AccountKind, User
from cadre_app.core.documents import DocumentKind, Mark, Paper, Series, document_kinds
from cadre_app.core.roles import Role
from cadre_app.people.models import Person
from tests.factories import GrantFactory, PersonFactory, UserFactory
from tests.people.conftest import District, _on_the_day, client_of, place, sign_in

__all__ = ["_on_the_day", "client_of", "place", "sign_in"]

KIND = "tests.paper"
READERS: set[UUID] = set()
VALUES = {
    "department": "中共望屿区委组织部",
    "role": "政治淬炼导师",
    "mentor": "庄世恒",
    "trainee": "林知远",
    "since": "2026年9月1日",
    "until": "2028年8月31日",
}
NAMES = {"trainee": "林知远"}


def paper(user: User, owner_id: UUID) -> Paper | None:
    person = Person.objects.filter(pk=owner_id).first() if user.pk in READERS else None
    return Paper(person, "样件", {**VALUES, **NAMES}) if person is not None else None


@pytest.fixture(autouse=True)
def _private(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _kind(monkeypatch) -> Iterator[None]:
    letter = document_kinds["mentorship.letter"]
    monkeypatch.setitem(
        document_kinds._items,
        KIND,
        DocumentKind(
            label="样件",
            word=letter.word,
            html=letter.html,
            paper=paper,
            page_of=lambda owner_id: f"/people/{owner_id}/",
            sample=VALUES,
            mark=Mark.ACROSS,
            series=Series("tests", lambda: "望样"),
            may_number=lambda user, owner_id: user.has_role(Role.STAFF),
        ),
    )
    yield
    READERS.clear()
    NAMES.update(trainee="林知远")


@pytest.fixture
def owner(place: District) -> Person:
    READERS.add(place.staff.pk)
    return PersonFactory.create(name="林知远")


@pytest.fixture
def system(place: District) -> User:
    user = UserFactory.create(unit=place.top, kind=AccountKind.ADMINISTRATOR)
    GrantFactory.create(user=user, role=Role.SYSTEM)
    return user
