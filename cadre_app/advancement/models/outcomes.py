"""使用情况 what somebody was used for, entered once it is announced; and what its sign-off wrote elsewhere."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.fields import WITH_FIGURE
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.models import PostRecord, Trainee, of_scope
from cadre_app.people.models.coded import CodedMixin

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_REASON = 200


class OutcomeKind(models.TextChoices):
    """The three outcomes; 任职定级 is none of them and has no value here."""

    PROMOTED = "promoted", pgettext_lazy("outcome", "Promoted to a higher post")
    ADVANCED = "advanced", pgettext_lazy("outcome", "Advanced in rank")
    FURTHER = "further", pgettext_lazy("outcome", "Put to further use")


class OutcomeState(models.TextChoices):
    """已公布 → 已登记 → 已入档 (demo-texts A3); what is returned waits for whoever entered it."""

    ANNOUNCED = "announced", pgettext_lazy("outcome", "Announced")
    RECORDED = "recorded", pgettext_lazy("outcome", "Recorded")
    IN_FILE = "in_file", pgettext_lazy("outcome", "In the file")
    RETURNED = "returned", pgettext_lazy("outcome", "Returned for completion")


class ChangePart(models.TextChoices):
    POST = "post", pgettext_lazy("outcome", "Post and rank")
    RESUME = "resume", pgettext_lazy("outcome", "Résumé")


NEW_POSTS = (OutcomeKind.PROMOTED, OutcomeKind.FURTHER)


class OutcomeQuerySet(BaseQuerySet["Outcome"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own once it is in the file."""
        own = Q(trainee__person__account=user, state=OutcomeState.IN_FILE, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)

    def in_file(self) -> Self:
        """Standing ones that are signed off."""
        return self.standing().filter(state=OutcomeState.IN_FILE)


class Outcome(CodedMixin, BaseModel):
    """One announced result. The database refuses one without a document number, and triggers one whose publication
    lies after today or whose sign-off is by whoever checked it.

    `unit` is the unit of the new post where it is another one; `resume_text` what the résumé says, empty where it follows
    from post and rank. Whoever entered it neither checks nor signs it.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    coded: ClassVar[dict[str, str]] = {"rank": "rank", "post_level": "post_level"}
    decided_fields: ClassVar[tuple[str, ...]] = (
        "kind", "unit", "post", "post_level", "rank", "post_grade", "document_number", "published_on", "effective_on",
        "resume_text", "remark",
    )  # fmt: skip

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="outcomes", verbose_name=_("growth file"), editable=False
    )
    kind = models.CharField(pgettext_lazy("outcome", "kind"), max_length=10, choices=OutcomeKind)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit of the new post")
    )
    post = models.CharField(_("new post"), max_length=100, blank=True)
    post_level = models.CharField(_("post level"), max_length=20, blank=True)
    rank = models.CharField(_("new rank"), max_length=20, blank=True)
    post_grade = models.CharField(_("new post grade"), max_length=40, blank=True)
    document_number = models.CharField(_("document number"), max_length=60)
    published_on = models.DateField(pgettext_lazy("outcome", "announced on"))
    effective_on = models.DateField(_("takes effect on"))
    resume_text = models.CharField(_("line for the résumé"), max_length=100, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=OutcomeState, default=OutcomeState.ANNOUNCED, editable=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"), editable=False
    )
    entered_on = models.DateField(_("entered on"), editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
        editable=False,
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)
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
    returned_on = models.DateField(pgettext_lazy("outcome", "returned on"), null=True, blank=True, editable=False)
    return_reason = models.CharField(
        pgettext_lazy("outcome", "reason for returning it"), max_length=LONGEST_REASON, blank=True, editable=False
    )
    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        ordering = ("-published_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-effective_on", "id"], name="outcome_of_trainee"),
            models.Index(fields=["-published_on", "id"], name="outcome_by_publication"),
            models.Index(fields=["-effective_on", "id"], name="outcome_by_effect"),
            models.Index(fields=["kind", "-published_on", "id"], name="outcome_by_kind"),
            models.Index(fields=["state", "-published_on", "id"], name="outcome_by_state"),
            models.Index(
                fields=["entered_on", "id"],
                condition=Q(state=OutcomeState.ANNOUNCED, voided_at=None),
                name="outcome_to_be_checked",
            ),
            models.Index(
                fields=["checked_on", "id"],
                condition=Q(state=OutcomeState.RECORDED, voided_at=None),
                name="outcome_to_be_signed",
            ),
            models.Index(
                fields=["returned_on", "id"],
                condition=Q(state=OutcomeState.RETURNED, voided_at=None),
                name="outcome_returned",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OutcomeKind]),
                name="outcome_is_one_of_three",
                violation_error_code="kind",
                violation_error_message=_("Outcomes are promotion, advance in rank and further use, nothing else."),
            ),
            models.CheckConstraint(
                condition=Q(document_number__regex=WITH_FIGURE),
                name="outcomes_have_a_document_number",
                violation_error_code="document_number",
                violation_error_message=_("Enter the number of the document by which the result was announced."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[kind.value for kind in NEW_POSTS]) | ~Q(post=""),
                name="promotions_name_the_post",
                violation_error_code="post",
                violation_error_message=_("Write the new post."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=OutcomeKind.ADVANCED)
                | (Q(post="", post_level="", unit=None) & (~Q(rank="") | ~Q(post_grade=""))),
                name="advances_name_the_rank_alone",
                violation_error_code="rank",
                violation_error_message=_(
                    "An advance in rank names the new rank or post grade and brings no new post or unit."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rank="") | Q(post_grade=""),
                name="outcomes_have_rank_or_post_grade",
                violation_error_code="post_grade",
                violation_error_message=_("Enter the rank or the post grade, not both."),
            ),
            models.CheckConstraint(
                condition=(Q(state=OutcomeState.RETURNED, returned_on__isnull=False) & ~Q(return_reason=""))
                | (~Q(state=OutcomeState.RETURNED) & Q(return_reason="", returned_on=None)),
                name="returned_outcomes_say_why",
                violation_error_code="return_reason",
                violation_error_message=_("Say what is to be completed."),
            ),
            models.CheckConstraint(
                condition=Q(state=OutcomeState.IN_FILE, checked_on__isnull=False, signed_on__isnull=False)
                | Q(state=OutcomeState.RECORDED, checked_on__isnull=False, signed_on=None)
                | Q(state__in=(OutcomeState.ANNOUNCED, OutcomeState.RETURNED), checked_on=None, signed_on=None),
                name="outcomes_are_checked_then_signed",
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_by=None)
                | (Q(checked_on__isnull=False, checked_by__isnull=False) & ~Q(checked_by=F("entered_by"))),
                name="outcomes_are_checked_by_others",
                violation_error_message=_("Nobody checks or signs off what they entered themselves."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_by=None)
                | (Q(signed_on__isnull=False, signed_by__isnull=False) & ~Q(signed_by=F("entered_by"))),
                name="outcomes_are_signed_by_others",
                violation_error_message=_("Nobody checks or signs off what they entered themselves."),
            ),
            models.UniqueConstraint(
                fields=["trainee", "kind", "effective_on"],
                condition=Q(voided_at=None),
                name="one_outcome_of_a_kind_per_day",
                violation_error_code="effective_on",
                violation_error_message=_(
                    "An outcome of this kind from this day on is entered for this person already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {formats.date_format(self.effective_on)}"

    @property
    def is_waiting(self) -> bool:
        """Between entry and sign-off."""
        return self.state in (OutcomeState.ANNOUNCED, OutcomeState.RECORDED)


class OutcomeChangeQuerySet(BaseQuerySet["OutcomeChange"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope: what was written is the office's record, the person reads the file itself."""
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="outcome__trainee__"))


class OutcomeChange(BaseModel):
    """What a sign-off wrote: into the record of post and rank, or into the résumé.

    `before` is null where the record was new. It stands for as long as the outcome answers for it: voiding the outcome
    takes it back, and leaves it standing where somebody changed the same since.
    """

    named_by: ClassVar[tuple[str, ...]] = ("outcome",)

    outcome = models.ForeignKey(
        Outcome, models.PROTECT, related_name="changes", verbose_name=_("outcome"), editable=False
    )
    part = models.CharField(_("what was changed"), max_length=8, choices=ChangePart, editable=False)
    record = models.ForeignKey(
        PostRecord,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("post and rank"),
        editable=False,
    )
    before = models.JSONField(_("before"), null=True, editable=False)
    after = models.JSONField(_("after"), editable=False)
    objects = OutcomeChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change made by an outcome")
        ordering = ("outcome", "part", "created_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(part=ChangePart.POST, record__isnull=False)
                | Q(part=ChangePart.RESUME, record=None, before__isnull=False),
                name="outcome_changes_name_their_record",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_part_display())
