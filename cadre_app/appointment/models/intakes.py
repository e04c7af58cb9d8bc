"""Files of forms that were brought in: one upload, the forms in it, and what was taken over from each."""

import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class IntakeState(models.TextChoices):
    """Words of demo-texts A3, "导入"."""

    OPEN = "open", pgettext_lazy("import", "To be confirmed")
    DONE = "done", pgettext_lazy("import", "Done")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    EXPIRED = "expired", pgettext_lazy("import", "Expired")


class FileState(models.TextChoices):
    """What became of one form of an upload."""

    MATCHED = "matched", pgettext_lazy("appointment form brought in", "To be compared")
    UNMATCHED = "unmatched", pgettext_lazy("appointment form brought in", "Nobody found")
    REFUSED = "refused", pgettext_lazy("appointment form brought in", "Cannot be read")
    TAKEN = "taken", pgettext_lazy("appointment form brought in", "Taken over")


class FormIntakeQuerySet(BaseQuerySet["FormIntake"]):
    def visible_to(self, user: "User") -> Self:
        """Staff see their own uploads."""
        return self.filter(owner=user) if user.has_role(Role.STAFF) else self.none()


class FormIntake(BaseModel):
    """One upload: a single form or an archive of them. Its forms are removed after imports.keep_days."""

    untold_fields: ClassVar[frozenset[str]] = frozenset({"sha256"})

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"), editable=False
    )
    file_name = EncryptedTextField(_("file name"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("State"), max_length=8, choices=IntakeState, default=IntakeState.OPEN, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    emptied_at = models.DateTimeField(_("rows removed"), null=True, editable=False)
    objects = FormIntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment forms brought in")
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="form_intake_by_owner"),
            models.Index(fields=["updated_at"], condition=Q(emptied_at=None), name="form_intake_with_forms"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def can_be_undone(self) -> bool:
        return self.state == IntakeState.DONE and self.emptied_at is None


class IntakeFileQuerySet(BaseQuerySet["IntakeFile"]):
    def visible_to(self, user: "User") -> Self:
        """Those of one's own uploads, until they are removed."""
        return self.filter(intake__in=FormIntake.objects.visible_to(user), intake__emptied_at=None)


class IntakeFile(BaseModel):
    """One form of an upload. `body` is what was read of it (fields, unknown elements, remarks, photo), `done` what was
    written elsewhere when it was taken over; both sealed.
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"body", "done", "name", "problem"})
    untold_fields: ClassVar[frozenset[str]] = frozenset({"number"})

    intake = models.ForeignKey(
        FormIntake, models.PROTECT, related_name="files", verbose_name=_("appointment forms brought in"), editable=False
    )
    number = models.PositiveSmallIntegerField(_("No."), editable=False)
    name = EncryptedTextField(_("file name"), editable=False)
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, null=True, related_name="+", verbose_name=_("growth file"), editable=False
    )
    state = models.CharField(_("State"), max_length=10, choices=FileState, editable=False)
    problem = EncryptedTextField(_("problem"), blank=True, editable=False)
    body = EncryptedTextField(blank=True, editable=False)
    done = EncryptedTextField(blank=True, editable=False)
    objects = IntakeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment form brought in")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="one_form_of_a_number"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits(self) -> bool:
        """It can still be compared and taken over."""
        return self.state == FileState.MATCHED and self.intake.state in (IntakeState.OPEN, IntakeState.DONE)

    @property
    def read(self) -> dict[str, Any]:
        """What was read: `fields`, `others`, `remarks`, `photo`."""
        told: dict[str, Any] = json.loads(self.body) if self.body else {}
        return told

    def fields(self) -> FormFields:
        """The form without its photo."""
        return FormFields.of_texts(self.read.get("fields", {}))

    @property
    def effects(self) -> list[dict[str, Any]]:
        """What was written elsewhere, in its order."""
        told: list[dict[str, Any]] = json.loads(self.done) if self.done else []
        return told
