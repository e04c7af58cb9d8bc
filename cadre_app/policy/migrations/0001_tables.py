import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("policy", "0001_initial"),
        ("policy", "0003_arrival_items"),
        ("policy", "0004_measures"),
        ("policy", "0005_visit_occasions"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("is_workday", models.BooleanField()),
                ("ordinal", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("day",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_workday", True)), fields=["ordinal"], name="workday_by_ordinal"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "Holiday"), ("workday", "Make-up workday")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name of the day")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
            ],
            options={
                "verbose_name": "day of the calendar",
                "ordering": ("day",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("day",),
                        name="one_holiday_per_day",
                        violation_error_message="This day is already entered. Remove it first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyValue",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("key", models.CharField(max_length=60, verbose_name="setting")),
                (
                    "value",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="value"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "setting",
                "ordering": ("key", "-valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("key", "valid_from"),
                        name="one_value_per_setting_and_day",
                        violation_error_message="There is already a value from this day on. Correct that one instead.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("table", models.CharField(editable=False, max_length=40, verbose_name="table")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="sort order")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="further data")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="policy.code",
                        verbose_name="superior code",
                    ),
                ),
            ],
            options={
                "verbose_name": "code",
                "ordering": ("table", "order", "code"),
                "indexes": [models.Index(fields=["table", "order", "code"], name="code_in_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("table", "code"),
                        name="one_code_per_table",
                        violation_error_message="This table already has this code.",
                    )
                ],
            },
        ),
    ]
