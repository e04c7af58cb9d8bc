"""帮带见面 a mentor meets the mentee; not a talk, which the department holds (PRODUCT.md, "Check-in")."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.mentorship.models.pairings import Pairing

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class CheckInQuerySet(BaseQuerySet["CheckIn"]):
    def visible_to(self, user: "User") -> Self:
        """As the pairing."""
        return self.filter(pairing__in=Pairing.objects.visible_to(user))

    def open(self) -> Self:
        """Arranged, neither held nor called off."""
        return self.standing().filter(held_on=None, called_off_on=None)


class CheckIn(BaseModel):
    """A meeting arranged for `planned_on`; held on a day, or called off with a reason. One open at a time."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="check_ins", verbose_name=_("pairing"))
    planned_on = models.DateField(_("planned for"))
    place = models.CharField(_("place"), max_length=60, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    called_off_on = models.DateField(_("called off on"), null=True, blank=True)
    called_off_reason = models.CharField(_("reason for calling it off"), max_length=100, blank=True)
    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        ordering = ("pairing", "-planned_on")
        indexes = [
            models.Index(fields=["pairing", "-planned_on", "id"], name="check_in_of_pairing"),
            models.Index(
                fields=["planned_on", "id"], condition=Q(held_on=None, called_off_on=None), name="check_in_by_day"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing"],
                condition=Q(voided_at=None, held_on=None, called_off_on=None),
                name="one_open_check_in_per_pairing",
                violation_error_code="planned_on",
                violation_error_message=_("A check-in is arranged already. Change that one instead."),
            ),
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(called_off_on=None),
                name="check_ins_are_held_or_called_off",
                violation_error_code="held_on",
                violation_error_message=_("This check-in was called off."),
            ),
            models.CheckConstraint(
                condition=Q(called_off_on=None) | ~Q(called_off_reason=""),
                name="called_off_check_ins_have_a_reason",
                violation_error_code="called_off_reason",
                violation_error_message=_("Say why the check-in was called off."),
            ),
        ]

    def __str__(self) -> str:
        return formats.date_format(self.planned_on)

    @property
    def is_open(self) -> bool:
        return self.held_on is None and self.called_off_on is None and not self.is_voided

    @property
    def has_note(self) -> bool:
        """True where a note says that it was held."""
        return hasattr(self, "note")
