"""六线 the six fronts and the tasks that wait on each (PRODUCT.md, row 5; demo-texts B15)."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models.choices import FrontKey
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST_TASK = 60


class FrontQuerySet(BaseQuerySet["Front"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles."""
        return self.filter(voided_at=None) if user.has_role(*BUSINESS_ROLES) else self.none()


class Front(BaseModel):
    """One of the six: the key is fixed and seeded, the names are edited."""

    key = models.CharField(_("key"), max_length=20, choices=FrontKey, unique=True, editable=False)
    name_zh = models.CharField(_("Chinese name"), max_length=30)
    name_en = models.CharField(_("English name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("sort order"), default=0, editable=False)
    objects = FrontQuerySet.as_manager()

    class Meta:
        verbose_name = _("front")
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name_zh if (translation.get_language() or "").startswith("zh") else self.name_en

    @property
    def keeps_petitioners_out(self) -> bool:
        """信访维稳: the form has no place for petitioners and says so."""
        return self.key == FrontKey.PETITIONS


class FrontTask(BaseModel):
    """A task that is offered when somebody is proposed for the front; postings keep the words they were given."""

    front = models.ForeignKey(Front, models.PROTECT, related_name="tasks", verbose_name=_("front"), editable=False)
    text = models.CharField(_("task"), max_length=LONGEST_TASK)
    order = models.PositiveSmallIntegerField(_("sort order"), default=0)
    objects = BaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of a front")
        ordering = ("front", "order", "text")
        constraints = [
            models.UniqueConstraint(
                fields=["front", "text"],
                condition=Q(voided_at=None),
                name="one_task_of_a_front",
                violation_error_code="text",
                violation_error_message=_("This front has the task already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
