"""How an office has changed a rule, for everybody or for a unit and all below it."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class RuleSettingQuerySet(BaseQuerySet["RuleSetting"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff and leaders read them, the system administrator manages them (ACCESS.md)."""
        return self if user.has_role(Role.STAFF, Role.LEADER, Role.SYSTEM) else self.none()


class RuleSetting(BaseModel):
    """Replaces a rule's defaults: whether it rings, how many days before and after, and when a supervisor is told.

    The setting of the nearest unit above a file holds. `attention` NULL: no supervisor is told.
    """

    rule = models.CharField(_("rule"), max_length=60, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the unit and all below it")
    )
    is_on = models.BooleanField(_("in use"), default=True)
    leads = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("days before"), default=list, blank=True)
    overdue = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("days after"), default=list, blank=True)
    attention = models.PositiveSmallIntegerField(_("supervisor is told after days"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    objects = RuleSettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("setting of a reminder rule")
        ordering = ("rule", "unit")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "unit"],
                condition=Q(voided_at=None),
                nulls_distinct=False,
                name="one_setting_per_rule_and_unit",
                violation_error_code="unit",
                violation_error_message=_("This rule has a setting for this unit already. Change that one instead."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.unit or ''}".strip()

    @classmethod
    def word_of(cls, name: str, code: str) -> str:
        """The rule by its name, for the history."""
        rule = reminder_rules.get(code) if name == "rule" else None
        return str(rule.label) if rule is not None else ""
