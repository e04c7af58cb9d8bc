"""What the department says of a report is a line each, so that a comment no longer takes the place of a return's reason.

What was overwritten stands in the history and becomes a line again.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

RETURNED, REMARKED = "assignments.researchproject.sent_back", "assignments.researchproject.remarked"


def write_lines(apps, schema_editor):
    entries = apps.get_model("history", "Entry").objects.filter(verb__in=(RETURNED, REMARKED), actor__isnull=False)
    versions = apps.get_model("assignments", "ReportVersion").objects
    remarks = apps.get_model("assignments", "ReportRemark").objects
    for entry in entries.order_by("at", "id").iterator():
        text = entry.reason if entry.verb == RETURNED else entry.after.get("remark", "")
        report = versions.filter(project_id=entry.object_id, handed_in_at__lte=entry.at).order_by("-number").first()
        if text and report is not None:
            line = remarks.create(
                report=report, is_return=entry.verb == RETURNED, text=text, said_by_id=entry.actor_id,
                said_on=timezone.localdate(entry.at),
            )  # fmt: skip
            remarks.filter(pk=line.pk).update(created_at=entry.at)


def write_back(apps, schema_editor):
    remarks = apps.get_model("assignments", "ReportRemark").objects.filter(voided_at=None)
    projects = apps.get_model("assignments", "ResearchProject").objects
    for project in projects.filter(remarked_on__isnull=False).iterator():
        last = remarks.filter(report__project=project.pk, report__number=project.versions_count)
        last = last.order_by("-created_at").first()
        projects.filter(pk=project.pk).update(remark=last.text if last is not None else "-")


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0010_extensions_recorded_late_and_days_of_declining"),
        ("history", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportRemark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "is_return",
                    models.BooleanField(default=False, editable=False, verbose_name="sent back to be supplemented"),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="the department on it")),
                ("said_on", models.DateField(editable=False, verbose_name="said on")),
                (
                    "report",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="assignments.reportversion",
                        verbose_name="version of a report",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on a report",
                "ordering": ("report", "created_at"),
                "indexes": [models.Index(fields=["report", "-created_at", "id"], name="remark_of_version")],
            },
        ),
        migrations.RemoveConstraint(model_name="researchproject", name="reports_sent_back_say_why"),
        migrations.RunPython(write_lines, write_back, elidable=False),
        migrations.RemoveField(model_name="researchproject", name="remark"),
    ]
