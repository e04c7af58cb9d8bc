"""Offices of a unit, and who holds them since when: mentors follow from them (PRODUCT.md, row 1)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import DateRange
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of
from cadre_app.people.models.persons import Person
from cadre_app.people.writing.posts import place_and_post

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class OfficeQuerySet(BaseQuerySet["Office"]):
    def visible_to(self, user: "User") -> Self:
        """Offices of units on which `user` holds a business role, or above which they hold one."""
        return self.filter(any_of(user.unit_ranges(*BUSINESS_ROLES), "unit__path"))


class Office(BaseModel):
    """A post of leadership in a unit, whoever holds it; the two flags say whose mentor its holder becomes."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices", verbose_name=_("unit"))
    name = models.CharField(_("office"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order in the unit"), default=0)
    is_political_source = models.BooleanField(_("source of the political mentor"), default=False)
    is_community_source = models.BooleanField(_("source of the community mentor"), default=False)
    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        ordering = ("unit__path", "order", "name")
        indexes = [models.Index(fields=["unit", "order", "name"], name="office_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(voided_at=None),
                name="one_office_of_a_name",
                violation_error_code="name",
                violation_error_message=_("This unit already has an office of this name."),
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(voided_at=None, is_political_source=True),
                name="one_political_source_per_unit",
                violation_error_code="is_political_source",
                violation_error_message=_("Another office of this unit is already the source of the political mentor."),
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(voided_at=None, is_community_source=True),
                name="one_community_source_per_unit",
                violation_error_code="is_community_source",
                violation_error_message=_("Another office of this unit is already the source of the community mentor."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_full(self) -> str:
        """With its unit: 梧头村党支部书记."""
        return place_and_post(self.unit.name, self.name)


class OfficeHoldingQuerySet(BaseQuerySet["OfficeHolding"]):
    def visible_to(self, user: "User") -> Self:
        """As the office; and one's own."""
        ranges = user.unit_ranges(*BUSINESS_ROLES)
        return self.filter(any_of(ranges, "office__unit__path") | Q(person__account=user))

    def current(self) -> Self:
        """Without a last day: whoever holds the office now."""
        return self.standing().filter(until=None)


class OfficeHolding(BaseModel):
    """A person in an office from a day until a day (both included); one holder at a time."""

    named_by: ClassVar[tuple[str, ...]] = ("office", "person")

    office = models.ForeignKey(Office, models.PROTECT, related_name="holdings", verbose_name=_("office"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings", verbose_name=_("holder"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    objects = OfficeHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding of an office")
        ordering = ("office", "-since")
        indexes = [models.Index(fields=["person", "-since"], name="holding_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="holding_ends_after_start",
                violation_error_code="until",
                violation_error_message=_("An office cannot be left before it was taken."),
            ),
            ExclusionConstraint(
                name="one_holder_at_a_time",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at=None),
                violation_error_code="since",
                violation_error_message=_(
                    "Somebody else holds this office in that period. Enter their last day first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.person} {formats.date_format(self.since)}"
