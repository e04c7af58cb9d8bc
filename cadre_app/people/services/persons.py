"""Persons: entering them, and changing identity, contacts, political affiliation and résumé."""

import copy
from typing import TYPE_CHECKING, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.models import Person, Trainee
from cadre_app.people.services import archiving
from cadre_app.people.services.checks import READ_ONLY, clean, refusal
from cadre_app.people.services.identity import (
    CONTACTS,
    IDENTITY,
    PARTY,
    Contacts,
    Identity,
    Particulars,
    Party,
    check_contacts,
    check_identity,
    check_party,
    plain_name,
    set_values,
)
from cadre_app.people.services.naming import give_name, keep_stroke_key
from cadre_app.people.writing import resume as resumes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NAMESAKE = "namesake"
ALL = (*IDENTITY, *CONTACTS, *PARTY, "resume")


@transaction.atomic
def create_person(*, name: str, actor: "User | None", **values: Unpack[Particulars]) -> Person:
    """Enter a person; `values` as services.identity.Particulars says.

    Raises ValidationError by field, also for an ID number that somebody else has.
    """
    person = Person()
    give_name(person, plain_name(name))
    set_values(person, values, ALL)
    check_identity(person, before=None, actor=actor)
    check_contacts(person, before=None)
    check_party(person, before=None)
    _check_resume(person)
    with history.change(person, actor=actor, verb="people.person.created"):
        clean(person)
        person.save()
    return person


@transaction.atomic
def create_somebody(
    *, name: str, is_namesake: bool = False, actor: "User | None", **values: Unpack[Particulars]
) -> Person:
    """As `create_person`, after the question whether somebody of this name is meant whom `actor` sees already.

    Raises ValidationError on `name` (NAMESAKE) then, unless `is_namesake` says that it is another person.
    """
    person = create_person(name=name, actor=actor, **values)
    if actor is None or is_namesake:
        return person
    same = Person.objects.visible_to(actor).standing().filter(name=person.name).exclude(pk=person.pk)
    if same.exists():
        message = _("This name is already entered. Choose above who is meant, or say that it is another person.")
        raise refusal("name", message, code=NAMESAKE)
    return person


@transaction.atomic
def change_identity(
    person: Person, *, name: str, version: int | None = None, actor: "User", **values: Unpack[Identity]
) -> Person:
    """Change the name with its sort keys, and what else says who somebody is; fields not named stay.

    Raises Stale for an old `version`; ValidationError by field.
    """
    person = lock_person(person, version)
    before = copy.copy(person)
    with history.change(person, actor=actor, verb="people.person.identity_changed"):
        give_name(person, plain_name(name))
        set_values(person, values, IDENTITY)
        check_identity(person, before=before, actor=actor)
        clean(person)
        person.save()
    keep_stroke_key(person)
    return person


@transaction.atomic
def change_contacts(person: Person, *, version: int | None = None, actor: "User", **values: Unpack[Contacts]) -> Person:
    """Change phone and e-mail; fields not named stay. Raises Stale for an old `version`; ValidationError by field."""
    person = lock_person(person, version)
    before = copy.copy(person)
    with history.change(person, actor=actor, verb="people.person.contacts_changed"):
        set_values(person, values, CONTACTS)
        check_contacts(person, before=before)
        clean(person)
        person.save()
    return person


@transaction.atomic
def change_party(person: Person, *, version: int | None = None, actor: "User", **values: Unpack[Party]) -> Person:
    """Change political affiliation, stage and dates of Party membership; fields not named stay.

    Raises Stale for an old `version`; ValidationError by field.
    """
    person = lock_person(person, version)
    before = copy.copy(person)
    with history.change(person, actor=actor, verb="people.person.party_changed"):
        set_values(person, values, PARTY)
        check_party(person, before=before)
        clean(person)
        person.save()
    archiving.follow_party(person, before, actor=actor)
    return person


@transaction.atomic
def change_resume(person: Person, *, resume: str, version: int | None = None, actor: "User") -> Person:
    """Change the résumé (form of people.resume). Raises Stale for an old `version`; ValidationError on `resume`."""
    person = lock_person(person, version)
    with history.change(person, actor=actor, verb="people.person.resume_changed"):
        person.resume = resume
        _check_resume(person)
        clean(person)
        person.save()
    return person


def lock_person(person: Person, version: int | None = None) -> Person:
    """The person, locked, whose file is open. Raises Stale; ValidationError for a voided person or a closed file."""
    locked = Person.objects.lock(person.pk, version)
    closed = Q(departed_on__isnull=False) | Q(voided_at__isnull=False)
    if locked.is_voided or Trainee.objects.filter(closed, person=locked).exists():
        raise ValidationError(READ_ONLY, code="read_only")
    return locked


def _check_resume(person: Person) -> None:
    """The résumé in its one form; raises ValidationError on `resume`, naming lines."""
    try:
        person.resume = resumes.check(person.resume, typed_on=timezone.localdate())
    except ValidationError as error:
        raise ValidationError({"resume": error}) from error
