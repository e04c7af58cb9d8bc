"""更正 of a confirmed annual assessment: what is proposed, what stood there before, who decided."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models.choices import (
    LONGEST_COMMENT,
    LONGEST_NOTE,
    TOLD_AT_A_DESK,
    Grade,
    NoGrade,
    ReviewOutcome,
    outcome_text,
)
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models import Status, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class AnnualCorrectionQuerySet(BaseQuerySet["AnnualCorrection"]):
    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope; the person those that were signed off."""
        own = Q(assessment__trainee__person__account=user, is_signed=True, voided_at=None)
        return self.filter(of_scope(user, Role.STAFF, Role.LEADER, prefix="assessment__trainee__") | own)

    def waiting(self) -> Self:
        return self.standing().filter(decided_on=None)

    def signed(self) -> Self:
        return self.standing().filter(is_signed=True)


class AnnualCorrection(BaseModel):
    """更正 of a confirmed assessment: proposed by staff with a reason, signed off or declined by a leader.

    `was` keeps what stood there before, with the signature that the person gave to it and the review of it. The days of the
    chain are those that it lacks so far. An empty `status` is that of the assessment. Whoever is to be excellent by a
    correction is shown in public like everybody else: `notice_from` and `notice_until`.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "case_note", "comment", "was_comment", "was_opinion", "was_review_reason", "was_review_answer", "reason",
            "decline_reason",
        }
    )  # fmt: skip
    named_by: ClassVar[tuple[str, ...]] = ("assessment__trainee__person",)
    untold_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "was_status", "was_grade", "was_no_grade", "was_comment", "was_signed_on", "was_opinion", "was_review_asked_on",
            "was_review_reason", "was_review_answered_on", "was_review_outcome", "was_review_answer", "is_signed",
            "decline_reason",
        }
    )  # fmt: skip
    decided_fields: ClassVar[tuple[str, ...]] = ("status", "grade", "no_grade")

    assessment = models.ForeignKey(
        "appraisal.AnnualAssessment", models.PROTECT, related_name="corrections", verbose_name=_("annual assessment"),
        editable=False,
    )  # fmt: skip
    status = models.CharField(_("personnel status"), max_length=16, choices=Status, blank=True)
    grade = models.CharField(pgettext_lazy("annual assessment", "grade"), max_length=16, choices=Grade, blank=True)
    no_grade = models.CharField(_("without a grade"), max_length=12, choices=NoGrade, blank=True)
    case_note = models.CharField(_("facts of the case"), max_length=LONGEST_NOTE, blank=True)
    comment = models.TextField(pgettext_lazy("annual assessment", "comment"), max_length=LONGEST_COMMENT, blank=True)
    self_report_on = models.DateField(_("own report on"), null=True, blank=True)
    survey_on = models.DateField(_("opinions gathered on"), null=True, blank=True)
    appraised_on = models.DateField(pgettext_lazy("annual assessment", "appraised on"), null=True, blank=True)
    was_status = models.CharField(max_length=16, choices=Status, blank=True, editable=False)
    was_grade = models.CharField(max_length=16, choices=Grade, blank=True, editable=False)
    was_no_grade = models.CharField(max_length=12, choices=NoGrade, blank=True, editable=False)
    was_comment = models.TextField(max_length=LONGEST_COMMENT, blank=True, editable=False)
    was_signed_on = models.DateField(null=True, editable=False)
    was_opinion = models.TextField(max_length=LONGEST_COMMENT, blank=True, editable=False)
    was_review_asked_on = models.DateField(null=True, editable=False)
    was_review_reason = models.TextField(max_length=LONGEST_COMMENT, blank=True, editable=False)
    was_review_answered_on = models.DateField(null=True, editable=False)
    was_review_outcome = models.CharField(max_length=10, choices=ReviewOutcome, blank=True, editable=False)
    was_review_answer = models.TextField(max_length=LONGEST_COMMENT, blank=True, editable=False)
    notice_from = models.DateField(_("public notice from"), null=True, blank=True)
    notice_until = models.DateField(_("public notice until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_NOTE)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by"), editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"),
        editable=False,
    )  # fmt: skip
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    is_signed = models.BooleanField(_("signed off"), default=False, editable=False)
    decline_reason = models.CharField(
        pgettext_lazy("correction", "reason for declining it"), max_length=LONGEST_NOTE, blank=True, editable=False
    )
    objects = AnnualCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of an annual assessment")
        ordering = ("-created_at", "id")
        indexes = [
            models.Index(fields=["assessment", "-created_at"], name="correction_of_annual"),
            models.Index(
                fields=["created_at", "id"], condition=Q(decided_on=None, voided_at=None), name="correction_to_sign"
            ),
            models.Index(
                fields=["decided_on", "id"], condition=Q(is_signed=False, voided_at=None), name="correction_declined"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(decided_on=None, voided_at=None),
                name="one_open_correction",
                violation_error_message=_("A correction of this assessment waits for the sign-off already."),
            ),
            models.CheckConstraint(
                condition=(~Q(grade="") & Q(no_grade="")) | (Q(grade="") & ~Q(no_grade="")),
                name="correction_has_one_outcome",
            ),
            models.CheckConstraint(condition=Q(is_signed=False) | ~Q(decided_on=None), name="signed_is_decided"),
            models.CheckConstraint(
                condition=Q(decline_reason="") | Q(decided_on__isnull=False, is_signed=False),
                name="declined_corrections_say_why",
            ),
            models.CheckConstraint(
                condition=Q(notice_from=None, notice_until=None)
                | Q(notice_until__gte=F("notice_from"), grade=Grade.EXCELLENT),
                name="correction_notice_of_excellent",
                violation_error_code="notice_until",
                violation_error_message=_("Only excellent ones are shown in public, from a first to a last day."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.assessment)

    @property
    def outcome_label(self) -> str:
        return outcome_text(self.grade, self.no_grade)

    @property
    def was_label(self) -> str:
        return outcome_text(self.was_grade, self.was_no_grade)

    def outcomes_told(self, *, at_desk: bool) -> tuple[str, str]:
        """What stood and what is to stand; phones and messages are not told of an open case."""
        was = outcome_text(self.was_grade, self.was_no_grade, at_desk=at_desk)
        return was, outcome_text(self.grade, self.no_grade, at_desk=at_desk)

    @property
    def is_told_at_a_desk(self) -> bool:
        """Whether a phone is not told what is corrected."""
        return not {self.no_grade, self.was_no_grade}.isdisjoint(TOLD_AT_A_DESK)
