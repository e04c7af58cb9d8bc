"""Education and declared relatives of a person."""

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.models import Education, Person, Relative
from cadre_app.people.services.checks import clean, refusal, refuse_future
from cadre_app.people.services.persons import lock_person

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

R = TypeVar("R", Education, Relative)


@transaction.atomic
def add_education(
    person: Person,
    *,
    mode: str,
    level: str,
    degree: str = "",
    school: str = "",
    major: str = "",
    graduated_on: date | None = None,
    actor: "User",
) -> Education:
    """Add a stretch of schooling. Raises ValidationError by field."""
    education = Education(person=lock_person(person))
    with history.change(education, actor=actor, verb="people.education.added"):
        _fill(education, mode, level, degree, school, major, graduated_on)
    return education


@transaction.atomic
def change_education(
    education: Education,
    *,
    mode: str,
    level: str,
    degree: str = "",
    school: str = "",
    major: str = "",
    graduated_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Education:
    """Correct a stretch of schooling. Raises Stale, ValidationError by field."""
    lock_person(education.person)
    education = _standing(Education.objects.lock(education.pk, version))
    with history.change(education, actor=actor, verb="people.education.changed"):
        _fill(education, mode, level, degree, school, major, graduated_on)
    return education


@transaction.atomic
def void_education(education: Education, *, reason: str, version: int | None = None, actor: "User") -> Education:
    """Void a stretch of schooling entered by mistake."""
    lock_person(education.person)
    history.void(education, actor=actor, reason=reason, version=version)
    return Education.objects.get(pk=education.pk)


@transaction.atomic
def add_relative(
    person: Person,
    *,
    relation: str,
    name: str,
    birth_month: date | None = None,
    political_status: str = "",
    work: str = "",
    other: Person | None = None,
    actor: "User",
) -> Relative:
    """Declare a relative; `other` names them where they are in this system (回避). Raises ValidationError by field."""
    relative = Relative(person=lock_person(person))
    with history.change(relative, actor=actor, verb="people.relative.added"):
        _declare(relative, relation, name, birth_month, political_status, work, other)
    return relative


@transaction.atomic
def change_relative(
    relative: Relative,
    *,
    relation: str,
    name: str,
    birth_month: date | None = None,
    political_status: str = "",
    work: str = "",
    other: Person | None = None,
    version: int | None = None,
    actor: "User",
) -> Relative:
    """Correct a declared relative. Raises Stale, ValidationError by field."""
    lock_person(relative.person)
    relative = _standing(Relative.objects.lock(relative.pk, version))
    with history.change(relative, actor=actor, verb="people.relative.changed"):
        _declare(relative, relation, name, birth_month, political_status, work, other)
    return relative


@transaction.atomic
def void_relative(relative: Relative, *, reason: str, version: int | None = None, actor: "User") -> Relative:
    """Void a relative entered by mistake; 回避 between the two ends."""
    lock_person(relative.person)
    history.void(relative, actor=actor, reason=reason, version=version)
    return Relative.objects.get(pk=relative.pk)


def _fill(
    education: Education, mode: str, level: str, degree: str, school: str, major: str, graduated_on: date | None
) -> None:
    education.mode, education.level, education.degree = mode, level, degree
    education.school, education.major, education.graduated_on = school, major, graduated_on
    if graduated_on is not None:
        refuse_future("graduated_on", graduated_on)
    clean(education)
    education.save()


def _declare(
    relative: Relative,
    relation: str,
    name: str,
    birth_month: date | None,
    political_status: str,
    work: str,
    other: Person | None,
) -> None:
    relative.relation, relative.name, relative.birth_month = relation, name, birth_month
    relative.political_status, relative.work, relative.other = political_status, work, other
    if other is not None and other.pk == relative.person_id:
        raise refusal("other", _("Nobody is a relative of oneself."), code="other")
    if birth_month is not None:
        refuse_future("birth_month", birth_month)
    clean(relative)
    relative.save()


def _standing(record: R) -> R:
    if record.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    return record
