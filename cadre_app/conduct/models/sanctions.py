"""党纪处分、政务处分、组织处理 decisions, with the period for which they count."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.conduct import kinds
from cadre_app.conduct.kinds import SanctionCategory
from cadre_app.conduct.models.choices import EndReason, VoidReason
from cadre_app.conduct.models.readers import of_readers
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class SanctionQuerySet(BaseQuerySet["Sanction"]):
    def visible_to(self, user: "User") -> Self:
        """Leaders and named staff in their scope; and one's own that stand."""
        return self.filter(of_readers(user) | Q(trainee__person__account=user, voided_at=None))

    def read_by(self, user: "User") -> Self:
        """Those that somebody reads by office: own ones and those of declared relatives are taken out (回避)."""
        return self.filter(of_readers(user))

    def in_effect(self, day: date) -> Self:
        """Decided, and their period neither over nor lifted on a local date."""
        running = Q(ends_on=None) | Q(ends_on__gte=day)
        return self.standing().filter(running, decided_on__lte=day, lifted_on=None)


class Sanction(BaseModel):
    """One decision. `months` is the period of its kind on the day it was entered, NULL where the decision sets it; `ends_on`
    is the last day of the period; `talk` the occasion that it made. Every value is restricted: history tells only that it changed.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    sealed_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "category",
            "kind",
            "organ",
            "document_number",
            "decided_on",
            "months",
            "ends_on",
            "end_reason",
            "lifted_on",
            "lift_reason",
            "lift_document",
            "talk",
        }
    )
    untold_fields: ClassVar[frozenset[str]] = frozenset({"talk"})

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="sanctions", verbose_name=_("growth file"), editable=False
    )
    category = models.CharField(_("category"), max_length=16, choices=SanctionCategory, editable=False)
    kind = models.CharField(pgettext_lazy("disciplinary decision", "decision"), max_length=40)
    organ = models.CharField(_("deciding organ"), max_length=60)
    document_number = models.CharField(_("document number"), max_length=60)
    decided_on = models.DateField(_("decided on"))
    months = models.PositiveSmallIntegerField(_("period of the kind"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("period of effect until"), null=True, blank=True)
    end_reason = models.CharField(_("why until another day"), max_length=10, choices=EndReason, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True, editable=False)
    lift_reason = models.CharField(_("why lifted early"), max_length=10, choices=EndReason, blank=True)
    lift_document = models.CharField(_("document of the lifting"), max_length=60, blank=True)
    void_reason = models.CharField(_("why it no longer stands"), max_length=10, choices=VoidReason, blank=True)
    talk = models.ForeignKey(
        "care.TalkTrigger", models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name=_("occasion of a talk"),
    )  # fmt: skip
    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("disciplinary decision")
        ordering = ("-decided_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-decided_on", "id"], name="sanction_of_trainee"),
            models.Index(fields=["-decided_on", "id"], name="sanction_by_day"),
            models.Index(fields=["category", "-decided_on", "id"], name="sanction_by_category"),
            models.Index(fields=["ends_on", "id"], name="sanction_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(months=None) | ~Q(ends_on=None),
                name="periods_of_effect_have_an_end",
                violation_error_code="ends_on",
                violation_error_message=_("This kind has a period of effect: say until when it counts."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("decided_on")),
                name="period_of_effect_ends_after_decision",
                violation_error_code="ends_on",
                violation_error_message=_("The period cannot end before the decision."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None) | Q(lifted_on__gte=F("decided_on")),
                name="lifted_after_decision",
                violation_error_code="lifted_on",
                violation_error_message=_("It cannot be lifted before it was decided."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=False) | Q(lift_reason="", lift_document=""),
                name="only_lifted_decisions_say_why",
            ),
            models.CheckConstraint(
                condition=~Q(document_number=""),
                name="decisions_have_a_document",
                violation_error_code="document_number",
                violation_error_message=_("Enter the number of the document."),
            ),
            models.UniqueConstraint(
                fields=["trainee", "kind", "document_number"],
                condition=Q(voided_at=None),
                name="one_entry_for_a_decision",
                violation_error_code="document_number",
                violation_error_message=_("This decision is entered already."),
            ),
        ]

    def __str__(self) -> str:
        """Without what is restricted: history, pages of conflict and logs write it."""
        return str(_("disciplinary decision"))

    @property
    def words(self) -> str:
        return kinds.label(self.kind)

    @property
    def is_final(self) -> bool:
        """开除 and 开除党籍: without a period, never lifted."""
        return self.kind in kinds.ENDLESS

    @property
    def is_lifted_early(self) -> bool:
        """Before its period was over."""
        return self.lifted_on is not None and self.ends_on is not None and self.lifted_on <= self.ends_on

    @property
    def is_in_effect(self) -> bool:
        today = timezone.localdate()
        return self.lifted_on is None and not self.is_voided and (self.ends_on is None or self.ends_on >= today)
