"""平时考核 of a civil servant in one quarter."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models.choices import QuarterGrade
from cadre_app.appraisal.models.years import FIRST_YEAR, LAST_YEAR
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.models import Status, Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_REMARK = 300


class QuarterlyAssessmentQuerySet(BaseQuerySet["QuarterlyAssessment"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own, once it is confirmed."""
        own = Q(trainee__person__account=user, confirmed_on__isnull=False, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def kept_here(self) -> Self:
        """Standing ones that were entered to be confirmed here: what came in as confirmed on paper is history."""
        return self.standing().filter(paper_signatory="")

    def with_signer(self) -> Self:
        """`signer`: the name of who confirmed it, here or on paper; None while it waits."""
        on_paper = NullIf(F("paper_signatory"), Value(""))
        return self.annotate(signer=Coalesce(F("confirmed_by__display_name"), on_paper))


class QuarterlyAssessment(BaseModel):
    """One person and one quarter, of whoever was a civil servant then (`status`); `unit` is who assessed, `hands` are the
    keys of everybody who entered part of it. `paper_signatory` confirmed it on paper on `confirmed_on`, where it was imported
    as history (ADR 29): no account did.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"remark"})
    untold_fields: ClassVar[frozenset[str]] = frozenset({"hands"})
    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="quarterly_assessments", verbose_name=_("growth file"), editable=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"), editable=False)
    status = models.CharField(_("personnel status"), max_length=16, choices=Status, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    quarter = models.PositiveSmallIntegerField(_("quarter"), editable=False)
    grade = models.CharField(pgettext_lazy("quarterly assessment", "grade"), max_length=8, choices=QuarterGrade)
    remark = models.CharField(pgettext_lazy("quarterly assessment", "feedback"), max_length=LONGEST_REMARK, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("entered by"),
    )  # fmt: skip
    hands = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    entered_on = models.DateField(_("entered on"), editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    confirmed_on = models.DateField(_("confirmed on"), null=True, editable=False)
    paper_signatory = models.CharField(_("confirmed on paper by"), max_length=60, blank=True, editable=False)
    objects = QuarterlyAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly assessment")
        ordering = ("-year", "-quarter", "trainee__stroke_key", "id")
        indexes = [
            models.Index(fields=["trainee", "-year", "-quarter"], name="quarterly_of_trainee"),
            models.Index(fields=["trainee", "-confirmed_on", "id"], name="quarterly_entry_of_trainee"),
            models.Index(fields=["-year", "-quarter", "id"], name="quarterly_newest"),
            models.Index(fields=["unit", "year", "quarter"], name="quarterly_of_unit"),
            models.Index(fields=["entered_on", "id"], condition=Q(confirmed_on=None, voided_at=None),
                         name="quarterly_to_confirm"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "year", "quarter"],
                condition=Q(voided_at=None),
                name="one_quarterly_assessment",
                violation_error_message=_("This person has an assessment of this quarter already."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4), year__range=(FIRST_YEAR, LAST_YEAR)), name="quarter_is_one_of_four"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CIVIL_SERVANT),
                name="quarterly_of_civil_servants",
                violation_error_code="grade",
                violation_error_message=_(
                    "Quarterly assessments are for civil servants; staff of public institutions have none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(paper_signatory="") | Q(confirmed_by=None, confirmed_on__isnull=False),
                name="quarterly_on_paper_is_confirmed",
                violation_error_message=_(
                    "Only what is confirmed, and by no account, is recorded as confirmed on paper."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}.{self.quarter} {self.trainee.person}"

    @property
    def signer_name(self) -> str:
        """As `with_signer`, of one object; empty while it waits."""
        return self.confirmed_by.display_name if self.confirmed_by is not None else self.paper_signatory
