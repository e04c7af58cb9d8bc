"""The append-only record of every change and of every reading that must be accounted for."""

import uuid
from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadre_app.core.models import BaseModel
from cadre_app.history import describe


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, obj: BaseModel) -> "EntryQuerySet":
        """Changes of one object, newest first."""
        return self.filter(object_label=obj._meta.label_lower, object_id=obj.pk).select_related("actor")

    def about_any(self, objects: Iterable[BaseModel]) -> "EntryQuerySet":
        """Changes of any of these objects, newest first; one query, its index asked once for each kind of object."""
        keys: dict[str, list[uuid.UUID]] = {}
        for obj in objects:
            keys.setdefault(obj._meta.label_lower, []).append(obj.pk)
        condition = Q(pk__in=[])
        for label, pks in keys.items():
            condition |= Q(object_label=label, object_id__in=pks)
        return self.filter(condition).filter(kind=Entry.Kind.CHANGE).select_related("actor")

    def told(self, limit: int = 50) -> list["Entry"]:
        """The first `limit` entries with their changes in words; the same few queries however many entries."""
        entries = list(self[:limit])
        names = describe.names_in(entries)
        for entry in entries:
            entry.changes = describe.changes_of(entry, names)
        return entries


class Entry(models.Model):
    """Who did what to which object and when; a trigger refuses UPDATE, DELETE and TRUNCATE.

    `before` and `after` hold the changed public values; `sealed` names fields of which only the change is known.
    Times are UTC.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("Change")
        READING = "reading", _("Reading")
        SIGN_IN = "sign_in", _("Sign-in")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    verb = models.CharField(_("action"), max_length=80)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    object_label = models.CharField(_("object"), max_length=100, blank=True)
    object_id = models.UUIDField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    sealed = models.JSONField(default=list)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    objects = EntryQuerySet.as_manager()
    # Whom an entry is about, where a list tells of several people; filled by the list.
    subject = ""

    class Meta:
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["-at", "-id"], name="entry_newest_first"),
            models.Index(fields=["object_label", "object_id", "-at"], name="entry_by_object"),
            models.Index(fields=["actor", "-at"], name="entry_by_actor"),
            models.Index(fields=["verb", "-at"], name="entry_by_verb"),
            models.Index(fields=["kind", "-at"], name="entry_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.verb}"

    @property
    def verb_text(self) -> str:
        return describe.verb_text(self.verb)

    @cached_property
    def changes(self) -> list[describe.FieldChange]:
        """What changed, in words; lists fill this for all their entries at once (`told`)."""
        return describe.changes_of(self, describe.names_in([self]))
