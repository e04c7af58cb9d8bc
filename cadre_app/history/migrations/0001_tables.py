import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("history", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="time")),
                (
                    "kind",
                    models.CharField(
                        choices=[("change", "Change"), ("reading", "Reading"), ("sign_in", "Sign-in")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("verb", models.CharField(max_length=80, verbose_name="action")),
                ("object_label", models.CharField(blank=True, max_length=100, verbose_name="object")),
                ("object_id", models.UUIDField(null=True)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("sealed", models.JSONField(default=list)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("request_id", models.CharField(blank=True, max_length=32)),
                ("address", models.GenericIPAddressField(null=True, verbose_name="address")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="entry_newest_first"),
                    models.Index(fields=["object_label", "object_id", "-at"], name="entry_by_object"),
                    models.Index(fields=["actor", "-at"], name="entry_by_actor"),
                    models.Index(fields=["verb", "-at"], name="entry_by_verb"),
                    models.Index(fields=["kind", "-at"], name="entry_by_kind"),
                ],
            },
        ),
    ]
