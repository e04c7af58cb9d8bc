"""The unit tree: district → department, town or township → village."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.org.paths import PathRange, any_of, prefixes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


DERIVED = frozenset({"serial", "path", "depth"})


class UnitKind(models.TextChoices):
    DISTRICT = "district", _("District")
    DEPARTMENT = "department", _("District department")
    INSTITUTION = "institution", _("Public institution")
    TOWN = "town", _("Town")
    TOWNSHIP = "township", _("Township")
    SUBDISTRICT = "subdistrict", _("Subdistrict")
    VILLAGE = "village", _("Village")
    COMMUNITY = "community", _("Community")
    HEADQUARTERS = "headquarters", _("Project construction headquarters")
    ENTERPRISE = "enterprise", _("State-owned enterprise")


class UnitQuerySet(BaseQuerySet["Unit"]):
    def visible_to(self, user: "User") -> Self:
        """Units at and below those on which `user` holds a business role; a security administrator sees all names."""
        if user.has_role(Role.SECURITY):
            return self
        return self.within(user.unit_ranges(*BUSINESS_ROLES))

    def within(self, ranges: tuple[PathRange, ...]) -> Self:
        return self.filter(any_of(ranges))

    def above(self, unit: "Unit") -> Self:
        """The units over `unit`, found by its path."""
        return self.filter(path__in=prefixes(unit.path))

    def targets_for(self, user: "User", unit: "Unit") -> Self:
        """Where `user` may move `unit` to: open units of which they are staff, neither it nor anything below it."""
        mine = self.standing().within(user.unit_ranges(Role.STAFF)).filter(closed_on=None)
        return mine.exclude(path__startswith=unit.path)

    def open_on(self, day: date) -> Self:
        return self.filter(opened_on__lte=day).filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def in_official_order(self) -> Self:
        """Depth first, siblings by their official order: the path is built so."""
        return self.order_by("path")


class Unit(BaseModel):
    """A unit under one parent. `path` is one fixed-width segment per level (official order, then serial)."""

    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("superior unit")
    )
    order = models.PositiveSmallIntegerField(_("official order"), default=0)
    serial = models.PositiveIntegerField(unique=True, editable=False)
    path = models.CharField(max_length=120, unique=True, editable=False, db_collation="C")
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("path",)
        indexes = [models.Index(fields=["kind", "path"], name="unit_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                nulls_distinct=False,
                condition=Q(voided_at=None),
                name="one_unit_name_per_parent",
                violation_error_message=_("The superior unit already has a unit of this name."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="unit_closes_after_opening",
                violation_error_message=_("A unit cannot close before it opened."),
            ),
            models.CheckConstraint(
                condition=Q(order__lte=9999),
                name="unit_order_has_four_digits",
                violation_error_message=_("The official order is a number from 0 to 9999."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def state_label(self) -> str:
        """Whether the unit works today (local date), in words."""
        if self.is_voided:
            return str(_("Voided"))
        if self.closed_on is not None and self.closed_on <= timezone.localdate():
            return str(_("Closed down"))
        return str(_("In operation"))

    def public_values(self) -> dict[str, Any]:
        """Without what follows from parent and order: a move is recorded once, not as a new path."""
        return {name: value for name, value in super().public_values().items() if name not in DERIVED}

    @property
    def range(self) -> PathRange:
        return PathRange.below(self.path)
