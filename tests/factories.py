"""Small true objects for tests: written through the services where one exists."""

from datetime import date
from typing import Any

import factory
from django.db.models import Max
from factory.django import DjangoModelFactory

from cadre_app.accounts.models import AccountKind, Grant, User
from cadre_app.org.models import Unit, UnitKind
from cadre_app.org.paths import segment
from cadre_app.people.models import Kind, Person, Status, Trainee
from cadre_app.people.writing.id_numbers import check_character
from cadre_app.people.writing.names import sort_keys

OPENED = date(1990, 1, 1)


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    serial = factory.LazyFunction(lambda: (Unit.objects.aggregate(last=Max("serial"))["last"] or 0) + 1)
    name = factory.LazyAttribute(lambda unit: f"单位{unit.serial}")
    kind = UnitKind.DEPARTMENT
    order = 0
    opened_on = OPENED
    parent: Any = None
    path = factory.LazyAttribute(
        lambda unit: (unit.parent.path if unit.parent else "") + segment(unit.order, unit.serial)
    )
    depth = factory.LazyAttribute(lambda unit: unit.parent.depth + 1 if unit.parent else 0)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person{number}")
    display_name = factory.Sequence(lambda number: f"某同志{number}")
    unit = factory.SubFactory(UnitFactory)
    kind = AccountKind.OFFICE
    password = factory.django.Password("correct horse battery")


class GrantFactory(DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    valid_from = date(2020, 1, 1)


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence(lambda number: f"林同志{number}")
    name_pinyin = factory.LazyAttribute(lambda person: sort_keys(person.name).pinyin)
    name_initials = factory.LazyAttribute(lambda person: sort_keys(person.name).initials)
    name_stroke_key = factory.LazyAttribute(lambda person: sort_keys(person.name).strokes)


class TraineeFactory(DjangoModelFactory[Trainee]):
    class Meta:
        model = Trainee

    person = factory.SubFactory(PersonFactory)
    stroke_key = factory.LazyAttribute(lambda trainee: trainee.person.name_stroke_key)
    file_number = factory.Sequence(lambda number: f"WY-2024-{number:04d}")
    kind = Kind.SELECTED
    status = Status.CIVIL_SERVANT
    arrived_on = date(2024, 7, 1)
    home_unit = factory.SubFactory(UnitFactory)


def id_number(day: date, *, serial: int = 2, region: str = "359901") -> str:
    """Number of nobody, with a right check character: the region does not exist. An odd serial is a man's."""
    digits = f"{region}{day:%Y%m%d}{serial:03d}"
    return digits + check_character(digits)
