import cadre_app.core.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("kind", models.CharField(editable=False, max_length=60, verbose_name="kind")),
                ("owner_label", models.CharField(editable=False, max_length=100)),
                ("owner_id", models.UUIDField(editable=False)),
                ("name", cadre_app.core.fields.EncryptedTextField(verbose_name="file name")),
                ("family", models.CharField(editable=False, max_length=16)),
                ("content_type", models.CharField(editable=False, max_length=100, verbose_name="type")),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="size")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("width", models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="height")),
                ("pages", models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="pages")),
                (
                    "emptied_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="content deleted"),
                ),
                (
                    "uploaded_by",
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
                "verbose_name": "file",
                "ordering": ("created_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("voided_at", None)),
                        fields=["owner_id", "kind", "created_at", "id"],
                        name="file_of_owner",
                    ),
                    models.Index(
                        condition=models.Q(("emptied_at", None), models.Q(("voided_at", None), _negated=True)),
                        fields=["voided_at"],
                        name="file_removed_with_content",
                    ),
                ],
            },
        ),
    ]
