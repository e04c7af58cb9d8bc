"""按单位批量拟定计划: talks that were planned together for one quarter, so that they can be taken back together."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.care.models.talks import Talk
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class TalkBatchQuerySet(BaseQuerySet["TalkBatch"]):
    def visible_to(self, user: "User") -> Self:
        """Staff of somebody whose talk is among them; own files and those of declared relatives are taken out."""
        return self.filter(
            Exists(Talk.objects.filter(batch=OuterRef("pk")).filter(of_scope(user, Role.STAFF, prefix="trainee__")))
        )


class TalkBatch(BaseModel):
    """What was planned in one go. `quarter_on` is the first day of the quarter; without `unit` for all units of whoever
    planned it; voided once it was taken back.
    """

    named_by: ClassVar[tuple[str, ...]] = ("unit",)

    quarter_on = models.DateField(_("quarter"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("planned by")
    )
    objects = TalkBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("talks planned together")
        ordering = ("-created_at", "id")
        indexes = [models.Index(fields=["quarter_on", "-created_at", "id"], name="talk_batch_by_quarter")]

    def __str__(self) -> str:
        return f"{self.unit or ''} {formats.date_format(self.quarter_on)}".strip()
