"""干部任免审批表 one form of one person: a draft that is checked and edited, then a snapshot that nobody changes."""

import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appointment.lrmx.fields import FormFields
from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.roles import Role
from cadre_app.people.models import Trainee, of_scope

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

READERS = (Role.STAFF, Role.LEADER)
FILLED = "filled"


class FormState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("appointment form", "Draft")
    ISSUED = "issued", pgettext_lazy("appointment form", "Issued")


class AppointmentFormQuerySet(BaseQuerySet["AppointmentForm"]):
    def handed_on(self) -> Self:
        """What may leave the house as a file for other programs: issued, and not voided."""
        return self.standing().filter(state=FormState.ISSUED)

    def visible_to(self, user: "User") -> Self:
        """Staff and leaders in their scope; nobody reads the own one or a relative's (回避)."""
        return self.filter(of_scope(user, *READERS, prefix="trainee__"), trainee__voided_at=None)


class AppointmentForm(BaseModel):
    """`body` is every field of the form but the photo (lrmx.fields), sealed; the photo is an upload of this record. Beside
    them stands what the file said when the form was filled (`filled`), to which a draft is held.

    A person has one draft at a time. Once issued it is kept as it was handed on: a trigger refuses another `body`.
    """

    named_by: ClassVar[tuple[str, ...]] = ("trainee__person",)
    sealed_fields: ClassVar[frozenset[str]] = frozenset({"body"})
    decided_fields: ClassVar[tuple[str, ...]] = ("body",)

    trainee = models.ForeignKey(
        Trainee, models.PROTECT, related_name="appointment_forms", verbose_name=_("growth file"), editable=False
    )
    state = models.CharField(_("State"), max_length=8, choices=FormState, default=FormState.DRAFT, editable=False)
    body = EncryptedTextField(_("Content"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=pgettext_lazy("appointment form", "issued by"),
    )  # fmt: skip
    issued_at = models.DateTimeField(pgettext_lazy("appointment form", "issued at"), null=True, editable=False)
    objects = AppointmentFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment form")
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["trainee", "-created_at"], name="appointment_form_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee"],
                condition=Q(state="draft", voided_at=None),
                name="one_draft_form_of_a_person",
                violation_error_message=_("There is a draft of this person already. Go on with that one."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_by=None, issued_at=None)
                | Q(state="issued", issued_by__isnull=False, issued_at__isnull=False),
                name="issued_forms_say_by_whom",
            ),
        ]

    def __str__(self) -> str:
        day = formats.date_format(timezone.localtime(self.issued_at or self.created_at))
        return f"{self.trainee.person} {day}"

    @property
    def is_draft(self) -> bool:
        return self.state == FormState.DRAFT

    @property
    def is_handed_on(self) -> bool:
        """As `handed_on`."""
        return self.state == FormState.ISSUED and not self.is_voided

    def fields(self, photo: bytes = b"") -> FormFields:
        """What stands on the form."""
        told: dict[str, Any] = json.loads(self.body)
        return FormFields.of_texts(told, photo)

    def filled(self) -> FormFields:
        """What the file said when the form was filled; of one of before, the fields themselves."""
        told: dict[str, Any] = json.loads(self.body)
        return FormFields.of_texts(told.get(FILLED, told))

    def keep(self, form: FormFields, *, filled: FormFields) -> None:
        """Write the fields, and what the file says, into an unsaved or locked record."""
        self.body = json.dumps({**form.texts(), FILLED: filled.texts()}, ensure_ascii=False)
