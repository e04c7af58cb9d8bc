"""The leaders for whom the criteria check opens: named one by one by a security administrator, with the reason."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class NamedLeaderQuerySet(BaseQuerySet["NamedLeader"]):
    def visible_to(self, user: "User") -> Self:
        """Security administrators."""
        return self if user.has_role(Role.SECURITY) else self.none()


class NamedLeader(BaseModel):
    """One account; it opens the check over the units that it leads. Voided when the naming is withdrawn."""

    named_by: ClassVar[tuple[str, ...]] = ("user",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="named_for_criteria", verbose_name=_("named leader")
    )
    named_on = models.DateField(_("named on"), editable=False)
    named_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("named by"), editable=False
    )
    reason = models.CharField(_("reason"), max_length=200)
    objects = NamedLeaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("named leader")
        ordering = ("-named_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(voided_at=None),
                name="leader_named_once",
                violation_error_code="user",
                violation_error_message=_("This account is named already."),
            ),
        ]

    def __str__(self) -> str:
        return self.user.display_name


def is_named(user: "User") -> bool:
    """Named, and leads a unit today; asked once per request."""
    known: bool | None = user.__dict__.get("_is_named_leader")
    if known is None:
        known = user.has_role(Role.LEADER) and NamedLeader.objects.standing().filter(user=user).exists()
        user.__dict__["_is_named_leader"] = known
    return known
