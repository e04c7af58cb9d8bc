"""常用筛选: a person's own named conditions for a list."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.lists import ListPage, list_pages
from cadre_app.core.models import BaseModel, BaseQuerySet

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class SavedFilterQuerySet(BaseQuerySet["SavedFilter"]):
    def visible_to(self, user: "User") -> Self:
        """Everybody's own."""
        return self.filter(owner=user)


class SavedFilter(BaseModel):
    """The URL parameters of a list under a name of one's own; `page` is the name of its address.

    The navigation opens a list with the default one. What was typed into a condition may name somebody: history keeps
    only that it changed.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"query"})

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"), editable=False
    )
    page = models.CharField(_("list"), max_length=60, editable=False)
    name = models.CharField(_("name"), max_length=20)
    query = models.CharField(_("conditions"), max_length=1000)
    is_default = models.BooleanField(_("opens from the navigation"), default=False)
    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        ordering = ("page", "created_at")
        indexes = [
            models.Index(fields=["owner", "page", "created_at"], name="saved_filter_of_a_list"),
            models.Index(fields=["owner", "-voided_at"], condition=~Q(voided_at=None), name="saved_filter_removed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                condition=Q(voided_at=None),
                name="one_filter_of_a_name_for_a_list",
                violation_error_code="name",
                violation_error_message=_("You already have a filter of this name."),
            ),
            models.UniqueConstraint(
                fields=["owner", "page"],
                condition=Q(voided_at=None, is_default=True),
                name="one_default_filter_for_a_list",
                violation_error_code="is_default",
                violation_error_message=_("Another filter of this list is its default."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> ListPage | None:
        """The list; None if the room that announced it is gone."""
        return list_pages.get(self.page)

    @property
    def address(self) -> str:
        """The list as it is narrowed; empty if the list is gone."""
        try:
            return f"{reverse(self.page)}?{self.query}"
        except NoReverseMatch:
            return ""
