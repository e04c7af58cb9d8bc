import cadre_app.core.grams
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("achievements", "0001_initial"),
        ("achievements", "0002_two_accounts_verify"),
        ("achievements", "0003_voided_entries"),
        ("achievements", "0004_texts_that_are_searched"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("core", "0002_functions"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Achievement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("role", models.CharField(blank=True, max_length=40, verbose_name="own part")),
                ("done", models.TextField(blank=True, max_length=2000, verbose_name="what was done")),
                ("result", models.CharField(blank=True, max_length=500, verbose_name="result in numbers")),
                ("witness", models.CharField(blank=True, max_length=100, verbose_name="who can confirm")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("unit", "With the unit"),
                            ("department", "With the department"),
                            ("verified", "Verified"),
                            ("returned", "Returned"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateField(editable=False, verbose_name="state since")),
                (
                    "unit_verified_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="verified by the unit on"),
                ),
                (
                    "verified_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="verified by the department on"
                    ),
                ),
                (
                    "return_comment",
                    models.CharField(
                        blank=True, editable=False, max_length=500, verbose_name="what is to be completed"
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="achievements.achievement",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="achievements",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "unit_verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verified for the unit by",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verified for the department by",
                    ),
                ),
            ],
            options={
                "verbose_name": "work achievement",
                "ordering": ("-ended_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-ended_on", "id"], name="achievement_of_trainee"),
                    models.Index(fields=["ended_on", "id"], name="achievement_by_day"),
                    models.Index(fields=["state_since", "id"], name="achievement_by_state_day"),
                    models.Index(fields=["state", "state_since", "id"], name="achievement_by_state"),
                    models.Index(
                        condition=models.Q(("verified_on__isnull", False)),
                        fields=["verified_on", "id"],
                        name="achievement_verified",
                    ),
                    models.Index(
                        condition=models.Q(("voided_at__isnull", False)),
                        fields=["voided_at", "id"],
                        name="achievement_voided",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(
                            django.db.models.functions.text.Concat(
                                models.F("title"),
                                models.Value("\n"),
                                models.F("role"),
                                models.Value("\n"),
                                models.F("done"),
                                models.Value("\n"),
                                models.F("result"),
                                output_field=models.TextField(),
                            )
                        ),
                        condition=models.Q(("voided_at", None), models.Q(("state", "draft"), _negated=True)),
                        gin_pending_list_limit=512,
                        name="achievement_grams",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("supersedes",),
                        name="one_correction_of_an_achievement",
                        violation_error_message="This entry has a correction already. Change or discard that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes", None),
                            models.Q(("supersedes", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="an_achievement_corrects_another_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on", None),
                            ("ended_on", None),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="achievement_ends_after_start",
                        violation_error_code="ended_on",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("started_on__isnull", False),
                                models.Q(("role", ""), _negated=True),
                                models.Q(("done", ""), _negated=True),
                                models.Q(("result", ""), _negated=True),
                                models.Q(("witness", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="submitted_achievements_are_complete",
                        violation_error_message="Only a draft may have empty fields.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit_verified_by", None), ("unit_verified_on", None)),
                            models.Q(("unit_verified_by__isnull", False), ("unit_verified_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="unit_verified_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("verified", "superseded")),
                                ("verified_by__isnull", False),
                                ("verified_on__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ("verified", "superseded")), _negated=True),
                                ("verified_by", None),
                                ("verified_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="only_verified_achievements_have_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_verified_by", None),
                            ("verified_by", None),
                            models.Q(("verified_by", models.F("unit_verified_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="unit_and_department_verify_by_two_accounts",
                        violation_error_message="Unit and department verify by two different accounts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), models.Q(("return_comment", ""), _negated=True)),
                            models.Q(models.Q(("state", "returned"), _negated=True), ("return_comment", "")),
                            _connector="OR",
                        ),
                        name="returned_achievements_say_why",
                        violation_error_code="comment",
                        violation_error_message="Say what is to be completed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AchievementComment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("text", models.CharField(max_length=500, verbose_name="comment")),
                (
                    "achievement",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="achievements.achievement",
                        verbose_name="work achievement",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on an achievement",
                "ordering": ("created_at", "id"),
                "indexes": [models.Index(fields=["achievement", "created_at", "id"], name="comment_of_achievement")],
            },
        ),
        migrations.CreateModel(
            name="AchievementStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("passed_unit", "The unit has no liaison: on to the department"),
                            ("withdrawn", "Withdrawn"),
                            ("unit_verified", "Verified by the unit"),
                            ("verified", "Verified by the department"),
                            ("unit_returned", "Returned by the unit"),
                            ("returned", "Returned by the department"),
                            ("superseded", "Superseded by a later entry"),
                            ("voided", "Voided by the department"),
                            ("restored", "Restored"),
                            ("counts_again", "Counts again: the later entry was voided"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(editable=False, verbose_name="at")),
                ("comment", models.CharField(blank=True, editable=False, max_length=500, verbose_name="comment")),
                (
                    "achievement",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="achievements.achievement",
                        verbose_name="work achievement",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an achievement",
                "ordering": ("at", "pk"),
                "indexes": [models.Index(fields=["achievement", "at", "id"], name="step_of_achievement")],
            },
        ),
    ]
