"""数据导入: one uploaded file from its check to its undoing, and its rows."""

import json
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.fields import EncryptedTextField
from cadre_app.core.importing import ImportSheet
from cadre_app.core.models import BaseModel, BaseQuerySet
from cadre_app.core.registries import import_sheets
from cadre_app.core.roles import Role
from cadre_app.jobs.models import Job
from cadre_app.org.models import Unit
from cadre_app.org.paths import any_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class BatchStatus(models.TextChoices):
    """demo-texts A3, "导入"; the first waits for somebody to say which column is which, the last two
    are ends without an import.
    """

    UNMATCHED = "unmatched", pgettext_lazy("import", "Columns to be matched")
    UNCHECKED = "unchecked", pgettext_lazy("import", "To be checked")
    FAULTY = "faulty", pgettext_lazy("import", "Errors")
    READY = "ready", pgettext_lazy("import", "To be confirmed")
    DONE = "done", pgettext_lazy("import", "Done")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    WITHDRAWN = "withdrawn", pgettext_lazy("import", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("import", "Expired")


WAITING = (BatchStatus.UNMATCHED, BatchStatus.UNCHECKED, BatchStatus.FAULTY, BatchStatus.READY)


class ColumnMappingQuerySet(BaseQuerySet["ColumnMapping"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff of the unit that keeps them."""
        return self.filter(any_of(user.unit_ranges(Role.STAFF), "unit__path"))


class ColumnMapping(BaseModel):
    """列对应: which of our columns the headings of an office's own sheet are; shared by the staff of `unit`.

    `columns` is the key of a column by heading as `marks_of` writes it, "" for one that is left out. The next file with
    just these headings (`signature`) is read by it.
    """

    sheet = models.CharField(_("kind of table"), max_length=40, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="column_mappings", verbose_name=_("unit"), editable=False
    )
    name = models.CharField(_("name"), max_length=60)
    columns = models.JSONField(editable=False)
    signature = models.CharField(max_length=64, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kept by"), editable=False
    )
    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("column mapping")
        ordering = ("sheet", "name")
        indexes = [models.Index(fields=["sheet", "signature"], name="mapping_by_headings")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sheet", "name"],
                condition=Q(voided_at=None),
                name="one_mapping_of_a_name",
                violation_error_code="name",
                violation_error_message=_("Columns of this table are kept under this name already."),
            ),
            models.UniqueConstraint(
                fields=["unit", "sheet", "signature"],
                condition=Q(voided_at=None),
                name="one_mapping_of_headings",
                violation_error_code="name",
                violation_error_message=_("Columns for these headings are kept already; remove those first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> object:
        """What the table is called."""
        definition = import_sheets.get(self.sheet)
        return definition.label if definition is not None else self.sheet


class BatchQuerySet(BaseQuerySet["Batch"]):
    def visible_to(self, user: "User") -> Self:
        """Department staff see their own imports."""
        return self.filter(owner=user) if user.has_role(Role.STAFF) else self.none()

    def waiting(self) -> Self:
        return self.filter(status__in=WAITING)


class Batch(BaseModel):
    """An uploaded file. It lies sealed under `file` until its rows are read; the rows go after imports.keep_days.

    `revision` counts every change of its rows, so that a check or a confirmation based on older ones stops.
    `layout` says which column each heading is, where it does not follow from the headings, `mapping` under which name it was
    kept. `access` is what the owner might see when the rows were last checked (jobs.services.access_of).
    """

    sealed_fields: ClassVar[frozenset[str]] = frozenset({"problem", "remarks", "obstacles"})

    sheet = models.CharField(_("kind of table"), max_length=40)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_batches", verbose_name=_("uploaded by")
    )
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(_("size"))
    file = models.CharField(max_length=80, blank=True, editable=False)
    status = models.CharField(_("state"), max_length=16, choices=BatchStatus, default=BatchStatus.UNCHECKED)
    revision = models.PositiveIntegerField(default=1, editable=False)
    access = models.CharField(max_length=64, blank=True, editable=False)
    columns = models.JSONField(default=list, blank=True, editable=False)
    layout = models.JSONField(default=dict, blank=True, editable=False)
    mapping = models.ForeignKey(ColumnMapping, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    problem = EncryptedTextField(_("problem"), blank=True)
    remarks = EncryptedTextField(_("remarks"), blank=True)
    obstacles = EncryptedTextField(_("obstacles"), blank=True)
    total = models.PositiveIntegerField(_("rows"), default=0)
    created_count = models.PositiveIntegerField(_("new"), default=0)
    updated_count = models.PositiveIntegerField(_("changed"), default=0)
    same_count = models.PositiveIntegerField(_("unchanged"), default=0)
    faulty_count = models.PositiveIntegerField(_("with errors"), default=0)
    unchosen_count = models.PositiveIntegerField(_("to be chosen"), default=0)
    left_out_count = models.PositiveIntegerField(_("left out"), default=0)
    seconds = models.FloatField(_("duration of the check (seconds)"), null=True, blank=True, editable=False)
    confirm_seconds = models.FloatField(_("duration of the import (seconds)"), null=True, blank=True, editable=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    result_job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("imported"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    emptied_at = models.DateTimeField(_("rows removed"), null=True, blank=True, editable=False)
    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="batch_by_owner"),
            models.Index(fields=["sheet", "sha256"], name="batch_by_content"),
            models.Index(fields=["updated_at"], condition=Q(emptied_at=None), name="batch_with_rows"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sheet", "sha256"],
                condition=Q(status__in=WAITING, voided_at=None),
                name="one_waiting_batch_per_file",
                violation_error_code="file",
                violation_error_message=_("You have uploaded this file already; it is waiting to be imported."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def definition(self) -> ImportSheet | None:
        """What the kind of table means; None if the app that announced it is gone."""
        return import_sheets.get(self.sheet)

    @property
    def label(self) -> object:
        return self.definition.label if self.definition is not None else self.sheet

    @property
    def problem_text(self) -> str:
        """Why the file could not be read, in the language of this moment."""
        if not self.problem.startswith("{"):  # written before it was said in every language
            return self.problem
        said = json.loads(self.problem)
        return str(said.get(str(translation.get_language()), next(iter(said.values()))))

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def to_import(self) -> int:
        """How many rows a confirmation writes."""
        return self.created_count + self.updated_count


class BatchRow(models.Model):
    """One row of the file: its cells and what the check found, sealed, for there are ID numbers among them."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    body = EncryptedTextField()
    action = models.CharField(max_length=8)
    version = models.PositiveIntegerField(default=1)
    has_errors = models.BooleanField(default=False)
    is_unchosen = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number")]
        indexes = [
            models.Index(fields=["batch", "number"], condition=Q(has_errors=True), name="batch_row_with_errors"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class Effect(models.Model):
    """What a confirmed row did: the object it made or changed, and (sealed) what undoing it needs."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="effects")
    number = models.PositiveIntegerField(_("row"))
    object_id = models.UUIDField()
    created = models.BooleanField()
    body = EncryptedTextField()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["batch", "id"], name="effect_of_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
