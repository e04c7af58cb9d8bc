"""Where and how a person wants to be told outside the system; and the address of the person's calendar feed."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.reminders.models.notices import Channel

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class Mode(models.TextChoices):
    OFF = "off", pgettext_lazy("reminder", "Not at all")
    DAILY = "daily", pgettext_lazy("reminder", "Once a day, gathered")
    AT_ONCE = "at_once", pgettext_lazy("reminder", "Each at once, outside quiet hours")


class PreferenceQuerySet(BaseQuerySet["Preference"]):
    def visible_to(self, user: "User") -> Self:
        """One's own."""
        return self.filter(user=user)


class Preference(BaseModel):
    """One channel of one person; without a row e-mail goes once a day to the address in the person's record, if any.

    `address`: an e-mail address, or the key of a group robot; empty means the address in the person's record.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"address"})

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel, editable=False)
    mode = models.CharField(_("how often"), max_length=16, choices=Mode, default=Mode.DAILY)
    address = EncryptedTextField(_("address"), blank=True)
    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("way of being reminded")
        ordering = ("channel",)
        constraints = [
            models.UniqueConstraint(fields=["user", "channel"], name="one_preference_per_channel"),
            models.CheckConstraint(condition=~Q(channel="inbox"), name="the_inbox_is_no_choice"),
        ]

    def __str__(self) -> str:
        return self.channel


class FeedQuerySet(BaseQuerySet["Feed"]):
    def visible_to(self, user: "User") -> Self:
        """One's own."""
        return self.filter(user=user)


class Feed(BaseModel):
    """The calendar feed of one person; of its secret address only the SHA-256 is kept."""

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"digest"})

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")

    def __str__(self) -> str:
        return str(self.user_id)
