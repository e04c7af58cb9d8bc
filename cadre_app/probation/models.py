"""试用期满考核、任职定级 one probation of somebody: summary, opinion of the unit, conclusion, check and sign-off."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import PostRecord, Trainee, of_scope
from cadre_app.people.models.coded import CodedMixin

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.accounts.models import User

LONGEST_SUMMARY, LONGEST_COMMENT, LONGEST_REASON = 5000, 1000, 200
TEXT = r"\S"


class State(models.TextChoices):
    """What is kept; 未到期 and 待考核 (wording.stage_of) are told by the day."""

    OPEN = "open", pgettext_lazy("probation", "Not begun")
    UNDER_WAY = "under_way", pgettext_lazy("probation", "Under way")
    WAITING = "waiting", pgettext_lazy("probation", "With the department")
    GRADED = "graded", pgettext_lazy("probation", "Graded")
    DEFERRED = "deferred", pgettext_lazy("probation", "Deferred")
    CANCELLED = "cancelled", pgettext_lazy("probation", "Employment cancelled")


class Conclusion(models.TextChoices):
    PASSED = "passed", pgettext_lazy("probation", "Qualified")
    FAILED = "failed", pgettext_lazy("probation", "Not qualified")
    DEFERRED = "deferred", pgettext_lazy("probation", "Deferred")


IN_WORK = (State.OPEN, State.UNDER_WAY)
CLOSED = {Conclusion.PASSED: State.GRADED, Conclusion.FAILED: State.CANCELLED, Conclusion.DEFERRED: State.DEFERRED}


class ProbationQuerySet(BaseQuerySet["Probation"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own, of which permissions give what its reader may read."""
        own = Q(trainee__person__account=user, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def worked_on(self, user: "User", *roles: str) -> Self:
        """Standing ones of open files in scope of these roles: never the own one or a relative's (回避)."""
        rows = self.standing().filter(of_scope(user, *roles, prefix="trainee__"))
        return rows.filter(trainee__voided_at=None, trainee__departed_on=None)

    def of_now(self) -> Self:
        """The one of each file; those that ended in an extension are kept beside it."""
        return self.standing().exclude(state=State.DEFERRED)


def _account(label: "_StrPromise") -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label,
        editable=False,
    )  # fmt: skip


class Probation(CodedMixin, BaseModel):
    """One round: the first one, or that of an extension. When probation ends is kept by the growth file alone; a sign-off
    repeats that day in `ended_on`, and whoever passed is in post since then.

    Whoever entered the conclusion neither checks nor signs it, and a trigger refuses a sign-off by whoever checked it.
    `wrote_record` says that the sign-off made `post_record`, and did not find it there.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"summary", "opinion", "comment"})
    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    coded: ClassVar[dict[str, str]] = {"rank": "rank"}
    untold_fields: ClassVar[frozenset[str]] = frozenset(
        {"state", "round", "wrote_record", "post_record", "was_unsigned"}
    )
    decided_fields: ClassVar[tuple[str, ...]] = (
        "conclusion", "comment", "post", "rank", "rank_reason", "post_grade", "extended_to", "reason",
        "document_number", "document_on", "waiver_reason", "missing_reason",
    )  # fmt: skip

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="probations", verbose_name=_("growth file"), editable=False
    )
    round = models.PositiveSmallIntegerField(pgettext_lazy("probation", "round"), default=1, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    waiver_reason = models.CharField(_("why induction training is waived"), max_length=LONGEST_REASON, blank=True)
    waived_by = _account(_("waived by"))
    waived_on = models.DateField(_("waived on"), null=True, blank=True, editable=False)
    summary = models.TextField(_("own summary"), max_length=LONGEST_SUMMARY, blank=True)
    summary_on = models.DateField(_("own summary handed in on"), null=True, blank=True, editable=False)
    opinion = models.TextField(_("opinion of the unit"), max_length=LONGEST_COMMENT, blank=True)
    opinion_by = _account(_("opinion entered by"))
    opinion_on = models.DateField(_("opinion of the unit on"), null=True, blank=True, editable=False)
    conclusion = models.CharField(
        pgettext_lazy("probation", "conclusion"), max_length=10, choices=Conclusion, blank=True
    )
    comment = models.TextField(
        pgettext_lazy("probation", "comment on the probation"), max_length=LONGEST_COMMENT, blank=True
    )
    post = models.CharField(_("post"), max_length=100, blank=True)
    rank = models.CharField(_("rank"), max_length=20, blank=True)
    rank_reason = models.CharField(_("why another rank than by education"), max_length=LONGEST_REASON, blank=True)
    post_grade = models.CharField(_("post grade (public institution)"), max_length=40, blank=True)
    extended_to = models.DateField(_("probation extended until"), null=True, blank=True)
    reason = models.CharField(
        pgettext_lazy("probation", "reason of the conclusion"), max_length=LONGEST_REASON, blank=True
    )
    missing_reason = models.CharField(
        pgettext_lazy("probation", "why summary or opinion is missing"), max_length=LONGEST_REASON, blank=True
    )
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    document_on = models.DateField(_("day of the document"), null=True, blank=True)
    entered_by = _account(_("entered by"))
    entered_on = models.DateField(_("entered on"), null=True, blank=True, editable=False)
    checked_by = _account(_("checked by"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)
    signed_by = _account(_("signed off by"))
    signed_on = models.DateField(_("signed off on"), null=True, blank=True, editable=False)
    returned_on = models.DateField(pgettext_lazy("probation", "returned on"), null=True, blank=True, editable=False)
    return_reason = models.CharField(
        pgettext_lazy("probation", "reason for returning it"), max_length=LONGEST_REASON, blank=True, editable=False
    )
    was_unsigned = models.BooleanField(
        pgettext_lazy("probation", "returned by taking the sign-off back"), default=False, editable=False
    )
    ended_on = models.DateField(_("probation ended on"), null=True, blank=True, editable=False)
    post_record = models.ForeignKey(
        PostRecord, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("post and rank"),
        editable=False,
    )  # fmt: skip
    wrote_record = models.BooleanField(_("its sign-off wrote post and rank"), default=False, editable=False)
    objects = ProbationQuerySet.as_manager()

    class Meta:
        verbose_name = _("end-of-probation assessment")
        ordering = ("trainee", "-round")
        indexes = [
            models.Index(fields=["trainee", "-signed_on", "id"], name="probation_of_trainee"),
            models.Index(fields=["state", "id"], name="probation_by_state"),
            models.Index(fields=["signed_on", "id"], name="probation_by_sign_off"),
            models.Index(
                fields=["summary_on", "id"],
                condition=Q(state=State.UNDER_WAY, opinion_on=None, voided_at=None),
                name="probation_without_opinion",
            ),
            models.Index(
                fields=["entered_on", "id"],
                condition=Q(state=State.WAITING, checked_on=None, voided_at=None),
                name="probation_to_check",
            ),
            models.Index(
                fields=["checked_on", "id"],
                condition=Q(state=State.WAITING, checked_on__isnull=False, voided_at=None),
                name="probation_to_sign",
            ),
            models.Index(
                fields=["returned_on", "id"],
                condition=Q(returned_on__isnull=False, voided_at=None),
                name="probation_returned",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(voided_at=None) & ~Q(state=State.DEFERRED),
                name="one_probation_of_a_file",
                violation_error_message=_("The assessment of this probation stands already."),
            ),
            models.UniqueConstraint(
                fields=["trainee", "round"],
                condition=Q(voided_at=None),
                name="one_probation_of_a_round",
                violation_error_message=_("The assessment of this probation stands already."),
            ),
            models.CheckConstraint(
                condition=Q(summary="", summary_on=None) | (Q(summary__regex=TEXT) & Q(summary_on__isnull=False)),
                name="probation_summary_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(opinion="", opinion_on=None, opinion_by=None)
                | Q(opinion__regex=TEXT, opinion_on__isnull=False, opinion_by__isnull=False),
                name="probation_opinion_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(waiver_reason="", waived_on=None, waived_by=None)
                | Q(waiver_reason__regex=TEXT, waived_on__isnull=False, waived_by__isnull=False),
                name="probation_waiver_has_a_reason",
                violation_error_code="waiver_reason",
                violation_error_message=_("Say why induction training is waived."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_WORK)
                | (
                    ~Q(conclusion="")
                    & Q(comment__regex=TEXT, entered_by__isnull=False, entered_on__isnull=False, returned_on=None)
                ),
                name="probation_conclusion_is_entered",
            ),
            models.CheckConstraint(
                condition=~Q(conclusion=Conclusion.PASSED)
                | (
                    Q(post__regex=TEXT, extended_to=None)
                    & (Q(rank="", post_grade__regex=TEXT) | (Q(post_grade="") & ~Q(rank="")))
                    & (Q(signed_on=None) | Q(document_number__regex=TEXT, document_on__isnull=False))
                ),
                name="probation_grading_is_complete",
                violation_error_message=_(
                    "A grading names post, rank or post grade; once signed off, the document with its day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(conclusion=Conclusion.PASSED) | Q(rank="", post_grade="", post="", rank_reason=""),
                name="probation_grades_who_passed",
            ),
            models.CheckConstraint(
                condition=~Q(conclusion=Conclusion.DEFERRED) | Q(extended_to__isnull=False, reason__regex=TEXT),
                name="probation_extension_has_end_and_reason",
                violation_error_message=_("An extension names its new end and the reason."),
            ),
            models.CheckConstraint(
                condition=~Q(conclusion=Conclusion.FAILED)
                | Q(reason__regex=TEXT, document_number__regex=TEXT, document_on__isnull=False, extended_to=None),
                name="probation_cancelling_has_reason_and_document",
                violation_error_message=_("Cancelling names the reason and the document with its day."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*IN_WORK, State.WAITING), signed_on=None, signed_by=None, ended_on=None)
                | (
                    Q(signed_on__isnull=False, signed_by__isnull=False, ended_on__isnull=False)
                    & Q(checked_on__isnull=False, checked_by__isnull=False)
                    & (
                        Q(state=State.GRADED, conclusion=Conclusion.PASSED, post_record__isnull=False)
                        | Q(state=State.DEFERRED, conclusion=Conclusion.DEFERRED)
                        | Q(state=State.CANCELLED, conclusion=Conclusion.FAILED)
                    )
                ),
                name="probation_is_closed_by_its_sign_off",
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_by=None)
                | (
                    Q(checked_on__isnull=False, checked_by__isnull=False)
                    & ~Q(checked_by=F("entered_by"))
                    & ~Q(state__in=IN_WORK)
                ),
                name="probation_is_checked_by_others",
                violation_error_message=_("Nobody checks or signs off what they entered themselves."),
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("entered_by")),
                name="probation_is_signed_by_others",
                violation_error_message=_("Nobody checks or signs off what they entered themselves."),
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None, return_reason="", was_unsigned=False)
                | Q(state=State.UNDER_WAY, returned_on__isnull=False, return_reason__regex=TEXT),
                name="returned_probations_say_why",
                violation_error_code="return_reason",
                violation_error_message=_("Say what is to be completed."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.trainee.person)

    @property
    def is_in_work(self) -> bool:
        """Before a conclusion is with the department."""
        return self.state in IN_WORK

    @property
    def is_closed(self) -> bool:
        return self.signed_on is not None
