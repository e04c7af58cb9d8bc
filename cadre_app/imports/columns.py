"""Columns of one's own imports."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.tables import Column
from cadre_app.imports.models import Batch, ColumnMapping

BATCH_COLUMNS: tuple[Column[Batch], ...] = (
    Column(
        "file_name", _("File"), lambda batch: batch.file_name, sort=("file_name",), template="imports/_cell_file.html"
    ),
    Column("sheet", _("Table"), lambda batch: batch.label, sort=("sheet",)),
    Column("status", _("State"), lambda batch: batch.get_status_display(), template="imports/_cell_status.html"),
    Column("total", _("Rows"), lambda batch: batch.total, sort=("total",), numeric=True),
    Column("faulty_count", _("Rows with errors"), lambda batch: batch.faulty_count, numeric=True),
    Column("created_at", _("Uploaded"), lambda batch: batch.created_at, sort=("created_at",)),
)

MAPPING_COLUMNS: tuple[Column[ColumnMapping], ...] = (
    Column("name", _("Name"), lambda kept: kept.name, sort=("name",)),
    Column("sheet", _("Table"), lambda kept: kept.label, sort=("sheet", "name")),
    Column("unit", _("Unit"), lambda kept: kept.unit.name),
    Column("kept_by", _("Kept by"), lambda kept: kept.kept_by.display_name),
    Column("created_at", _("Kept on"), lambda kept: kept.created_at, sort=("created_at",)),
    Column("acts", _("Change"), lambda kept: kept, template="imports/_cell_mapping.html"),
)
