"""到村任职期满考核 the end of a village term: summary, papers, talks, proposal, public notice, hand-over, filing."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models.choices import TermConclusion
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models import VillageTerm, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_SUMMARY, LONGEST_FINDING = 5000, 1000


class TermReviewQuerySet(BaseQuerySet["TermReview"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own, of which permissions give the summary and the filed result."""
        own = Q(term__trainee__person__account=user, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="term__trainee__") | own)

    def worked_on(self, user: "User") -> Self:
        """Those that staff work on: own ones and those of declared relatives are taken out (回避)."""
        return self.filter(of_scope(user, Role.STAFF, prefix="term__trainee__"))

    def of_now(self) -> Self:
        """The one review of a term; those that ended by prolonging it are kept beside it."""
        return self.standing().filter(prolonged_on=None)

    def open(self) -> Self:
        return self.of_now().filter(filed_on=None)


class TermReview(BaseModel):
    """One review of one term; each step has its day, and no later one without those before (PRODUCT.md, "Village term").

    `finding_talks` is what villagers said, for the department alone: history keeps that it changed. Without a research
    report `no_report_reason` says why. Filing it ends the term on `last_day` if its end is not recorded yet:
    `has_ended_term` then. One that was not passed ends with `prolonged_on`, and is read from then on.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"summary", "finding_talks", "objections"})
    named_by: ClassVar[tuple[str, ...]] = ("term__village",)
    decided_fields: ClassVar[tuple[str, ...]] = (
        "conclusion",
        "proposal",
        "no_report_reason",
        "notice_from",
        "notice_until",
        "handed_to",
    )

    term = models.ForeignKey(
        VillageTerm, models.PROTECT, related_name="reviews", verbose_name=_("village term"), editable=False
    )
    due_on = models.DateField(_("term ends on"), editable=False)
    summary = models.TextField(_("own summary"), max_length=LONGEST_SUMMARY, blank=True)
    summary_on = models.DateField(_("own summary handed in on"), null=True, blank=True, editable=False)
    papers_on = models.DateField(_("papers looked at on"), null=True, blank=True)
    finding_papers = models.CharField(_("what the papers show"), max_length=LONGEST_FINDING, blank=True)
    talks_on = models.DateField(_("talks with villagers held on"), null=True, blank=True)
    talks_held = models.PositiveSmallIntegerField(_("people talked with"), null=True, blank=True)
    finding_talks = models.TextField(_("what the talks show"), max_length=LONGEST_FINDING, blank=True)
    no_report_reason = models.CharField(_("why there is no research report"), max_length=200, blank=True)
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True)
    proposal = models.TextField(_("comment on the term"), max_length=LONGEST_FINDING, blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=TermConclusion, blank=True)
    notice_from = models.DateField(_("public notice from"), null=True, blank=True)
    notice_until = models.DateField(_("public notice until"), null=True, blank=True)
    objections = models.TextField(_("what was raised during the notice"), max_length=LONGEST_FINDING, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed off by"),
        editable=False,
    )
    signed_on = models.DateField(_("signed off on"), null=True, blank=True, editable=False)
    handed_over_on = models.DateField(_("form handed over on"), null=True, blank=True)
    handed_to = models.CharField(_("received by"), max_length=40, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True, editable=False)
    has_ended_term = models.BooleanField(_("its filing ended the term"), default=False, editable=False)
    prolonged_on = models.DateField(_("term prolonged on"), null=True, blank=True, editable=False)
    objects = TermReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a village term")
        ordering = ("due_on", "id")
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(filed_on=None, prolonged_on=None, voided_at=None),
                name="term_review_open",
            ),
            models.Index(fields=["term", "-due_on"], name="review_of_term"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(voided_at=None, prolonged_on=None),
                name="one_review_of_a_term",
                violation_error_message=_("This village term has its review already."),
            ),
            models.CheckConstraint(
                condition=Q(notice_until=None) | Q(notice_from__isnull=False, notice_until__gt=F("notice_from")),
                name="notice_ends_after_start",
                violation_error_code="notice_until",
                violation_error_message=_("The public notice ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(prolonged_on=None)
                | Q(conclusion=TermConclusion.FAILED, signed_on__isnull=False, filed_on=None),
                name="prolonged_after_a_failed_review",
            ),
            models.CheckConstraint(
                condition=Q(filed_on=None) | (Q(handed_over_on__isnull=False) & ~Q(conclusion="")),
                name="filed_reviews_are_complete",
                violation_error_message=_("A review is filed with its conclusion, after the form was handed over."),
            ),
            models.CheckConstraint(
                condition=Q(has_ended_term=False) | Q(filed_on__isnull=False), name="only_filed_reviews_end_a_term"
            ),
        ]

    def __str__(self) -> str:
        return str(self.term)
