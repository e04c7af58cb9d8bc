"""The staff who are named to keep what is restricted, and what their naming opens."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of, stands_over
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.org.paths import PathRange
    from cadre_app.people.models.trainees import TraineeQuerySet


class NamedStaffQuerySet(BaseQuerySet["NamedStaff"]):
    def visible_to(self, user: "User") -> Self:
        """Leaders, of their units."""
        return self.filter(any_of(user.unit_ranges(Role.LEADER), "unit__path"))


class NamedStaff(BaseModel):
    """One account that a leader named for a unit and all below it; voided when the naming is withdrawn."""

    named_by: ClassVar[tuple[str, ...]] = ("user", "unit")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="named_for_conduct", verbose_name=_("named staff")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="named_staff", verbose_name=_("unit"))
    named_on = models.DateField(_("named on"), editable=False)
    named_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("named by"), editable=False
    )
    reason = models.CharField(_("reason"), max_length=200)
    objects = NamedStaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("named staff")
        ordering = ("-named_on", "id")
        indexes = [models.Index(fields=["user"], condition=Q(voided_at=None), name="named_staff_of_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit"],
                condition=Q(voided_at=None),
                name="named_once_for_a_unit",
                violation_error_code="user",
                violation_error_message=_("This account is named for this unit already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.display_name} {self.unit.name}"


def named_ranges(user: "User") -> "tuple[PathRange, ...]":
    """The units for which `user` is named today, with all below; asked once per request."""
    known: tuple[PathRange, ...] | None = user.__dict__.get("_named_ranges")
    if known is None:
        rows = NamedStaff.objects.standing().filter(user=user).select_related("unit")
        known = tuple(row.unit.range for row in rows) if user.has_role(Role.STAFF) else ()
        user.__dict__["_named_ranges"] = known
    return known


def named_terms(user: "User") -> list[str]:
    """The units for which `user` is named today, by path."""
    return [found.start for found in named_ranges(user)]


def of_named(user: "User") -> Q:
    """Rows about people whom `user` keeps what is restricted for: staff of the unit who are named; never oneself or a
    declared relative.
    """
    return of_scope(user, Role.STAFF, prefix="trainee__") & any_of(named_ranges(user), "trainee__home_unit__path")


def named_above(home: str) -> "QuerySet[NamedStaff]":
    """Namings that stand for the unit whose path is `home` of the outer query, or for one above it."""
    return NamedStaff.objects.standing().filter(stands_over(home))


def files_kept_by(user: "User") -> "TraineeQuerySet":
    """The files of whom `user` keeps what is restricted."""
    return Trainee.objects.in_scope(user, Role.STAFF).filter(any_of(named_ranges(user), "home_unit__path"))


def of_readers(user: "User") -> Q:
    """As `of_named`, and leaders of the unit."""
    return of_scope(user, Role.LEADER, prefix="trainee__") | of_named(user)
