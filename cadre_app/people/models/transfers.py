"""调动离职 transfers within the district and departures from the programme."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.org.models import Unit
from cadre_app.people.models.terms import VillageTerm
from cadre_app.people.models.trainees import Status, Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class TransferKind(models.TextChoices):
    """`internal` moves within the system; every other kind is a departure and closes the file."""

    INTERNAL = "internal", _("Transfer within the district")
    OUTSIDE = "outside", _("Transfer out of the district")
    SELECTION = "selection", _("Selected by a higher authority")
    RESIGNATION = "resignation", _("Resignation")
    DISMISSAL = "dismissal", _("Dismissal")
    CANCELLED = "cancelled", pgettext_lazy("departure", "Employment cancelled on probation")
    CONTRACT = "contract", pgettext_lazy("departure", "Contract ended on probation")
    OTHER = "other", _("Other departure")


# How a probation that was not passed ends, by the personnel status.
ENDS_OF_PROBATION = {
    Status.CIVIL_SERVANT.value: TransferKind.CANCELLED,
    Status.INSTITUTION.value: TransferKind.CONTRACT,
}


class TransferQuerySet(BaseQuerySet["Transfer"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own."""
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | Q(trainee__person__account=user))


class Transfer(BaseModel):
    """A change of unit, or the end of the file. `served_months` is the service completed on `effective_on`;
    a departure before the minimum service (policy people.minimum_service_years) names the approval in `approval`, unless
    the signed conclusion on a probation brought it; `ended_term` is the village term that it brought to its end.
    """

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="transfers", verbose_name=_("growth file"))
    kind = models.CharField(_("type"), max_length=16, choices=TransferKind)
    effective_on = models.DateField(_("effective on"))
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("from unit"))
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to unit")
    )
    destination = models.CharField(_("destination"), max_length=100, blank=True)
    document_number = models.CharField(_("document number"), max_length=60)
    served_months = models.PositiveSmallIntegerField(_("service completed (months)"), editable=False)
    approval = models.CharField(_("approval of leaving within the service period"), max_length=100, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    ended_term = models.ForeignKey(
        VillageTerm,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("village term that ended with it"),
        editable=False,
    )
    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer or departure")
        ordering = ("trainee", "-effective_on")
        indexes = [models.Index(fields=["trainee", "-effective_on"], name="transfer_of_trainee")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=TransferKind.INTERNAL, to_unit__isnull=False)
                | (~Q(kind=TransferKind.INTERNAL) & Q(to_unit=None)),
                name="only_transfers_name_a_unit",
                violation_error_code="to_unit",
                violation_error_message=_("A transfer within the district names the new unit; a departure does not."),
            ),
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(voided_at=None) & ~Q(kind=TransferKind.INTERNAL),
                name="one_departure_per_file",
                violation_error_code="kind",
                violation_error_message=_("This person has already left."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {formats.date_format(self.effective_on)}"

    @property
    def is_departure(self) -> bool:
        return self.kind != TransferKind.INTERNAL
