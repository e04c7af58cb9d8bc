"""课程目录 The catalogue: what is written about a course, whether it is offered, and its materials."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.files import services as files
from cadre_app.files.models import StoredFile
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.people.services.checks import clean
from cadre_app.training.models import Course, CourseSession, Teacher

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MATERIAL = "training.course_material"
MOST_MATERIALS = 12
BATCH = 500
TENTH = Decimal("0.1")


@transaction.atomic
def create_course(
    *,
    title: str,
    kind: str,
    hours: Decimal,
    grades: Sequence[int] = (),
    teachers: Sequence[Teacher] = (),
    actor: "User | None",
    **values: Any,
) -> Course:
    """Add a course to the catalogue, offered at once; `values` are further fields of the model.

    Raises ValidationError by field (name taken, hours).
    """
    course = Course(title=title, kind=kind, hours=as_kept(hours), grades=sorted(set(grades)), **values)
    with history.change(course, actor=actor, verb="training.course.created"):
        clean(course)
        course.save()
        course.teachers.set(teachers)
    return course


@transaction.atomic
def change_course(
    course: Course, *, teachers: Sequence[Teacher], version: int | None = None, actor: "User", **values: Any
) -> Course:
    """Change what is written about a course; `values` are fields of the model. Raises Stale, ValidationError by field.

    Sessions keep the hours with which they were opened; kind and test those that are finished.
    """
    course = lock_standing(course, version)
    values["grades"] = sorted(set(values.get("grades", course.grades)))
    values["hours"] = as_kept(values.get("hours", course.hours))
    with history.change(course, actor=actor, verb="training.course.changed"):
        for name, value in values.items():
            setattr(course, name, value)
        clean(course)
        course.save()
        course.teachers.set(teachers)
    _pass_on(course, actor=actor)
    return course


@transaction.atomic
def close_course(course: Course, *, reason: str, version: int | None = None, actor: "User") -> Course:
    """Offer it no longer; orders and sessions that there are go on. Raises Stale, ValidationError."""
    return _offer(course, is_offered=False, reason=reason, version=version, actor=actor)


@transaction.atomic
def reopen_course(course: Course, *, reason: str = "", version: int | None = None, actor: "User") -> Course:
    """Undo `close_course`."""
    return _offer(course, is_offered=True, reason=reason, version=version, actor=actor)


@transaction.atomic
def void_course(course: Course, *, reason: str, version: int | None = None, actor: "User") -> Course:
    """Void a course entered by mistake; raises ValidationError that names the orders and sessions pointing to it."""
    course = lock_standing(course, version)
    if pointing := what_points_to(course):
        message = _("%(what)s. Close the course instead: then it is no longer offered, and they keep it.")
        raise ValidationError(message, code="in_use", params={"what": pointing})
    history.void(course, actor=actor, reason=reason, version=version)
    return Course.objects.get(pk=course.pk)


@transaction.atomic
def restore_course(course: Course, *, reason: str = "", version: int | None = None, actor: "User") -> Course:
    """Undo `void_course`. Raises Stale; ValidationError if its name is taken meanwhile."""
    history.restore(course, actor=actor, reason=reason, version=version)
    return Course.objects.get(pk=course.pk)


def what_points_to(course: Course) -> str:
    """How many orders and sessions point to the course, in words; empty while none does."""
    orders = course.orders.filter(voided_at=None).count()
    sessions = course.sessions.filter(voided_at=None).count()
    if orders and sessions:
        known = {"orders": _orders(orders), "sessions": _sessions(sessions)}
        return _("%(orders)s and %(sessions)s point to this course") % known
    if orders:
        return _("%(orders)s: they point to this course") % {"orders": _orders(orders)}
    return _("%(sessions)s: they point to this course") % {"sessions": _sessions(sessions)} if sessions else ""


@transaction.atomic
def add_materials(course: Course, *, materials: Sequence[CheckedUpload], actor: "User") -> Course:
    """Keep checked uploads with a standing course. Raises ValidationError where they would be too many."""
    course = lock_standing(course, None)
    try:
        files.store_files(kind=MATERIAL, owner=course, uploads=materials, actor=actor)
    except ValidationError as error:
        raise ValidationError({"materials": error}) from error
    return course


def remove_material(file: StoredFile, *, reason: str, version: int | None = None, actor: "User") -> StoredFile:
    """Nobody reads it any more; it can be restored until its content is deleted. Raises Stale."""
    return files.remove_file(file, reason=reason, version=version, actor=actor)


def restore_material(file: StoredFile, *, reason: str = "", version: int | None = None, actor: "User") -> StoredFile:
    """Undo `remove_material`. Raises Stale, ValidationError when its content is gone or there are too many."""
    return files.restore_file(file, reason=reason, version=version, actor=actor)


def as_kept(hours: Decimal) -> Decimal:
    """With one place after the point, as the database gives it back: 3 is no change of 3.0."""
    rounded = hours.quantize(TENTH)
    return rounded if rounded == hours else hours


def lock_standing(course: Course, version: int | None) -> Course:
    """The course, locked. Raises Stale; ValidationError for a voided one."""
    course = Course.objects.lock(course.pk, version)
    if course.is_voided:
        raise ValidationError(_("This course is voided."), code="voided")
    return course


def _pass_on(course: Course, *, actor: "User") -> None:
    """Kind and test to those sessions of a locked course that are not finished."""
    differs = ~Q(kind=course.kind) | ~Q(assessment=course.assessment)
    rows = course.sessions.unfinished().filter(differs).order_by("pk").select_for_update(of=("self",))
    with history.changes_many(rows, actor=actor, verb="training.coursesession.changed") as sessions:
        for session in sessions:
            session.kind, session.assessment = course.kind, course.assessment
        CourseSession.objects.bulk_update(sessions, ["kind", "assessment"], batch_size=BATCH)


def _offer(course: Course, *, is_offered: bool, reason: str, version: int | None, actor: "User") -> Course:
    course = lock_standing(course, version)
    verb = "training.course.reopened" if is_offered else "training.course.closed"
    with history.change(course, actor=actor, verb=verb, reason=reason):
        course.is_offered = is_offered
        course.save(update_fields=["is_offered", "updated_at"])
    return course


def _orders(count: int) -> str:
    return ngettext("%(count)d order", "%(count)d orders", count) % {"count": count}


def _sessions(count: int) -> str:
    return ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count}
