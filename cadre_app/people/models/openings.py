"""Who opened a growth file: kept for the person concerned alone, who is told how often each role did in a year."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from cadre_app.core.roles import Role
from cadre_app.people.models.trainees import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Opener(models.TextChoices):
    """As whom somebody opened it: by a role on the unit, else by the relation that ties them to the person."""

    STAFF = Role.STAFF.value, Role.STAFF.label
    LEADER = Role.LEADER.value, Role.LEADER.label
    LIAISON = Role.LIAISON.value, Role.LIAISON.label
    MENTOR = "mentor", _("Mentors")
    TRAINER = "trainer", _("Trainers")
    HOST = "host", _("Hosts of postings")
    REVIEWER = "reviewer", _("Reviewers of research")


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, user: "User") -> Self:
        """Of the own file; nobody else is told who opened what."""
        return self.filter(trainee__person__account=user)

    def by_year(self) -> "models.QuerySet[Opening, tuple[int, str, int]]":
        """Year, role and how often, the latest year first; one query."""
        rows = self.order_by().annotate(year=ExtractYear("opened_on")).values_list("year", "role")
        return rows.annotate(count=Count("pk")).order_by("-year", "role")


class Opening(models.Model):
    """One person opened one file on one day, however often."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trainee = models.ForeignKey(Trainee, models.CASCADE, related_name="openings", verbose_name=_("growth file"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=16, choices=Opener)
    opened_on = models.DateField(_("opened on"))
    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a growth file")
        constraints = [
            models.UniqueConstraint(fields=["trainee", "user", "opened_on"], name="one_opening_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.opened_on}"
