"""常用筛选: a person's own named conditions for a list."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel, BaseQuerySet

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class SavedFilterQuerySet(BaseQuerySet["SavedFilter"]):
    def visible_to(self, user: "User") -> Self:
        """Everybody's own."""
        return self.filter(owner=user)


class SavedFilter(BaseModel):
    """The URL parameters of the roster under a name of one's own."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_filters", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=20)
    query = models.CharField(_("conditions"), max_length=1000)
    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(voided_at=None),
                name="one_saved_filter_of_a_name",
                violation_error_code="name",
                violation_error_message=_("You already have a filter of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
