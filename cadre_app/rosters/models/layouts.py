"""版式 how somebody has the printed roster set: columns, order and paper, remembered from one time to the next."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Order(models.TextChoices):
    """The four official orders (demo-texts B18)."""

    UNIT = "unit", pgettext_lazy("order of a roster", "By official order of units")
    YEAR = "year", pgettext_lazy("order of a roster", "By year of arrival, then strokes")
    RANK = "rank", pgettext_lazy("order of a roster", "By post and rank, then time")
    STROKES = "strokes", pgettext_lazy("order of a roster", "By strokes of the surname")


class Paper(models.TextChoices):
    A4 = "a4", pgettext_lazy("paper", "A4 across")
    A3 = "a3", pgettext_lazy("paper", "A3 across")


class RosterLayoutQuerySet(BaseQuerySet["RosterLayout"]):
    def of(self, user: "User") -> Self:
        """Nobody has anything but the own one."""
        return self.filter(owner=user)


class RosterLayout(BaseModel):
    """One for each account; `columns` are keys of `rosters.columns`, in no order of their own."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="roster_layout", verbose_name=_("owner"), editable=False
    )
    columns = ArrayField(models.CharField(max_length=40), verbose_name=pgettext_lazy("roster", "columns"))
    order = models.CharField(pgettext_lazy("roster", "order"), max_length=10, choices=Order, default=Order.UNIT)
    paper = models.CharField(pgettext_lazy("roster", "paper"), max_length=4, choices=Paper, default=Paper.A4)
    objects = RosterLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("layout of the printed roster")
        ordering = ("owner",)

    def __str__(self) -> str:
        return f"{self.order} {self.paper}"
