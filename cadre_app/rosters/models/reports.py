"""上级报表 one filled-in report of a unit as of a day: counted anew while it is a draft, frozen with its numbers for good."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_REASON, LONGEST_REMARK = 300, 500


class ReportKind(models.TextChoices):
    """Each has its definition in `rosters.definitions`."""

    YEARLY = "yearly", pgettext_lazy("report to the superior", "Yearly return of introduced and selected graduates")


class ReportState(models.TextChoices):
    """草稿 → 待审核 → 已定稿; returned ones are drafts again and say why."""

    DRAFT = "draft", pgettext_lazy("report to the superior", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("report to the superior", "To be checked")
    FROZEN = "frozen", pgettext_lazy("report to the superior", "Frozen")


class SuperiorReportQuerySet(BaseQuerySet["SuperiorReport"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders of the unit or of one above it."""
        return self.filter(any_of(user.unit_ranges(Role.STAFF, Role.LEADER), "unit__path"))


class SuperiorReport(BaseModel):
    """`numbers` holds what was submitted, with labels and rules as they were (`rosters.sheets`); empty while it is a draft.

    `hands` are the keys of everybody who filled it in, none of whom freezes it (ADR 28). A trigger keeps what is frozen.
    """

    named_by: ClassVar[tuple[str, ...]] = ("unit",)
    untold_fields: ClassVar[frozenset[str]] = frozenset({"hands", "numbers"})

    kind = models.CharField(
        pgettext_lazy("report to the superior", "report"), max_length=16, choices=ReportKind, editable=False
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="superior_reports", verbose_name=_("reporting unit"), editable=False
    )
    as_of = models.DateField(_("as of"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT, editable=False)
    numbers = models.JSONField(
        pgettext_lazy("report to the superior", "numbers"), default=dict, blank=True, editable=False
    )
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    remark = models.CharField(_("remark"), max_length=LONGEST_REMARK, blank=True)
    hands = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("filled in by"), editable=False
    )
    entered_on = models.DateField(_("filled in on"), editable=False)
    submitted_on = models.DateField(
        pgettext_lazy("report to the superior", "submitted on"), null=True, blank=True, editable=False
    )
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("report to the superior", "checked by"),
        editable=False,
    )
    frozen_on = models.DateField(
        pgettext_lazy("report to the superior", "frozen on"), null=True, blank=True, editable=False
    )
    return_reason = models.CharField(
        pgettext_lazy("report to the superior", "to be completed"),
        max_length=LONGEST_REASON,
        blank=True,
        editable=False,
    )
    objects = SuperiorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to the superior")
        ordering = ("-as_of", "unit__path", "id")
        indexes = [
            models.Index(fields=["-as_of", "id"], name="superior_report_by_day"),
            models.Index(fields=["unit", "kind", "-as_of"], name="superior_report_of_unit"),
            models.Index(fields=["state", "-as_of", "id"], name="superior_report_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit", "as_of"],
                condition=Q(voided_at=None),
                name="one_superior_report_per_day",
                violation_error_code="as_of",
                violation_error_message=_("This unit has this report as of this day already."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.FROZEN, frozen_by__isnull=False, frozen_on__isnull=False)
                | (~Q(state=ReportState.FROZEN) & Q(frozen_by=None, frozen_on=None)),
                name="frozen_reports_say_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, numbers={}, submitted_on=None)
                | (~Q(state=ReportState.DRAFT) & ~Q(numbers={}) & Q(submitted_on__isnull=False)),
                name="submitted_reports_keep_numbers",
            ),
            models.CheckConstraint(
                condition=Q(frozen_by=None) | ~Q(frozen_by=F("entered_by")),
                name="reports_are_frozen_by_others",
                violation_error_message=_("Nobody checks or signs off what they entered themselves."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(return_reason=""),
                name="only_drafts_are_returned_reports",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit} {formats.date_format(self.as_of)}"

    @property
    def is_frozen(self) -> bool:
        return bool(self.state == ReportState.FROZEN)
