"""限定知悉 the text that a symposium or a visit keeps for the department."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.models import BaseModel


class RestrictedNote(BaseModel):
    """`note` is read by `recorded_by` and `readers`, each reading on record; never by those it is about."""

    note = EncryptedTextField(_("text for the department (restricted)"), blank=True)
    has_note = models.BooleanField(_("restricted text was recorded"), default=False, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
        editable=False,
    )
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("readers"))

    class Meta:
        abstract = True
