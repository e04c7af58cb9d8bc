"""Who reads the catalogue, and who keeps it."""

from typing import TYPE_CHECKING

from cadre_app.training.models import Course
from cadre_app.training.models.courses import reads_catalogue
from cadre_app.training.permissions.rooms import is_teacher, oversees, works_here

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User


def can_see_catalogue(user: "User") -> bool:
    """Business roles, teachers, and those in development."""
    return reads_catalogue(user)


def reads_course(user: "User", course: Course) -> bool:
    """As Course.visible_to, for a course at hand."""
    if can_see_preparation(user) or (course.is_offered and not course.is_voided):
        return True
    return Course.objects.visible_to(user).filter(pk=course.pk).exists()


def can_see_preparation(user: "User") -> bool:
    """Teachers and scenarios as lists: business roles and teachers."""
    return oversees(user) or is_teacher(user)


def can_keep_catalogue(user: "User") -> bool:
    """New courses, teachers and scenarios, and changes of the latter two: staff."""
    return works_here(user)


def can_change_course(user: "User", course: Course) -> bool:
    """A standing course, by staff."""
    return works_here(user) and not course.is_voided


def can_restore_course(user: "User", course: Course) -> bool:
    return works_here(user) and course.is_voided


def may_read_material(user: "User", owner_id: "UUID") -> bool:
    """Whoever reads the course."""
    return Course.objects.visible_to(user).filter(pk=owner_id).exists()
