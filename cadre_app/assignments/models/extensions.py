"""延期 extensions of postings, each on a document of its own."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models.postings import Posting
from cadre_app.core.models import BaseModel, BaseQuerySet

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class PostingExtensionQuerySet(BaseQuerySet["PostingExtension"]):
    def visible_to(self, user: "User") -> Self:
        """As the posting."""
        return self.filter(posting__in=Posting.objects.visible_to(user))


class PostingExtension(BaseModel):
    """The end put off, on a document of its own; `days_late`: how many days after that end it was recorded."""

    named_by: ClassVar[tuple[str, ...]] = ("posting",)

    posting = models.ForeignKey(
        Posting, models.PROTECT, related_name="put_off", verbose_name=_("posting"), editable=False
    )
    was_due_on = models.DateField(_("was planned until"), editable=False)
    due_on = models.DateField(_("planned until"))
    document_number = models.CharField(_("document number"), max_length=60)
    document_on = models.DateField(_("date of the document"), null=True, blank=True)
    days_late = models.PositiveSmallIntegerField(_("recorded late, days"), default=0, editable=False)
    reason = models.CharField(_("reason"), max_length=200)
    objects = PostingExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension of a posting")
        ordering = ("posting", "created_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("was_due_on")),
                name="extension_goes_further",
                violation_error_code="due_on",
                violation_error_message=_("The new last day lies after the one that was planned."),
            ),
        ]

    def __str__(self) -> str:
        return formats.date_format(self.due_on)
