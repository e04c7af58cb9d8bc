"""Education and declared relatives; a relative who is in this system too is named, and then neither works on the other."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.models import Education, Person, Relative
from cadre_app.people.services.checks import clean, refusal, refuse_before, refuse_future, refuse_standing
from cadre_app.people.services.identity import EARLIEST, check_code, plain_name
from cadre_app.people.services.persons import lock_person

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@transaction.atomic
def add_education(
    person: Person,
    *,
    mode: str,
    level: str,
    degree: str = "",
    school: str = "",
    major: str = "",
    started_on: date | None = None,
    graduated_on: date | None = None,
    actor: "User | None",
) -> Education:
    """Enter education; `level` and `degree` are codes of `education` and `degree`, months any day of them.

    Raises ValidationError by field, also for the same row twice.
    """
    education = Education(person=lock_person(person))
    with history.change(education, actor=actor, verb="people.education.added"):
        _fill_education(education, mode, level, degree, school, major, started_on, graduated_on)
        education.save()
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
    started_on: date | None = None,
    graduated_on: date | None = None,
    version: int | None = None,
    actor: "User",
) -> Education:
    """Correct education. Raises Stale for an old `version`; ValidationError by field."""
    education = _lock_education(education, version)
    with history.change(education, actor=actor, verb="people.education.changed"):
        _fill_education(education, mode, level, degree, school, major, started_on, graduated_on)
        education.save()
    return education


@transaction.atomic
def void_education(education: Education, *, reason: str, version: int | None = None, actor: "User") -> Education:
    """Void education entered by mistake. Raises Stale; ValidationError if that was done already."""
    education = _lock_education(education, version)
    history.void(education, actor=actor, reason=reason, version=version)
    return Education.objects.get(pk=education.pk)


@transaction.atomic
def restore_education(
    education: Education, *, reason: str = "", version: int | None = None, actor: "User"
) -> Education:
    """Undo `void_education`. Raises Stale; ValidationError where the person's records by now speak against it."""
    education = _lock_education(education, version, voided=True)
    _check_education(education)
    history.restore(education, actor=actor, reason=reason)
    return Education.objects.get(pk=education.pk)


@transaction.atomic
def add_relative(
    person: Person,
    *,
    relation: str,
    name: str = "",
    birth_month: date | None = None,
    political_status: str = "",
    work: str = "",
    other: Person | None = None,
    actor: "User | None",
) -> Relative:
    """Declare a relative; without a `name` that of `other` is taken. Raises ValidationError by field."""
    relative = Relative(person=lock_person(person))
    with history.change(relative, actor=actor, verb="people.relative.added"):
        _fill_relative(relative, relation, name, birth_month, political_status, work, other)
        relative.save()
    return relative


@transaction.atomic
def change_relative(
    relative: Relative,
    *,
    relation: str,
    name: str = "",
    birth_month: date | None = None,
    political_status: str = "",
    work: str = "",
    other: Person | None = None,
    version: int | None = None,
    actor: "User",
) -> Relative:
    """Correct a relative. Raises Stale for an old `version`; ValidationError by field."""
    relative = _lock_relative(relative, version)
    with history.change(relative, actor=actor, verb="people.relative.changed"):
        _fill_relative(relative, relation, name, birth_month, political_status, work, other)
        relative.save()
    return relative


@transaction.atomic
def void_relative(relative: Relative, *, reason: str, version: int | None = None, actor: "User") -> Relative:
    """Void a relative entered by mistake; 回避 ends with it. Raises Stale; ValidationError if that was done already."""
    relative = _lock_relative(relative, version)
    history.void(relative, actor=actor, reason=reason, version=version)
    return Relative.objects.get(pk=relative.pk)


@transaction.atomic
def restore_relative(relative: Relative, *, reason: str = "", version: int | None = None, actor: "User") -> Relative:
    """Undo `void_relative`; 回避 applies again. Raises Stale; ValidationError if they are declared again meanwhile."""
    relative = _lock_relative(relative, version, voided=True)
    if relative.other is not None:
        _check_other(relative, relative.other)
    history.restore(relative, actor=actor, reason=reason)
    return Relative.objects.get(pk=relative.pk)


def _lock_education(education: Education, version: int | None, *, voided: bool = False) -> Education:
    person = lock_person(education.person)
    education = Education.objects.lock(education.pk, version)
    if voided:
        refuse_standing(education)
    elif education.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    education.person = person
    return education


def _fill_education(
    education: Education,
    mode: str,
    level: str,
    degree: str,
    school: str,
    major: str,
    started_on: date | None,
    graduated_on: date | None,
) -> None:
    check_code("level", "education", level, keep=education.level)
    check_code("degree", "degree", degree, keep=education.degree)
    education.mode, education.level, education.degree = mode, level, degree
    education.school, education.major = school.strip(), major.strip()
    education.started_on = started_on.replace(day=1) if started_on is not None else None
    education.graduated_on = graduated_on.replace(day=1) if graduated_on is not None else None
    _check_education(education)
    clean(education)


def _check_education(education: Education) -> None:
    """After the birth, not in the future, and not the same row twice."""
    born = education.person.birth_month or EARLIEST
    for field in ("started_on", "graduated_on"):
        month = getattr(education, field)
        if month is not None:
            refuse_future(field, month)
            refuse_before(field, month, born, _("This is before the month of birth."))
    same = Education.objects.standing().filter(
        person=education.person,
        mode=education.mode,
        level=education.level,
        degree=education.degree,
        school=education.school,
        major=education.major,
    )
    if same.exclude(pk=education.pk).exists():
        raise ValidationError(_("This education is already entered."), code="same")


def _lock_relative(relative: Relative, version: int | None, *, voided: bool = False) -> Relative:
    person = lock_person(relative.person)
    relative = Relative.objects.lock(relative.pk, version)
    if voided:
        refuse_standing(relative)
    elif relative.is_voided:
        raise ValidationError(_("This entry is voided."), code="voided")
    relative.person = person
    return relative


def _fill_relative(
    relative: Relative,
    relation: str,
    name: str,
    birth_month: date | None,
    political_status: str,
    work: str,
    other: Person | None,
) -> None:
    check_code("political_status", "political_status", political_status, keep=relative.political_status)
    if birth_month is not None:
        birth_month = birth_month.replace(day=1)
        refuse_future("birth_month", birth_month)
        refuse_before("birth_month", birth_month, EARLIEST, _("No month before 1900 can be entered here."))
    if other is not None:
        _check_other(relative, other)
    relative.relation = relation.strip()
    relative.name = plain_name(name or (other.name if other is not None else ""))
    relative.birth_month, relative.political_status = birth_month, political_status
    relative.work, relative.other = work.strip(), other
    clean(relative)


def _check_other(relative: Relative, other: Person) -> None:
    if other.pk == relative.person_id:
        raise refusal("other", _("Nobody is a relative of oneself."), code="oneself")
    same = Relative.objects.standing().filter(person=relative.person, other=other).exclude(pk=relative.pk)
    if same.exists():
        message = _("%(name)s is already declared as a relative.") % {"name": other.name}
        raise refusal("other", message, code="same")
