import cadre_app.core.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("imports", "0001_initial"), ("imports", "0002_kept_columns")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("jobs", "0001_tables"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("sheet", models.CharField(editable=False, max_length=40, verbose_name="kind of table")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("columns", models.JSONField(editable=False)),
                ("signature", models.CharField(editable=False, max_length=64)),
                (
                    "kept_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kept by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="column_mappings",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "column mapping",
                "ordering": ("sheet", "name"),
                "indexes": [models.Index(fields=["sheet", "signature"], name="mapping_by_headings")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("unit", "sheet", "name"),
                        name="one_mapping_of_a_name",
                        violation_error_code="name",
                        violation_error_message="Columns of this table are kept under this name already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("unit", "sheet", "signature"),
                        name="one_mapping_of_headings",
                        violation_error_code="name",
                        violation_error_message="Columns for these headings are kept already; remove those first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("sheet", models.CharField(max_length=40, verbose_name="kind of table")),
                ("file_name", models.CharField(max_length=255, verbose_name="file")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("file", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unmatched", "Columns to be matched"),
                            ("unchecked", "To be checked"),
                            ("faulty", "Errors"),
                            ("ready", "To be confirmed"),
                            ("done", "Done"),
                            ("undone", "Undone"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="unchecked",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("access", models.CharField(blank=True, editable=False, max_length=64)),
                ("columns", models.JSONField(blank=True, default=list, editable=False)),
                ("layout", models.JSONField(blank=True, default=dict, editable=False)),
                ("problem", cadre_app.core.fields.EncryptedTextField(blank=True, verbose_name="problem")),
                ("remarks", cadre_app.core.fields.EncryptedTextField(blank=True, verbose_name="remarks")),
                ("obstacles", cadre_app.core.fields.EncryptedTextField(blank=True, verbose_name="obstacles")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("created_count", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("updated_count", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("same_count", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("faulty_count", models.PositiveIntegerField(default=0, verbose_name="with errors")),
                ("unchosen_count", models.PositiveIntegerField(default=0, verbose_name="to be chosen")),
                ("left_out_count", models.PositiveIntegerField(default=0, verbose_name="left out")),
                (
                    "seconds",
                    models.FloatField(
                        blank=True, editable=False, null=True, verbose_name="duration of the check (seconds)"
                    ),
                ),
                (
                    "confirm_seconds",
                    models.FloatField(
                        blank=True, editable=False, null=True, verbose_name="duration of the import (seconds)"
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked")),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="imported")),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="undone at")),
                (
                    "emptied_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="rows removed"),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "result_job",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="imports.columnmapping",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "ordering": ("-created_at",),
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="batch_by_owner"),
                    models.Index(fields=["sheet", "sha256"], name="batch_by_content"),
                    models.Index(
                        condition=models.Q(("emptied_at", None)), fields=["updated_at"], name="batch_with_rows"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ("unmatched", "unchecked", "faulty", "ready")), ("voided_at", None)
                        ),
                        fields=("owner", "sheet", "sha256"),
                        name="one_waiting_batch_per_file",
                        violation_error_code="file",
                        violation_error_message="You have uploaded this file already; it is waiting to be imported.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Effect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("object_id", models.UUIDField()),
                ("created", models.BooleanField()),
                ("body", cadre_app.core.fields.EncryptedTextField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="effects", to="imports.batch"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["batch", "id"], name="effect_of_batch")],
            },
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("body", cadre_app.core.fields.EncryptedTextField()),
                ("action", models.CharField(max_length=8)),
                ("version", models.PositiveIntegerField(default=1)),
                ("has_errors", models.BooleanField(default=False)),
                ("is_unchosen", models.BooleanField(default=False)),
                ("is_left_out", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="imports.batch"
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("has_errors", True)),
                        fields=["batch", "number"],
                        name="batch_row_with_errors",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("batch", "number"), name="one_row_per_number")],
            },
        ),
    ]
