import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("jobs", "0001_initial"), ("jobs", "0002_failed")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("params", models.JSONField(blank=True, default=dict)),
                ("params_key", models.CharField(editable=False, max_length=64)),
                ("cursor", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Being done"),
                            ("done", "Done"),
                            ("failed", "Not completed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="total")),
                ("message", models.CharField(blank=True, max_length=200, verbose_name="progress")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="cause")),
                ("result_name", models.CharField(blank=True, max_length=200, verbose_name="file")),
                ("result_path", models.CharField(blank=True, max_length=200)),
                ("access", models.CharField(blank=True, editable=False, max_length=64)),
                ("attempt", models.UUIDField(blank=True, editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "ordering": ("-created_at",),
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="job_by_owner"),
                    models.Index(
                        condition=models.Q(("state__in", ("queued", "running"))),
                        fields=["heartbeat_at"],
                        name="job_active_by_heartbeat",
                    ),
                    models.Index(
                        condition=models.Q(("result_path", ""), _negated=True),
                        fields=["finished_at"],
                        name="job_with_result",
                    ),
                    models.Index(
                        condition=models.Q(("state", "failed")), fields=["-finished_at"], name="job_failed_by_day"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "running")), ("voided_at", None)),
                        fields=("owner", "kind", "params_key"),
                        name="one_active_job_per_request",
                        violation_error_message="This task is already waiting or running.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total", 0), ("done__lte", models.F("total")), _connector="OR"),
                        name="job_done_within_total",
                        violation_error_message="No more can be done than there is to do.",
                    ),
                ],
            },
        ),
    ]
