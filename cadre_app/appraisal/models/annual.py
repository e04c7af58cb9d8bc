"""年度考核 of one person: grade or case, comment, the days of the chain, signature, review."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models.choices import (
    LONGEST_COMMENT,
    LONGEST_NOTE,
    SCALES,
    TOLD_AT_A_DESK,
    AnnualState,
    Grade,
    NoGrade,
    ReviewOutcome,
    outcome_text,
)
from cadre_app.appraisal.models.corrections import AnnualCorrection
from cadre_app.appraisal.models.states import state_of_days
from cadre_app.appraisal.models.years import UnitQuota
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Status, Trainee, of_scope

if TYPE_CHECKING:
    from datetime import date

    from cadre_app.accounts.models import User

LONGEST_REASON, LONGEST_FORMER = 300, 1400


class AnnualAssessmentQuerySet(BaseQuerySet["AnnualAssessment"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own, once it is confirmed."""
        own = Q(trainee__person__account=user, confirmed_on__isnull=False, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def worked_on(self, user: "User", *roles: str) -> Self:
        """Standing ones of open files in scope of these roles: never the own one or a relative's (回避)."""
        rows = self.standing().filter(of_scope(user, *roles, prefix="trainee__"), quota__campaign__voided_at=None)
        return rows.filter(trainee__voided_at=None, trainee__departed_on=None)

    def in_work(self) -> Self:
        """Not confirmed."""
        return self.standing().filter(confirmed_on=None)

    def in_entry(self) -> Self:
        """Neither checked nor confirmed: what stands there can still be entered."""
        return self.in_work().filter(checked_on=None)

    def to_sign(self) -> Self:
        """Filed, waiting for the person: what came as history was signed on paper, until one of the last year is corrected."""
        rows = self.standing().filter(filed_on__isnull=False, signed_on=None)
        return rows.filter(is_asked_to_sign("corrected_on"))

    def with_signer(self) -> Self:
        """`signer`: the name of who signed what stands, the last correction or else the assessment itself, here or on paper."""
        signed = AnnualCorrection.objects.signed().filter(assessment=OuterRef("pk"))
        last = signed.order_by("-decided_on", "-created_at").values("decided_by__display_name")[:1]
        on_paper = NullIf(F("paper_signatory"), Value(""))
        return self.annotate(signer=Coalesce(Subquery(last), F("confirmed_by__display_name"), on_paper))


def is_asked_to_sign(corrected_on: str, prefix: str = "") -> Q:
    """Of what came as history only one of the last year is signed here, once it was corrected on the day of that column."""
    return Q(**{f"{prefix}paper_signatory": ""}) | Q(**{f"{prefix}year__gte": F(f"{corrected_on}__year") - 1})


def is_assessed(prefix: str = "") -> Q:
    """Without those who left before anything was entered about them: nobody assesses them any more."""
    return Q(**{f"{prefix}trainee__departed_on": None}) | ~Q(**{f"{prefix}state": AnnualState.NOT_STARTED})


class AnnualAssessment(BaseModel):
    """One person and one year. It begins empty; a leader confirms it, from then on it is changed by corrections alone. A
    trigger refuses that whoever checked it confirms it.

    `status` is what the person was in that year: it fixes the scale; `status_note` says why, where the file says another
    one. `state` follows from the days. `hands` are the keys of everybody who entered part of it, the days of the chain and
    of the public notice among it, in order (ADR 28); `entered_by` is the last one. `former` is what the unit before a transfer
    wrote. `returned_on`: sent back, until it is entered again. `case_note` says
    more of a case without a grade and is for those who work on it. `corrected_before_review` counts the corrections that
    were signed when the review was asked for: only later ones can be its outcome. `voided_with_year`: it was not voided by
    itself and comes back with its year. `paper_signatory` signed it off on paper before its year was opened here, where it
    was imported as history (ADR 29): no account checked or confirmed it. `excellent_on_paper`: it was excellent there and is so
    since, and takes no place of the quota; who becomes excellent by a correction takes one.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset(
        {"case_note", "comment", "former", "opinion", "return_reason", "review_reason", "review_answer", "status_note"}
    )
    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    decided_fields: ClassVar[tuple[str, ...]] = ("status", "grade", "no_grade")
    untold_fields: ClassVar[frozenset[str]] = frozenset(
        {"corrected_before_review", "excellent_on_paper", "hands", "return_reason", "voided_with_year"}
    )

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="annual_assessments", verbose_name=_("growth file"), editable=False
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    quota = models.ForeignKey(
        UnitQuota, models.PROTECT, related_name="assessments", verbose_name=_("quota of a unit"), editable=False
    )
    status = models.CharField(_("personnel status"), max_length=16, choices=Status)
    status_note = models.CharField(_("why another personnel status"), max_length=LONGEST_NOTE, blank=True)
    grade = models.CharField(pgettext_lazy("annual assessment", "grade"), max_length=16, choices=Grade, blank=True)
    no_grade = models.CharField(_("without a grade"), max_length=12, choices=NoGrade, blank=True)
    case_note = models.CharField(_("facts of the case"), max_length=LONGEST_NOTE, blank=True)
    comment = models.TextField(pgettext_lazy("annual assessment", "comment"), max_length=LONGEST_COMMENT, blank=True)
    former = models.TextField(_("from the unit before"), max_length=LONGEST_FORMER, blank=True, editable=False)
    self_report_on = models.DateField(_("own report on"), null=True, blank=True)
    survey_on = models.DateField(_("opinions gathered on"), null=True, blank=True)
    appraised_on = models.DateField(pgettext_lazy("annual assessment", "appraised on"), null=True, blank=True)
    notice_from = models.DateField(_("public notice from"), null=True, blank=True)
    notice_until = models.DateField(_("public notice until"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("entered by"),
    )  # fmt: skip
    entered_on = models.DateField(_("entered on"), null=True, editable=False)
    hands = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=pgettext_lazy("annual assessment", "checked by"),
    )  # fmt: skip
    checked_on = models.DateField(pgettext_lazy("annual assessment", "checked on"), null=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("sent back by"),
    )  # fmt: skip
    returned_on = models.DateField(_("sent back on"), null=True, editable=False)
    return_reason = models.CharField(max_length=LONGEST_REASON, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("signed off by"),
    )  # fmt: skip
    confirmed_on = models.DateField(_("signed off on"), null=True, editable=False)
    paper_signatory = models.CharField(_("signed off on paper by"), max_length=60, blank=True, editable=False)
    excellent_on_paper = models.BooleanField(default=False, editable=False)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    filing_number = models.CharField(_("number of the filing"), max_length=60, blank=True)
    signed_on = models.DateField(pgettext_lazy("annual assessment", "signed by the person on"), null=True, blank=True)
    corrected_on = models.DateField(_("corrected on"), null=True, editable=False)
    opinion = models.TextField(_("opinion of the person"), max_length=LONGEST_COMMENT, blank=True)
    review_asked_on = models.DateField(_("review asked for on"), null=True, blank=True, editable=False)
    review_reason = models.TextField(_("why a review is asked for"), max_length=LONGEST_COMMENT, blank=True)
    review_answered_on = models.DateField(_("review answered on"), null=True, blank=True, editable=False)
    review_outcome = models.CharField(_("outcome of the review"), max_length=10, choices=ReviewOutcome, blank=True)
    review_answer = models.TextField(_("answer to the review"), max_length=LONGEST_COMMENT, blank=True)
    corrected_before_review = models.PositiveSmallIntegerField(default=0, editable=False)
    voided_with_year = models.BooleanField(default=False, editable=False)
    state = models.GeneratedField(
        verbose_name=_("State"),
        expression=state_of_days(),
        output_field=models.CharField(max_length=12),
        db_persist=True,
    )
    objects = AnnualAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual assessment")
        ordering = ("-year", "trainee__stroke_key", "id")
        indexes = [
            models.Index(fields=["trainee", "-year"], name="annual_of_trainee"),
            models.Index(fields=["trainee", "-confirmed_on", "id"], name="annual_entry_of_trainee"),
            models.Index(fields=["-year", "state", "id"], name="annual_by_year"),
            models.Index(fields=["state", "id"], name="annual_by_state"),
            models.Index(fields=["quota", "state"], name="annual_of_quota"),
            models.Index(fields=["quota"], condition=Q(grade="excellent", voided_at=None), name="annual_excellent"),
            models.Index(fields=["year", "grade", "id"], name="annual_by_grade"),
            models.Index(fields=["confirmed_on", "id"], name="annual_by_confirmation"),
            models.Index(
                fields=["entered_on", "id"],
                condition=Q(checked_on=None, confirmed_on=None, voided_at=None),
                name="annual_to_check",
            ),
            models.Index(
                fields=["checked_on", "id"], condition=Q(confirmed_on=None, voided_at=None), name="annual_to_sign_off"
            ),
            models.Index(
                fields=["returned_on", "id"],
                condition=Q(returned_on__isnull=False, voided_at=None),
                name="annual_returned",
            ),
            models.Index(
                fields=["confirmed_on", "id"], condition=Q(filed_on=None, voided_at=None), name="annual_to_file"
            ),
            models.Index(fields=["filed_on", "id"], condition=Q(signed_on=None, voided_at=None), name="annual_to_sign"),
            models.Index(
                fields=["notice_until", "id"], condition=Q(confirmed_on=None, voided_at=None), name="annual_on_display"
            ),
            models.Index(
                fields=["review_answered_on", "id"],
                condition=Q(review_answered_on__isnull=False, voided_at=None),
                name="annual_review_answered",
            ),
            models.Index(
                fields=["review_asked_on", "id"],
                condition=Q(review_answered_on=None, voided_at=None) & ~Q(review_asked_on=None),
                name="annual_review_waits",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "year"],
                condition=Q(voided_at=None),
                name="one_annual_assessment_a_year",
                violation_error_message=_("This person has an assessment of this year already."),
            ),
            models.CheckConstraint(condition=Q(grade="") | Q(no_grade=""), name="annual_grade_or_case"),
            models.CheckConstraint(
                condition=Q(grade="")
                | Q(status=Status.CIVIL_SERVANT, grade__in=SCALES[Status.CIVIL_SERVANT])
                | Q(status=Status.INSTITUTION, grade__in=SCALES[Status.INSTITUTION]),
                name="annual_grade_fits_status",
                violation_error_code="grade",
                violation_error_message=_("This grade does not belong to the scale of this person."),
            ),
            models.CheckConstraint(
                condition=~Q(no_grade=NoGrade.CASE_OPEN) | Q(comment=""),
                name="annual_open_case_without_comment",
                violation_error_code="comment",
                violation_error_message=_("While a case is open no comment is written."),
            ),
            models.CheckConstraint(
                condition=Q(notice_from=None, notice_until=None)
                | Q(notice_until__gte=F("notice_from"), grade=Grade.EXCELLENT),
                name="annual_notice_of_excellent",
                violation_error_code="notice_until",
                violation_error_message=_("Only excellent ones are shown in public, from a first to a last day."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None)
                | ((Q(checked_on__isnull=False) | ~Q(paper_signatory="")) & (~Q(grade="") | ~Q(no_grade=""))),
                name="annual_confirmed_after_check",
            ),
            models.CheckConstraint(
                condition=Q(paper_signatory="")
                | Q(
                    checked_by=None,
                    checked_on=None,
                    confirmed_by=None,
                    confirmed_on__isnull=False,
                    filed_on__isnull=False,
                ),
                name="annual_on_paper_is_filed",
                violation_error_message=_("Only what was filed is recorded as signed off on paper."),
            ),
            models.CheckConstraint(
                condition=Q(excellent_on_paper=False) | (~Q(paper_signatory="") & Q(grade=Grade.EXCELLENT)),
                name="annual_excellent_on_paper_has_one",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None, return_reason="")
                | (Q(returned_on__isnull=False, checked_on=None, confirmed_on=None) & ~Q(return_reason="")),
                name="annual_returned_waits_to_be_entered",
            ),
            models.CheckConstraint(
                condition=(Q(filed_on=None) | Q(filed_on__gte=F("confirmed_on")))
                & (Q(signed_on=None) | Q(signed_on__gte=F("filed_on")))
                & (Q(signed_on=None) | Q(corrected_on=None) | Q(signed_on__gte=F("corrected_on"))),
                name="annual_steps_in_order",
                violation_error_message=_("A step lies before the one that comes first."),
            ),
            models.CheckConstraint(
                condition=Q(review_answered_on=None)
                | (Q(review_answered_on__gte=F("review_asked_on")) & ~Q(review_outcome="")),
                name="annual_review_answered_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.trainee.person}"

    @property
    def outcome(self) -> str:
        """The grade, or the case without one; empty while neither is known."""
        return self.grade or self.no_grade

    @property
    def is_in_entry(self) -> bool:
        """As `in_entry`, of one that stands."""
        return self.checked_on is None and self.confirmed_on is None

    def is_recent(self, day: "date") -> bool:
        """Whether on `day` this is the assessment of the last year, or of the one that runs."""
        return self.year >= day.year - 1

    @property
    def waits_for_signature(self) -> bool:
        """As `to_sign`, of one that stands."""
        corrected = self.corrected_on
        is_asked = not self.paper_signatory or (corrected is not None and self.is_recent(corrected))
        return self.filed_on is not None and self.signed_on is None and is_asked

    @property
    def outcome_label(self) -> str:
        return outcome_text(self.grade, self.no_grade)

    def outcome_told(self, *, at_desk: bool) -> str:
        """As `outcome_label`; a phone is not told of an open case."""
        return outcome_text(self.grade, self.no_grade, at_desk=at_desk)

    @property
    def is_told_at_a_desk(self) -> bool:
        """Whether a phone is not told why there is no grade."""
        return self.no_grade in TOLD_AT_A_DESK
