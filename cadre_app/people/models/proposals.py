"""Proposals: what a trainee or a liaison would change, waiting for staff to compare, accept or refuse."""

import json
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models.trainees import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class ProposalQuerySet(BaseQuerySet["Proposal"]):
    def visible_to(self, user: "User") -> Self:
        """Staff of the unit, and whoever proposed it as long as they still see the file."""
        own = Q(proposed_by=user, trainee__in=Trainee.objects.visible_to(user))
        return self.filter(of_scope(user, Role.STAFF, prefix="trainee__") | own)

    def waiting(self) -> Self:
        return self.standing().filter(status=Proposal.Status.WAITING)


class Proposal(BaseModel):
    """Values proposed for one section of a file; `body` is sealed JSON {field: [value then, value proposed]}.

    Once answered each list ends with whether the value was taken over.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("To be compared")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    trainee = models.ForeignKey(Trainee, models.PROTECT, related_name="proposals", verbose_name=_("growth file"))
    section = models.CharField(_("section"), max_length=20)
    body = EncryptedTextField(_("proposed values"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.WAITING)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["status", "-created_at", "id"], name="proposal_by_status"),
            models.Index(fields=["trainee", "-created_at"], name="proposal_of_trainee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "section", "proposed_by"],
                condition=Q(status="waiting", voided_at=None),
                name="one_waiting_proposal_per_section",
                violation_error_message=_(
                    "Your earlier proposal for this section is still waiting. Withdraw it first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.status}"

    @property
    def status_text(self) -> str:
        """The status in words; an acceptance that left lines out says so."""
        if self.status == self.Status.ACCEPTED and any(False in pair[2:] for pair in json.loads(self.body).values()):
            return gettext("Partly accepted")
        return self.get_status_display()
