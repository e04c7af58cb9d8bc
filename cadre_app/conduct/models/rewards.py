"""奖励表彰 what somebody was given, by whom, on which document."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.conduct import kinds
from cadre_app.core.awards import AwardCategory, AwardLevel
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class RewardQuerySet(BaseQuerySet["Reward"]):
    def visible_to(self, user: "User") -> Self:
        """Business roles in their scope; and one's own that stand."""
        own = Q(trainee__person__account=user, voided_at=None)
        return self.filter(of_scope(user, *BUSINESS_ROLES, prefix="trainee__") | own)


class Reward(BaseModel):
    """One reward or commendation. `kind` is category and code (conduct.kinds), `title` what the certificate says where the
    kind alone does not.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    untold_fields: ClassVar[frozenset[str]] = frozenset({"talk"})

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="rewards", verbose_name=_("growth file"), editable=False
    )
    category = models.CharField(_("category"), max_length=16, choices=AwardCategory, editable=False)
    kind = models.CharField(_("reward"), max_length=40)
    title = models.CharField(_("as the certificate says it"), max_length=60, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=AwardLevel)
    awarded_by = models.CharField(_("given by"), max_length=60)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    awarded_on = models.DateField(pgettext_lazy("reward", "given on"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"), editable=False
    )
    talk = models.ForeignKey(
        "care.TalkTrigger", models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name=_("occasion of a talk"),
    )  # fmt: skip
    objects = RewardQuerySet.as_manager()

    class Meta:
        verbose_name = _("reward")
        ordering = ("-awarded_on", "id")
        indexes = [
            models.Index(fields=["trainee", "-awarded_on", "id"], name="reward_of_trainee"),
            models.Index(fields=["-awarded_on", "id"], name="reward_by_day"),
            models.Index(fields=["category", "-awarded_on", "id"], name="reward_by_category"),
            models.Index(fields=["level", "-awarded_on", "id"], name="reward_by_level"),
            models.Index(
                fields=["awarded_on", "id"],
                condition=Q(document_number="", voided_at=None),
                name="reward_without_number",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(category=AwardCategory.CIVIL_SERVANT, kind__startswith="civil_servant-")
                | Q(category=AwardCategory.INSTITUTION, kind__startswith="institution-")
                | Q(category=AwardCategory.HONOUR, kind__startswith="honour-"),
                name="rewards_are_of_their_category",
                violation_error_code="kind",
                violation_error_message=_("Choose one of what is offered here."),
            ),
            models.UniqueConstraint(
                fields=["trainee", "kind", "title", "awarded_on", "awarded_by"],
                condition=Q(voided_at=None),
                name="one_entry_for_a_reward",
                violation_error_message=_("This reward is entered already: same kind, day and giver."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} {formats.date_format(self.awarded_on)}"

    @classmethod
    def word_of(cls, name: str, code: str) -> str:
        """The word of a kind."""
        return kinds.label(code) if name == "kind" else ""

    @property
    def words(self) -> str:
        return reward_words(self.kind, self.title)


def reward_words(kind: str, title: str) -> str:
    """A reward in the viewer's language, with what the certificate says."""
    return f"{kinds.label(kind)} {title}".strip()
