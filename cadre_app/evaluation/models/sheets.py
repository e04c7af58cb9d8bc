"""Codes, the box and the sheets: three tables between which nothing leads (ADR 24).

None of them has a time, a counter or a version; keys are random. What comes by code waits sealed in the box, and goes on
from there ten or more at a time, shuffled. Paper never was in it.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import EncryptedTextField
from cadre_app.evaluation.models.campaigns import Subject
from cadre_app.evaluation.models.choices import Respondent


class OneTimeCode(models.Model):
    """Lets one sheet be filled in; the code itself is on the printed sheet alone, here is its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="codes", verbose_name=_("person evaluated"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_used = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("one-time code")
        indexes = [models.Index(fields=["subject", "is_used"], name="evaluation_codes")]

    def __str__(self) -> str:
        return str(self.id)


class BoxedSheet(models.Model):
    """A sheet in the box: for whom, and what is on it, sealed. The table is emptied and filled anew, so nothing refers to
    it and it refers to nothing; `is_fresh` until it was filled in anew once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_key = models.UUIDField(db_index=True)
    content = EncryptedTextField()
    is_fresh = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("sheet in the box")

    def __str__(self) -> str:
        return str(self.id)


class Sheet(models.Model):
    """The choices of one sheet by their numbers, and the category of whoever filled it in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="filled", verbose_name=_("person evaluated"))
    answers: "ArrayField[list[int], list[int]]" = ArrayField(models.PositiveSmallIntegerField())
    respondent = models.CharField(_("who filled it in"), max_length=12, choices=Respondent)

    class Meta:
        verbose_name = _("sheet")

    def __str__(self) -> str:
        return str(self.id)


class Remark(models.Model):
    """What was written on some sheet, kept apart from its choices. `is_released`: the person may read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="remarks", verbose_name=_("person evaluated"))
    text = models.CharField(_("comment"), max_length=200)
    is_released = models.BooleanField(_("released"), default=False)

    class Meta:
        verbose_name = _("comment on a sheet")

    def __str__(self) -> str:
        return self.text
