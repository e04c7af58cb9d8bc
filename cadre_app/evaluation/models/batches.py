"""Paper sheets that were collected on the spot and are entered by the unit or the department."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.evaluation.models.campaigns import Subject
from cadre_app.evaluation.models.choices import BatchKind, BatchState

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class PaperBatchQuerySet(BaseQuerySet["PaperBatch"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles, as the person evaluated; never that person."""
        return self.filter(subject__in=Subject.objects.overseen_by(user).order_by())


class PaperBatch(BaseModel):
    """`number` is what the cover says; `rows` hold the sheets while they are entered and are emptied when they are
    counted, `tally` and `comments` stay. The collectors are the office's business; nobody who filled in a sheet is named.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"rows", "tally", "comments"})
    named_by: ClassVar[tuple[str, ...]] = ("subject__trainee__person",)

    subject = models.ForeignKey(
        Subject, models.PROTECT, related_name="batches", verbose_name=_("person evaluated"), editable=False
    )
    kind = models.CharField(pgettext_lazy("batch of sheets", "entered"), max_length=8, choices=BatchKind)
    number = models.PositiveSmallIntegerField(_("number of sheets"))
    held_on = models.DateField(pgettext_lazy("batch of sheets", "filled in on"))
    collected_by = models.CharField(_("collected by"), max_length=60)
    state = models.CharField(_("state"), max_length=8, choices=BatchState, default=BatchState.DRAFT, editable=False)
    rows: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True, editable=False)
    tally: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True, editable=False)
    comments: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"), editable=False
    )
    objects = PaperBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of paper sheets")
        ordering = ("held_on", "id")
        indexes = [models.Index(fields=["subject", "held_on", "id"], name="evaluation_batches")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="batches_have_sheets",
                violation_error_code="number",
                violation_error_message=_("A batch has one sheet at least."),
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.COUNTED) | Q(rows=[]),
                name="counted_batches_hold_no_sheets",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def is_counted(self) -> bool:
        return self.state == BatchState.COUNTED

    @property
    def is_tally(self) -> bool:
        return self.kind == BatchKind.TALLY
