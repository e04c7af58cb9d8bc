"""鉴定 what the host says of a posting that is over."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models.postings import LONGEST_TEXT, Posting, hosted_by
from cadre_app.core.grams import gram_index
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

SEARCHED = ("duties", "opinion")


class AppraisalQuerySet(BaseQuerySet["PostingAppraisal"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; its host; and the person concerned once it is confirmed."""
        own = Q(posting__trainee__person__account=user, voided_at=None, confirmed_on__isnull=False)
        scope = of_scope(user, *BUSINESS_ROLES, prefix="posting__trainee__")
        return self.filter(scope | own | hosted_by(user, "posting__"))


class PostingAppraisal(BaseModel):
    """鉴定 by the host: what was done and how, never a grade. `written_by` is the host, or who entered it from paper."""

    named_by: ClassVar[tuple[str, ...]] = ("posting",)
    decided_fields: ClassVar[tuple[str, ...]] = ("duties", "opinion", "days_away", "signatory")

    posting = models.ForeignKey(
        Posting, models.PROTECT, related_name="appraisals", verbose_name=_("posting"), editable=False
    )
    duties = models.TextField(_("what was done"), max_length=LONGEST_TEXT)
    opinion = models.TextField(_("the host's opinion"), max_length=LONGEST_TEXT)
    days_away = models.DecimalField(
        pgettext_lazy("appraisal", "days away"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    signatory = models.CharField(_("signed for the host by"), max_length=40)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"), editable=False
    )
    written_on = models.DateField(_("written on"), editable=False)
    returned_reason = models.CharField(_("to be completed because"), max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
        editable=False,
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("appraisal of a posting")
        ordering = ("posting",)
        indexes = [
            models.Index(fields=["written_on", "id"], name="appraisal_by_day"),
            gram_index("appraisal_grams", *SEARCHED, condition=Q(voided_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["posting"],
                condition=Q(voided_at=None),
                name="one_appraisal_of_a_posting",
                violation_error_message=_("This posting has its appraisal already."),
            ),
            models.CheckConstraint(
                condition=Q(days_away=None) | Q(days_away__gte=0, days_away__lte=400),
                name="days_away_are_sane",
                violation_error_code="days_away",
                violation_error_message=_("Days away are 0 to 400."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.posting)
