"""The roles that are granted on a unit (ACCESS.md, "Who sees what")."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Mentors, trainers, hosts and trainees hold no role: what they see follows from a relation."""

    STAFF = "staff", _("Department staff")
    LEADER = "leader", _("Department leader")
    LIAISON = "liaison", _("Unit liaison")
    SECURITY = "security", _("Security administrator")
    AUDIT = "audit", _("Audit administrator")
    SYSTEM = "system", _("System administrator")


BUSINESS_ROLES = (Role.STAFF, Role.LEADER, Role.LIAISON)
ADMINISTRATOR_ROLES = (Role.SECURITY, Role.AUDIT, Role.SYSTEM)
