"""访问令牌: the secret by which a program of somebody reads what they may read themself."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts.models import Grant
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

LONGEST = timedelta(days=366)
READERS = (Role.STAFF, Role.LEADER)


class TokenQuerySet(BaseQuerySet["Token"]):
    def visible_to(self, user: "User") -> Self:
        """One's own; the security administrator sees everybody's, never the secret."""
        if user.has_role(Role.SECURITY):
            return self
        return self.filter(owner=user)

    def with_use(self, day: date) -> Any:
        """Each with `is_of_use`: its account may read over the interface, and does not have to set a password first."""
        reads = Grant.objects.in_force(day).filter(user=OuterRef("owner"), role__in=READERS)
        can = Q(owner__is_active=True, owner__must_change_password=False)
        return self.annotate(is_of_use=Case(When(can, then=Exists(reads)), default=Value(False)))

    def valid(self, day: date) -> Self:
        """Neither revoked nor over."""
        return self.standing().filter(expires_on__gte=day)


class Token(BaseModel):
    """Only the SHA-256 of the secret is kept, and its first characters, by which its owner knows it.

    `expires_on` is its last day, a year after `made_on` at the latest. `minute` began when the first of the last `calls`
    was counted. Voided is revoked.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"digest"})
    untold_fields: ClassVar[frozenset[str]] = frozenset({"minute", "calls"})

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens", verbose_name=_("account"), editable=False
    )
    name = models.CharField(_("name"), max_length=40)
    digest = models.CharField(max_length=64, unique=True, editable=False, validators=[MinLengthValidator(64)])
    beginning = models.CharField(_("begins with"), max_length=12, editable=False)
    made_on = models.DateField(_("made on"), default=timezone.localdate, editable=False)
    expires_on = models.DateField(_("last day"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    minute = models.DateTimeField(null=True, editable=False)
    calls = models.PositiveIntegerField(default=0, editable=False)
    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="token_by_owner"),
            models.Index(fields=["-created_at", "id"], name="token_newest_first"),
            models.Index(fields=["expires_on", "id"], name="token_by_last_day"),
            models.Index(fields=["last_used_at", "id"], name="token_by_use"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(voided_at=None),
                name="one_token_of_a_name",
                violation_error_code="name",
                violation_error_message=_("You already have a token of this name."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on")) & Q(expires_on__lte=F("made_on") + LONGEST),
                name="token_lasts_a_year_at_most",
                violation_error_code="expires_on",
                violation_error_message=_("A token lasts a year at most."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """valid, expired or revoked, as of this day."""
        if self.is_voided:
            return "revoked"
        return "valid" if self.expires_on >= timezone.localdate() else "expired"
