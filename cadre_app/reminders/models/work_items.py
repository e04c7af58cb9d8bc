"""年度工作日历 the year of the office: what comes round each year, quarter or month, and when it was done."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

READERS = (Role.STAFF, Role.LEADER)
LOCAL = "◇"
MONTH_END = 31


class Recurrence(models.TextChoices):
    YEARLY = "yearly", pgettext_lazy("recurrence", "Every year")
    QUARTERLY = "quarterly", pgettext_lazy("recurrence", "Every quarter")
    MONTHLY = "monthly", pgettext_lazy("recurrence", "Every month")
    ONCE = "once", pgettext_lazy("recurrence", "Once")


class WorkItemQuerySet(BaseQuerySet["WorkItem"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff and leaders."""
        return self if user.has_role(*READERS) else self.none()

    def in_use(self) -> Self:
        """Neither voided nor switched off."""
        return self.standing().filter(is_on=True)


class WorkItem(BaseModel):
    """One entry of the office's calendar.

    `planned_on` is the day of the present round by the plan, `day` its day of the month (31: the last one). `due_on` is
    when the round is due: the workday on or before it, or where it was moved to; NULL once a single item is done.
    """

    title_zh = models.CharField(_("item in Chinese"), max_length=200)
    title_en = models.CharField(_("item in English"), max_length=300, blank=True)
    responsible = models.CharField(_("responsible"), max_length=60)
    basis = models.CharField(_("basis or explanation"), max_length=200, blank=True)
    is_local = models.BooleanField(_("local practice"), default=False)
    recurrence = models.CharField(_("recurrence"), max_length=16, choices=Recurrence, default=Recurrence.YEARLY)
    day = models.PositiveSmallIntegerField(editable=False)
    planned_on = models.DateField(_("planned on"), editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    is_on = models.BooleanField(_("in use"), default=True, editable=False)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    objects = WorkItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the work calendar")
        ordering = ("due_on", "id")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(voided_at=None, is_on=True), name="work_item_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=MONTH_END), name="work_item_day_of_month"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(recurrence="once"),
                name="work_item_comes_round",
                violation_error_code="due_on",
                violation_error_message=_("What comes round needs its next day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the language that is active; in Chinese where nobody has translated it."""
        is_chinese = (translation.get_language() or "zh").startswith("zh")
        return self.title_zh if is_chinese or not self.title_en else self.title_en

    @property
    def label(self) -> str:
        """The title with the mark of local practice."""
        return f"{self.title}{LOCAL}" if self.is_local and LOCAL not in self.title else self.title

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


class WorkItemDoneQuerySet(BaseQuerySet["WorkItemDone"]):
    def visible_to(self, user: "User") -> Self:
        """As the entries themselves."""
        return self if user.has_role(*READERS) else self.none()


class WorkItemDone(BaseModel):
    """One round done; `planned_on` and `due_on` as the entry had them, so that it can be taken back."""

    named_by = ("item",)

    item = models.ForeignKey(
        WorkItem, models.PROTECT, related_name="dones", verbose_name=_("entry of the work calendar")
    )
    planned_on = models.DateField(_("planned on"), editable=False)
    due_on = models.DateField(_("due on"), editable=False)
    done_on = models.DateField(_("done on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    note = models.CharField(_("remark"), max_length=300, blank=True)
    objects = WorkItemDoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of the work calendar")
        ordering = ("-planned_on", "id")
        indexes = [models.Index(fields=["due_on"], condition=Q(voided_at=None), name="work_done_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "planned_on"],
                condition=Q(voided_at=None),
                name="one_done_per_round",
                violation_error_message=_("This round is already recorded as done."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.due_on}"
