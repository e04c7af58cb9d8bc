"""What a record held when somebody read it, from the entries written since."""

import pytest
from django.db import transaction

from cadre_app.history import services
from cadre_app.history.since import values_before
from cadre_app.org.models import Unit
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def changed(unit: Unit, **values: str) -> None:
    with transaction.atomic(), services.change(unit, actor=None, verb="org.unit.changed"):
        for name, value in values.items():
            setattr(unit, name, value)
        unit.save()


def test_what_was_changed_since_is_told_as_it_was_read() -> None:
    unit = UnitFactory.create(name="甲镇", short_name="甲")
    changed(unit, name="乙镇")
    read = unit.version
    changed(unit, name="丙镇", short_name="丙")
    changed(unit, name="丁镇")
    services.record("org.unit.exported", actor=None, obj=unit)
    assert values_before(unit, read) == {"name": "乙镇", "short_name": "甲"}
    assert values_before(unit, unit.version) == {}


def test_what_was_changed_back_is_not_told() -> None:
    unit = UnitFactory.create(name="甲镇")
    read = unit.version
    changed(unit, name="乙镇")
    changed(unit, name="甲镇")
    assert values_before(unit, read) == {}
