"""An uploaded file: what is known of it. Its bytes lie sealed in the private folder (storage)."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import FileKind, file_kinds

PICTURE, PDF, DOCUMENT, SHEET = "picture", "pdf", "document", "sheet"
SMALL_EDGE = 480
UNTOLD = frozenset({"name", "owner_label", "owner_id", "content_type", "sha256"})
ACCOUNTED = ("kind", "owner_label", "owner_id", "content_type", "size", "sha256", "voided_at", "emptied_at")


class StoredFileQuerySet(BaseQuerySet["StoredFile"]):
    """Who may read a file is asked of its kind (permissions.can_read), never of this table."""

    def of(self, kind: str, owner_ids: Iterable[uuid.UUID]) -> Self:
        """The standing files of these owners, in the order in which they were added."""
        return self.standing().filter(kind=kind, owner_id__in=list(owner_ids)).order_by("created_at", "pk")

    def removed_before(self, moment: object) -> Self:
        """Voided before `moment`, with their content still there."""
        return self.filter(voided_at__lt=moment, emptied_at=None)


class StoredFile(BaseModel):
    """One upload of a kind (core.registries.file_kinds) that belongs to the object `owner_label` `owner_id`.

    A picture is what was made of the upload: re-encoded, upright, without metadata, and a small one beside it.
    `sha256` and `size` are those of the stored content; `emptied_at` is when the content of a removed file was deleted.
    """

    untold_fields: ClassVar[frozenset[str]] = UNTOLD

    kind = models.CharField(_("kind"), max_length=60, editable=False)
    owner_label = models.CharField(max_length=100, editable=False)
    owner_id = models.UUIDField(editable=False)
    name = EncryptedTextField(_("file name"))
    family = models.CharField(max_length=16, editable=False)
    content_type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"), editable=False
    )
    emptied_at = models.DateTimeField(_("content deleted"), null=True, blank=True, editable=False)
    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        ordering = ("created_at", "pk")
        indexes = [
            models.Index(
                fields=["owner_id", "kind", "created_at", "id"], condition=Q(voided_at=None), name="file_of_owner"
            ),
            models.Index(
                fields=["voided_at"],
                condition=Q(emptied_at=None) & ~Q(voided_at=None),
                name="file_removed_with_content",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def public_values(self) -> dict[str, Any]:
        """Whose file it is and what it was, for whoever has to account for it; the name may tell too much."""
        return {name: value for name, value in super().public_values().items() if name in ACCOUNTED}

    @classmethod
    def word_of(cls, name: str, code: str) -> str:
        """A kind as the app that keeps it calls it, a size as people read it."""
        if name == "kind":
            kind = file_kinds.get(code)
            return str(kind.label) if kind is not None else ""
        return filesizeformat(code) if name == "size" else ""

    @property
    def definition(self) -> FileKind | None:
        """What the kind means; None if the app that announced it is gone."""
        return file_kinds.get(self.kind)

    @property
    def is_picture(self) -> bool:
        return self.family == PICTURE

    @property
    def has_preview(self) -> bool:
        """True for what is shown in the page: pictures, and the pages of a PDF."""
        return self.family in (PICTURE, PDF)

    @property
    def small_size(self) -> tuple[int, int]:
        """Width and height of the small picture."""
        width, height = self.width or 1, self.height or 1
        scale = min(SMALL_EDGE / max(width, height), 1)
        return max(round(width * scale), 1), max(round(height * scale), 1)
