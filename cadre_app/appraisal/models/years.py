"""The campaign of one year in a unit and all below it, and what each unit of it may give as excellent."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.fields import WITH_FIGURE
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

FIRST_YEAR, LAST_YEAR = 1990, 2100


class AssessmentYearQuerySet(BaseQuerySet["AssessmentYear"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles: campaigns of units in their scope or above it."""
        ranges = user.unit_ranges(*BUSINESS_ROLES)
        mine = Unit.objects.standing().within(ranges).values("path") if ranges else Unit.objects.none().values("path")
        return self.filter(any_of(ranges, "unit__path") | Q(quotas__unit__path__in=mine)).distinct()


class AssessmentYear(BaseModel):
    """年度考核 of `year` in `unit` and below: entered between its two days."""

    named_by: ClassVar[tuple[str, ...]] = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assessment_years", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(pgettext_lazy("annual assessment", "entered from"))
    ends_on = models.DateField(pgettext_lazy("annual assessment", "entered by"))
    note = models.CharField(_("remark"), max_length=200, blank=True)
    objects = AssessmentYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("year of assessment")
        ordering = ("-year", "unit__path")
        indexes = [models.Index(fields=["-year", "unit"], name="assessment_year_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=Q(voided_at=None),
                name="one_assessment_year_of_a_unit",
                violation_error_code="year",
                violation_error_message=_("The assessment of this year is open in this unit already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="assessment_year_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="assessment_year_is_a_year",
                violation_error_code="year",
                violation_error_message=_("Enter a year with four digits."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit}"


class UnitQuotaQuerySet(BaseQuerySet["UnitQuota"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope."""
        return self.filter(any_of(user.unit_ranges(*BUSINESS_ROLES), "unit__path"))

    def of_open_years(self) -> Self:
        return self.standing().filter(campaign__voided_at=None)


class UnitQuota(BaseModel):
    """应参加人数、核定名额 of one unit in one year, both unknown at first.

    `excellents` is counted by the database itself, on every change of an assessment of the unit: more of them than the
    quota stand only with the number of the approval.
    """

    named_by: ClassVar[tuple[str, ...]] = ("unit", "campaign")

    campaign = models.ForeignKey(
        AssessmentYear, models.PROTECT, related_name="quotas", verbose_name=_("year of assessment"), editable=False
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assessment_quotas", verbose_name=_("unit"), editable=False
    )
    participants = models.PositiveSmallIntegerField(_("people to be assessed"), null=True, blank=True)
    approved = models.PositiveSmallIntegerField(_("approved number of excellent"), null=True, blank=True)
    approval_number = models.CharField(_("approval number"), max_length=60, blank=True)
    excellents = models.PositiveSmallIntegerField(_("excellent so far"), default=0, editable=False)
    objects = UnitQuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota of a unit")
        ordering = ("unit__path",)
        indexes = [models.Index(fields=["campaign", "unit"], name="quota_of_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"], condition=Q(voided_at=None), name="one_quota_of_a_unit_and_year"
            ),
            models.CheckConstraint(
                condition=Q(excellents=0)
                | Q(approval_number__regex=WITH_FIGURE)
                | (Q(approved__isnull=False) & Q(excellents__lte=F("approved"))),
                name="excellent_within_quota",
                violation_error_code="approved",
                violation_error_message=_(
                    "More people are excellent than the approved number. Check them, or enter the number of the document by which the civil service department agreed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(approval_number="") | Q(approval_number__regex=WITH_FIGURE),
                name="approval_number_has_a_figure",
                violation_error_code="approval_number",
                violation_error_message=_("Write the number as the document bears it, with its figures."),
            ),
            models.CheckConstraint(
                condition=Q(approved=None) | (Q(participants__isnull=False) & Q(approved__lte=F("participants"))),
                name="quota_within_participants",
                violation_error_code="approved",
                violation_error_message=_("No more can be excellent than people are to be assessed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign.year} {self.unit}"

    def public_values(self) -> dict[str, Any]:
        """Without what only counts other records."""
        return {name: value for name, value in super().public_values().items() if name != "excellents"}
