"""移交记录 which papers went to the keepers of the archive together, and their lines on the sheet that was signed."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import User
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.handover.models.materials import Material
from cadre_app.people.models import of_scope

if TYPE_CHECKING:
    from datetime import date


class HandOverQuerySet(BaseQuerySet["HandOver"]):
    def visible_to(self, user: "User") -> Self:
        """Whoever reads one of the papers that went; on the sheet everybody reads the lines of their own scope."""
        seen = HandOverLine.objects.filter(hand_over=OuterRef("pk"), material__in=Material.objects.visible_to(user))
        return self.filter(Exists(seen))

    def kept_by(self, user: "User") -> Self:
        """Where something of it stands, and `user` works as staff on every paper that went, also of a file voided since."""
        standing = HandOverLine.objects.standing().filter(hand_over=OuterRef("pk"))
        foreign = standing.exclude(of_scope(user, Role.STAFF, prefix="material__trainee__"))
        return self.filter(Exists(standing), ~Exists(foreign))


class HandOver(BaseModel):
    """One going of papers: the day, who gave them (unknown for what went before this was kept), who signed for them."""

    handed_over_on = models.DateField(_("handed over on"), editable=False)
    received_by = models.CharField(_("signed for by"), max_length=60, editable=False)
    given_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("material", "handed over by"),
        editable=False,
    )
    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("material", "hand-over")
        ordering = ("-handed_over_on", "-id")
        indexes = [models.Index(fields=["-handed_over_on", "-id"], name="hand_over_by_day")]

    def __str__(self) -> str:
        day: date = self.handed_over_on
        return date_format(day)


class HandOverLine(BaseModel):
    """A paper on the sheet as it was signed, whatever is corrected later; voided when its hand-over is taken back."""

    named_by: ClassVar[tuple[str, ...]] = ("material",)

    hand_over = models.ForeignKey(
        HandOver,
        models.PROTECT,
        related_name="lines",
        verbose_name=pgettext_lazy("material", "hand-over"),
        editable=False,
    )
    material = models.ForeignKey(
        Material, models.PROTECT, related_name="hand_over_lines", verbose_name=_("material to be filed"), editable=False
    )
    number = models.PositiveIntegerField(pgettext_lazy("of a line", "number"), editable=False)
    unit = models.CharField(_("unit"), max_length=100, editable=False)
    title = models.CharField(pgettext_lazy("material", "name"), max_length=100, editable=False)
    formed_on = models.DateField(_("formed on"), editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True, editable=False)
    objects = BaseQuerySet["HandOverLine"].as_manager()

    class Meta:
        verbose_name = pgettext_lazy("material", "line of a hand-over")
        ordering = ("hand_over", "number")
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "number"], name="one_line_per_number_of_hand_over"),
            models.UniqueConstraint(
                fields=["material"], condition=Q(voided_at=None), name="one_standing_hand_over_per_material"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def went(self) -> bool:
        """Neither taken back nor a paper that was entered by mistake."""
        return not (self.is_voided or self.material.is_voided)
