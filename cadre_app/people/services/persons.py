"""Persons: entering them."""

from typing import TYPE_CHECKING

from django.db import transaction

from cadre_app.history import services as history
from cadre_app.people.models import Person
from cadre_app.people.names import sort_keys
from cadre_app.people.services.checks import clean

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def create_person(*, name: str, phone: str = "", actor: "User | None") -> Person:
    """Enter a person by name; raises ValidationError by field."""
    person = Person(name=name, phone=phone)
    keys = sort_keys(name)
    person.name_pinyin, person.name_initials, person.name_stroke_key = keys.pinyin, keys.initials, keys.strokes
    with history.change(person, actor=actor, verb="people.person.created"):
        clean(person)
        person.save()
    return person
