import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("api", "0001_initial"), ("api", "0002_end_what_was_refused")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "digest",
                    models.CharField(
                        editable=False,
                        max_length=64,
                        unique=True,
                        validators=[django.core.validators.MinLengthValidator(64)],
                    ),
                ),
                ("beginning", models.CharField(editable=False, max_length=12, verbose_name="begins with")),
                (
                    "made_on",
                    models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name="made on"),
                ),
                ("expires_on", models.DateField(verbose_name="last day")),
                ("last_used_at", models.DateTimeField(editable=False, null=True, verbose_name="last used")),
                ("minute", models.DateTimeField(editable=False, null=True)),
                ("calls", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "access token",
                "ordering": ("-created_at",),
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="token_by_owner"),
                    models.Index(fields=["-created_at", "id"], name="token_newest_first"),
                    models.Index(fields=["expires_on", "id"], name="token_by_last_day"),
                    models.Index(fields=["last_used_at", "id"], name="token_by_use"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("owner", "name"),
                        name="one_token_of_a_name",
                        violation_error_code="name",
                        violation_error_message="You already have a token of this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__gte", models.F("made_on")),
                            (
                                "expires_on__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("made_on"), "+", models.Value(datetime.timedelta(days=366))
                                ),
                            ),
                        ),
                        name="token_lasts_a_year_at_most",
                        violation_error_code="expires_on",
                        violation_error_message="A token lasts a year at most.",
                    ),
                ],
            },
        ),
    ]
