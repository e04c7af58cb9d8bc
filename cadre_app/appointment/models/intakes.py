"""Files of forms that were brought in: one upload, the forms in it, and what was taken over from each."""

import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.importing import in_language
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class IntakeState(models.TextChoices):
    """Words of demo-texts A3, "导入"; open as long as one of its forms waits."""

    OPEN = "open", pgettext_lazy("import", "To be confirmed")
    DONE = "done", pgettext_lazy("import", "Done")
    CLOSED = "closed", pgettext_lazy("import", "Nothing taken over")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    EXPIRED = "expired", pgettext_lazy("import", "Expired")


class FileState(models.TextChoices):
    """What became of one form of an upload."""

    MATCHED = "matched", pgettext_lazy("appointment form brought in", "To be compared")
    UNMATCHED = "unmatched", pgettext_lazy("appointment form brought in", "Nobody found")
    REFUSED = "refused", pgettext_lazy("appointment form brought in", "Cannot be read")
    TAKEN = "taken", pgettext_lazy("appointment form brought in", "Taken over")
    SAME = "same", pgettext_lazy("appointment form brought in", "No difference")
    CLOSED = "closed", pgettext_lazy("appointment form brought in", "Not taken over")
    TAKEN_BACK = "back", pgettext_lazy("appointment form brought in", "Taken back")


# What somebody has to decide about yet; an upload is done when none of its forms waits.
WAITING = (FileState.MATCHED, FileState.UNMATCHED)
COMPARABLE = (FileState.MATCHED, FileState.SAME, FileState.TAKEN, FileState.CLOSED)
# Nothing of it stands in a file, and nobody has to decide about it.
UNUSED = (FileState.REFUSED, FileState.SAME, FileState.CLOSED, FileState.TAKEN_BACK)
UNDER_WAY = (IntakeState.OPEN, IntakeState.DONE, IntakeState.CLOSED)


class FormIntakeQuerySet(BaseQuerySet["FormIntake"]):
    def visible_to(self, user: "User") -> Self:
        """Staff see their own uploads."""
        return self.filter(owner=user) if user.has_role(Role.STAFF) else self.none()

    def counted(self) -> Self:
        """With how many forms each has, and how many of them wait: `forms`, `waiting`."""
        waiting = Count("files", filter=Q(files__state__in=WAITING, emptied_at=None))
        return self.annotate(forms=Count("files"), waiting=waiting)


class FormIntake(BaseModel):
    """One upload: forms one by one, or an archive of them. What was read is removed imports.keep_days after the last step.

    `file_name` is that of the first of `file_count` files; `takings` counts how often something was taken over.
    """

    untold_fields: ClassVar[frozenset[str]] = frozenset({"sha256", "takings"})

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by"), editable=False
    )
    file_name = EncryptedTextField(_("file name"), editable=False)
    file_count = models.PositiveSmallIntegerField(_("number of files"), default=1, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    takings = models.PositiveSmallIntegerField(default=0, editable=False)
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
        others = self.file_count - 1
        if others < 1:
            return self.file_name
        text = ngettext("%(name)s and %(count)d more file", "%(name)s and %(count)d more files", others)
        return text % {"name": self.file_name, "count": others}

    @property
    def can_be_undone(self) -> bool:
        """Something was taken over, and what was written is still known."""
        return self.takings > 0 and self.is_under_way

    @property
    def is_under_way(self) -> bool:
        """Its forms can be compared, whether one of them still waits or not."""
        return self.state in UNDER_WAY and self.emptied_at is None


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
    idle: ClassVar[Q | None] = Q(state__in=UNUSED)

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
    def is_comparable(self) -> bool:
        """Something of it can be taken over, also once a part was, or nothing was wanted."""
        return self.state in COMPARABLE and self.intake.is_under_way

    @property
    def waits(self) -> bool:
        """Somebody has to decide about it yet."""
        return self.state in WAITING and self.intake.is_under_way

    @property
    def is_assignable(self) -> bool:
        """Whose form it is can still be said, also once nothing was wanted: nothing of it has been taken over."""
        return self.state in (*WAITING, FileState.SAME, FileState.CLOSED) and not self.done and self.intake.is_under_way

    @property
    def why(self) -> str:
        """Why it waits for somebody or cannot be read, in the language of this moment."""
        told: str = in_language(json.loads(self.problem), "") if self.problem.startswith("{") else self.problem
        return told

    @property
    def read(self) -> dict[str, Any]:
        """What was read: `fields`, `others`, `remarks` by language, `photo`."""
        told: dict[str, Any] = json.loads(self.body) if self.body else {}
        return told

    @property
    def remarks(self) -> list[str]:
        """What has to be looked at, in the language of this moment."""
        told: list[str] | dict[str, list[str]] = self.read.get("remarks", {})
        # Uploads of before 30 days ago at most hold one list.
        return in_language(told, []) if isinstance(told, dict) else told

    def fields(self) -> FormFields:
        """The form without its photo."""
        return FormFields.of_texts(self.read.get("fields", {}))

    @property
    def effects(self) -> list[dict[str, Any]]:
        """What was written elsewhere, in its order; `step` is the number of the taking in the upload."""
        told: list[dict[str, Any]] = json.loads(self.done) if self.done else []
        return told

    @property
    def last_effects(self) -> list[dict[str, Any]]:
        """Those of the last step alone."""
        steps = [effect.get("step", 0) for effect in self.effects]
        return [effect for effect in self.effects if effect.get("step", 0) == max(steps)]
