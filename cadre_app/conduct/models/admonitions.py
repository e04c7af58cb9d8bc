"""提醒、函询、诫勉: that it was done, by which document, until when it counts; never what it was about (PRODUCT.md)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.conduct.kinds import ADMONITION
from cadre_app.conduct.models.choices import EndReason, Matter, Understanding, VoidReason
from cadre_app.conduct.models.readers import of_readers
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.people.models import Trainee
from cadre_app.policy import codes

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class AdmonitionQuerySet(BaseQuerySet["Admonition"]):
    def visible_to(self, user: "User") -> Self:
        """Leaders and named staff in their scope; and one's own that stand."""
        return self.filter(of_readers(user) | Q(trainee__person__account=user, voided_at=None))

    def read_by(self, user: "User") -> Self:
        """Those that somebody reads by office: own ones and those of declared relatives are taken out (回避)."""
        return self.filter(of_readers(user))


class Admonition(BaseModel):
    """One of them. `review_due_on` is the day six months after; `months` the period of the way when it was entered. There is
    no field for the matter itself, and every value is restricted: history tells only that it changed.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    untold_fields: ClassVar[frozenset[str]] = frozenset({"talk"})
    sealed_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "talk",
            "way",
            "matter",
            "organ",
            "approver_post",
            "document_number",
            "given_on",
            "months",
            "ends_on",
            "end_reason",
            "answer_due_on",
            "answered_on",
            "review_due_on",
            "reviewed_on",
            "review_result",
        }
    )

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="admonitions", verbose_name=_("growth file"), editable=False
    )
    way = models.CharField(_("way"), max_length=20)
    matter = models.CharField(_("kind of matter"), max_length=12, choices=Matter)
    organ = models.CharField(_("carried out by"), max_length=60)
    approver_post = models.CharField(_("post of whoever approved it"), max_length=60)
    document_number = models.CharField(_("document number"), max_length=60)
    given_on = models.DateField(pgettext_lazy("admonition", "day"))
    months = models.PositiveSmallIntegerField(_("period of the kind"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("period of effect until"), null=True, blank=True)
    end_reason = models.CharField(_("why until another day"), max_length=10, choices=EndReason, blank=True)
    answer_due_on = models.DateField(_("report on the correction by"), null=True, blank=True)
    answered_on = models.DateField(_("correction reported on"), null=True, blank=True, editable=False)
    review_due_on = models.DateField(_("to be followed up by"), editable=False)
    reviewed_on = models.DateField(_("followed up on"), null=True, blank=True, editable=False)
    review_result = models.CharField(
        _("what was found"), max_length=10, choices=Understanding, blank=True, editable=False
    )
    void_reason = models.CharField(_("why it no longer stands"), max_length=10, choices=VoidReason, blank=True)
    talk = models.ForeignKey(
        "care.TalkTrigger", models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name=_("occasion of a talk"),
    )  # fmt: skip
    objects = AdmonitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder, inquiry or admonition")
        ordering = ("-given_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-given_on", "id"], name="admonition_of_trainee"),
            models.Index(fields=["-given_on", "id"], name="admonition_by_day"),
            models.Index(fields=["way", "-given_on", "id"], name="admonition_by_way"),
            models.Index(fields=["matter", "-given_on", "id"], name="admonition_by_matter"),
            models.Index(fields=["ends_on", "id"], name="admonition_by_end"),
            models.Index(
                fields=["answer_due_on", "id"],
                condition=Q(answered_on=None, voided_at=None),
                name="admonition_unanswered",
            ),
            models.Index(
                fields=["review_due_on", "id"],
                condition=Q(reviewed_on=None, voided_at=None),
                name="admonition_unreviewed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(months=None) | ~Q(ends_on=None),
                name="admonitions_with_a_period_have_an_end",
                violation_error_code="ends_on",
                violation_error_message=_("This kind has a period of effect: say until when it counts."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("given_on")),
                name="admonition_ends_after_its_day",
                violation_error_code="ends_on",
                violation_error_message=_("The period cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(answer_due_on=None) | Q(answer_due_on__gte=F("given_on")),
                name="correction_is_reported_after",
                violation_error_code="answer_due_on",
                violation_error_message=_("The correction cannot be reported before that day."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("given_on")),
                name="correction_was_reported_after",
                violation_error_code="answered_on",
                violation_error_message=_("The correction cannot be reported before that day."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None, review_result="")
                | (Q(reviewed_on__gte=F("given_on")) & ~Q(review_result="")),
                name="followed_up_with_a_result",
                violation_error_code="reviewed_on",
                violation_error_message=_("Say when it was followed up and what was found."),
            ),
            models.CheckConstraint(
                condition=~Q(document_number=""),
                name="admonitions_have_a_document",
                violation_error_code="document_number",
                violation_error_message=_("Enter the number of the document."),
            ),
            models.UniqueConstraint(
                fields=["trainee", "way", "document_number"],
                condition=Q(voided_at=None),
                name="one_entry_for_an_admonition",
                violation_error_code="document_number",
                violation_error_message=_("This one is entered already."),
            ),
        ]

    def __str__(self) -> str:
        """Without what is restricted: history, pages of conflict and logs write it."""
        return str(_("reminder, inquiry or admonition"))

    @property
    def words(self) -> str:
        return codes.label(ADMONITION, self.way)

    @property
    def is_in_effect(self) -> bool:
        return self.ends_on is not None and self.ends_on >= timezone.localdate() and not self.is_voided
