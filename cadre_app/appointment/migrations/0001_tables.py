import cadre_app.core.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("appointment", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormIntake",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("file_name", cadre_app.core.fields.EncryptedTextField(editable=False, verbose_name="file name")),
                (
                    "file_count",
                    models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="number of files"),
                ),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("takings", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be confirmed"),
                            ("done", "Done"),
                            ("closed", "Nothing taken over"),
                            ("undone", "Undone"),
                            ("expired", "Expired"),
                        ],
                        default="open",
                        editable=False,
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                ("undone_at", models.DateTimeField(editable=False, null=True, verbose_name="undone at")),
                ("emptied_at", models.DateTimeField(editable=False, null=True, verbose_name="rows removed")),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment forms brought in",
                "ordering": ("-created_at",),
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="form_intake_by_owner"),
                    models.Index(
                        condition=models.Q(("emptied_at", None)), fields=["updated_at"], name="form_intake_with_forms"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntakeFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="No.")),
                ("name", cadre_app.core.fields.EncryptedTextField(editable=False, verbose_name="file name")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("matched", "To be compared"),
                            ("unmatched", "Nobody found"),
                            ("refused", "Cannot be read"),
                            ("taken", "Taken over"),
                            ("same", "No difference"),
                            ("closed", "Not taken over"),
                            ("back", "Taken back"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                (
                    "problem",
                    cadre_app.core.fields.EncryptedTextField(blank=True, editable=False, verbose_name="problem"),
                ),
                ("body", cadre_app.core.fields.EncryptedTextField(blank=True, editable=False)),
                ("done", cadre_app.core.fields.EncryptedTextField(blank=True, editable=False)),
                (
                    "intake",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="appointment.formintake",
                        verbose_name="appointment forms brought in",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment form brought in",
                "ordering": ("number",),
                "constraints": [models.UniqueConstraint(fields=("intake", "number"), name="one_form_of_a_number")],
            },
        ),
        migrations.CreateModel(
            name="AppointmentForm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("issued", "Issued")],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                ("body", cadre_app.core.fields.EncryptedTextField(editable=False, verbose_name="Content")),
                ("issued_at", models.DateTimeField(editable=False, null=True, verbose_name="issued at")),
                (
                    "issued_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointment_forms",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment form",
                "ordering": ("-created_at",),
                "indexes": [models.Index(fields=["trainee", "-created_at"], name="appointment_form_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft"), ("voided_at", None)),
                        fields=("trainee",),
                        name="one_draft_form_of_a_person",
                        violation_error_message="There is a draft of this person already. Go on with that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at", None), ("issued_by", None), ("state", "draft")),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False), ("state", "issued")),
                            _connector="OR",
                        ),
                        name="issued_forms_say_by_whom",
                    ),
                ],
            },
        ),
    ]
