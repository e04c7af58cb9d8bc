import cadre_app.accounts.models
import cadre_app.core.fields
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("accounts", "0001_initial"), ("accounts", "0002_list_defaults")]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(
                        max_length=32,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9._-]{2,31}\\Z",
                                "A sign-in name has 3 to 32 small letters, digits, dots, hyphens or underscores.",
                            )
                        ],
                        verbose_name="sign-in name",
                    ),
                ),
                ("display_name", models.CharField(max_length=40, verbose_name="display name")),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="post")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "Office staff"),
                            ("trainer", "Party-school trainer"),
                            ("mentor", "Mentor"),
                            ("trainee", "Trainee"),
                            ("administrator", "Administrator"),
                        ],
                        default="office",
                        max_length=16,
                        verbose_name="account kind",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("must_change_password", models.BooleanField(default=False, verbose_name="must change the password")),
                (
                    "password_set_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="password set at"),
                ),
                (
                    "session_epoch",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="sign-in series"),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                (
                    "text_size",
                    models.CharField(
                        choices=[("normal", "Standard"), ("large", "Large"), ("xlarge", "Extra large")],
                        default="normal",
                        max_length=8,
                        verbose_name="text size",
                    ),
                ),
                ("list_defaults", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "ordering": ("username",),
                "indexes": [models.Index(fields=["kind", "username"], name="user_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="AccountRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("display_name", models.CharField(max_length=40, verbose_name="display name")),
                (
                    "username",
                    models.CharField(
                        max_length=32,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9._-]{2,31}\\Z",
                                "A sign-in name has 3 to 32 small letters, digits, dots, hyphens or underscores.",
                            )
                        ],
                        verbose_name="sign-in name",
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="post")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "Office staff"),
                            ("trainer", "Party-school trainer"),
                            ("mentor", "Mentor"),
                            ("trainee", "Trainee"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=16,
                        verbose_name="account kind",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("staff", "Department staff"),
                            ("leader", "Department leader"),
                            ("liaison", "Unit liaison"),
                            ("security", "Security administrator"),
                            ("audit", "Audit administrator"),
                            ("system", "System administrator"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "To be handled"),
                            ("activated", "Activated"),
                            ("declined", "Declined"),
                            ("withdrawn", "Request withdrawn"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "role_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="role on unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "account request",
                "ordering": ("-created_at",),
                "indexes": [models.Index(fields=["status", "-created_at"], name="account_request_by_status")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting"), ("voided_at", None)),
                        fields=("username",),
                        name="one_waiting_request_per_username",
                        violation_error_code="username",
                        violation_error_message="An account with this sign-in name has already been requested.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=300)),
                ("submission", models.UUIDField(null=True)),
                ("body", cadre_app.core.fields.EncryptedTextField()),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "page"), name="one_draft_per_page")],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("staff", "Department staff"),
                            ("leader", "Department leader"),
                            ("liaison", "Unit liaison"),
                            ("security", "Security administrator"),
                            ("audit", "Audit administrator"),
                            ("system", "System administrator"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "duty",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(role__in=["staff", "leader", "liaison"], then=models.Value("business")),
                            default=models.F("role"),
                        ),
                        output_field=models.CharField(max_length=16),
                        verbose_name="duty",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "ordering": ("role", "valid_from"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["staff", "leader", "liaison"]), ("unit__isnull", False)),
                            models.Q(("role__in", ["security", "audit", "system"]), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="business_role_has_unit",
                        violation_error_code="unit",
                        violation_error_message="A business role is granted on a unit; an administrator role is granted without one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="grant_ends_after_start",
                        violation_error_code="valid_until",
                        violation_error_message="A role cannot end before it starts.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at", None)),
                        expressions=[
                            ("user", "="),
                            ("duty", "<>"),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_duty_per_account",
                        violation_error_code="role",
                        violation_error_message="One account holds one duty: no two administrator roles, and no business role beside one.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at", None)),
                        expressions=[
                            ("user", "="),
                            ("role", "="),
                            ("unit", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="no_overlapping_grant",
                        violation_error_code="role",
                        violation_error_message="This account already holds this role on this unit in that period.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("unit", None), ("voided_at", None)),
                        expressions=[
                            ("user", "="),
                            ("role", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="no_overlapping_administrator_grant",
                        violation_error_code="role",
                        violation_error_message="This account already holds this role in that period.",
                    ),
                ],
            },
        ),
    ]
