"""订阅: what is reported to somebody each month, and the reports as they were made."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.lists.models.filters import SavedFilter
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LAST_DAY = 28


class Subject(models.TextChoices):
    """What is reported: the rows of a list, or the figures of the overview."""

    LIST = "list", _("A saved filter")
    FIGURES = "figures", _("Figures of the overview")


class SubscriptionQuerySet(BaseQuerySet["Subscription"]):
    def visible_to(self, user: "User") -> Self:
        """Everybody's own."""
        return self.filter(owner=user)

    def running(self) -> Self:
        return self.standing().filter(paused_on=None)


class Subscription(BaseModel):
    """One report a month on `day`; the next one is made on `next_on`.

    Paused by the system when its owner may no longer have it, and taken up again by the owner alone. Voided is cancelled.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"), editable=False
    )
    subject = models.CharField(_("subject"), max_length=8, choices=Subject, editable=False)
    saved = models.ForeignKey(
        SavedFilter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name=_("saved filter"),
        editable=False,
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    day = models.PositiveSmallIntegerField(
        _("day of the month"), validators=[MinValueValidator(1), MaxValueValidator(LAST_DAY)]
    )
    next_on = models.DateField(_("next report on"), editable=False)
    paused_on = models.DateField(_("paused on"), null=True, editable=False)
    paused_why = models.CharField(_("why it is paused"), max_length=16, blank=True, editable=False)
    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        ordering = ("created_at",)
        indexes = [
            models.Index(
                fields=["next_on", "id"], condition=Q(voided_at=None, paused_on=None), name="subscription_due"
            ),
            models.Index(fields=["owner", "created_at"], name="subscription_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="list", saved__isnull=False, unit=None) | Q(subject="figures", saved=None),
                name="subscription_has_its_subject",
            ),
            models.UniqueConstraint(
                fields=["saved"],
                condition=Q(voided_at=None, saved__isnull=False),
                name="one_subscription_of_a_filter",
                violation_error_message=_("You already have a report of this each month."),
            ),
            models.UniqueConstraint(
                fields=["owner", "unit"],
                condition=Q(voided_at=None, subject="figures"),
                nulls_distinct=False,
                name="one_subscription_of_figures",
                violation_error_message=_("You already have a report of this each month."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.day}"


class ReportQuerySet(BaseQuerySet["Report"]):
    def visible_to(self, user: "User") -> Self:
        """Everybody's own."""
        return self.filter(subscription__owner=user)


class Report(BaseModel):
    """How it stood on one day, and what was new and gone since the report before; keys and numbers, no words.

    `total` counts the rows. `keys` are those of the latest report alone, to compare the next one with, where they are
    few enough (`is_whole`). `is_compared`: `added` and `gone` hold. `numbers` are figures by key, `before` those of the
    report before.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"keys", "added", "gone", "numbers", "before"})
    untold_fields: ClassVar[frozenset[str]] = frozenset({"subscription_id", "is_first", "is_whole", "is_compared"})

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="reports", editable=False)
    made_on = models.DateField(_("made on"), editable=False)
    is_first = models.BooleanField(default=False, editable=False)
    is_whole = models.BooleanField(default=True, editable=False)
    is_compared = models.BooleanField(default=False, editable=False)
    total = models.PositiveIntegerField(_("rows"), default=0, editable=False)
    keys = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    added = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    gone = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    numbers = models.JSONField(default=dict, blank=True, editable=False)
    before = models.JSONField(default=dict, blank=True, editable=False)
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        ordering = ("-made_on",)
        indexes = [models.Index(fields=["made_on", "id"], name="report_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "made_on"], name="one_report_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.made_on)
