from collections.abc import Iterator
from uuid import UUID

import pytest

from cadre_app.accounts.models import User
from cadre_app.core.registries import FileKind, file_kinds
from cadre_app.core.roles import Role
from tests.factories import GrantFactory, PersonFactory, UnitFactory, UserFactory

READERS: set[UUID] = set()
FOLDER, PHOTOS = "tests.folder", "tests.photos"


def may_read(user: User, owner_id: UUID) -> bool:
    return user.pk in READERS


@pytest.fixture(autouse=True)
def _private(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    """A kind for anything and a kind for nine pictures, read by whoever is among READERS."""
    everything = ("picture", "pdf", "document", "sheet")
    file_kinds.register(FOLDER, FileKind("文件", everything, may_read, max_count=3))
    file_kinds.register(PHOTOS, FileKind("照片", ("picture",), may_read, max_count=9))
    yield
    for key in (FOLDER, PHOTOS):
        file_kinds._items.pop(key)
    READERS.clear()


@pytest.fixture
def staff(db: None) -> User:
    user = UserFactory.create(unit=UnitFactory.create(name="望屿区"))
    GrantFactory.create(user=user, role=Role.STAFF, unit=user.unit)
    READERS.add(user.pk)
    return user


@pytest.fixture
def owner(db: None):
    return PersonFactory.create()


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    return client
