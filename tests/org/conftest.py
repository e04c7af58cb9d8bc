from datetime import date

import pytest

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.org import services
from cadre_app.org.models import Unit, UnitKind
from tests.factories import GrantFactory, UnitFactory, UserFactory

OPENED = date(1990, 1, 1)


@pytest.fixture
def district(db: None) -> Unit:
    return UnitFactory.create(name="望屿区", kind=UnitKind.DISTRICT)


@pytest.fixture
def actor(district: Unit) -> User:
    """Staff of the whole district."""
    user = UserFactory.create(unit=district)
    GrantFactory.create(user=user, role=Role.STAFF, unit=district)
    return user


class Tree:
    """Makes units by the service: `tree("沧浦镇")`, `tree("沧头村", under=town)`."""

    def __init__(self, top: Unit, actor: User) -> None:
        self.top, self.actor = top, actor

    def __call__(self, name: str, *, under: Unit | None = None, order: int = 0, kind: str = UnitKind.TOWN) -> Unit:
        return services.create_unit(
            name=name, kind=kind, parent=under or self.top, order=order, opened_on=OPENED, actor=self.actor
        )


@pytest.fixture
def tree(district: Unit, actor: User) -> Tree:
    return Tree(district, actor)
