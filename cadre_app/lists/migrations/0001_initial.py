import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("page", models.CharField(editable=False, max_length=60, verbose_name="list")),
                ("name", models.CharField(max_length=20, verbose_name="name")),
                ("query", models.CharField(max_length=1000, verbose_name="conditions")),
                ("is_default", models.BooleanField(default=False, verbose_name="opens from the navigation")),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved filter",
                "ordering": ("page", "created_at"),
                "indexes": [
                    models.Index(fields=["owner", "page", "created_at"], name="saved_filter_of_a_list"),
                    models.Index(
                        condition=models.Q(("voided_at", None), _negated=True),
                        fields=["owner", "-voided_at"],
                        name="saved_filter_removed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("owner", "page", "name"),
                        name="one_filter_of_a_name_for_a_list",
                        violation_error_code="name",
                        violation_error_message="You already have a filter of this name.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True), ("voided_at", None)),
                        fields=("owner", "page"),
                        name="one_default_filter_for_a_list",
                        violation_error_code="is_default",
                        violation_error_message="Another filter of this list is its default.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "subject",
                    models.CharField(
                        choices=[("list", "A saved filter"), ("figures", "Figures of the overview")],
                        editable=False,
                        max_length=8,
                        verbose_name="subject",
                    ),
                ),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                        verbose_name="day of the month",
                    ),
                ),
                ("next_on", models.DateField(editable=False, verbose_name="next report on")),
                ("paused_on", models.DateField(editable=False, null=True, verbose_name="paused on")),
                (
                    "paused_why",
                    models.CharField(blank=True, editable=False, max_length=16, verbose_name="why it is paused"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "saved",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="lists.savedfilter",
                        verbose_name="saved filter",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription",
                "ordering": ("created_at",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("paused_on", None), ("voided_at", None)),
                        fields=["next_on", "id"],
                        name="subscription_due",
                    ),
                    models.Index(fields=["owner", "created_at"], name="subscription_of_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("saved__isnull", False), ("subject", "list"), ("unit", None)),
                            models.Q(("saved", None), ("subject", "figures")),
                            _connector="OR",
                        ),
                        name="subscription_has_its_subject",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("saved__isnull", False), ("voided_at", None)),
                        fields=("saved",),
                        name="one_subscription_of_a_filter",
                        violation_error_message="You already have a report of this each month.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("subject", "figures"), ("voided_at", None)),
                        fields=("owner", "unit"),
                        name="one_subscription_of_figures",
                        nulls_distinct=False,
                        violation_error_message="You already have a report of this each month.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("made_on", models.DateField(editable=False, verbose_name="made on")),
                ("is_first", models.BooleanField(default=False, editable=False)),
                ("is_whole", models.BooleanField(default=True, editable=False)),
                ("is_compared", models.BooleanField(default=False, editable=False)),
                ("total", models.PositiveIntegerField(default=0, editable=False, verbose_name="rows")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                (
                    "added",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                (
                    "gone",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("numbers", models.JSONField(blank=True, default=dict, editable=False)),
                ("before", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "subscription",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="lists.subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "monthly report",
                "ordering": ("-made_on",),
                "indexes": [models.Index(fields=["made_on", "id"], name="report_by_day")],
                "constraints": [models.UniqueConstraint(fields=("subscription", "made_on"), name="one_report_a_day")],
            },
        ),
    ]
