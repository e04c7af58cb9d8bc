import cadre_app.core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("evaluation", "0001_initial"),
        ("evaluation", "0002_left_out_and_kept_small"),
        ("evaluation", "0003_results_told"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("org", "0001_initial"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoxedSheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject_key", models.UUIDField(db_index=True)),
                ("content", cadre_app.core.fields.EncryptedTextField()),
                ("is_fresh", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "sheet in the box",
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "setting",
                    models.CharField(
                        choices=[("term", "Village term"), ("posting", "Posting")],
                        max_length=8,
                        verbose_name="occasion",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("paper", "On paper on the spot"), ("code", "By one-time code on a printed sheet")],
                        default="paper",
                        max_length=8,
                        verbose_name="way of filling in",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="first day")),
                ("closes_on", models.DateField(verbose_name="last day")),
                (
                    "watcher_one",
                    models.CharField(blank=True, max_length=40, verbose_name="first representative who watches"),
                ),
                (
                    "watcher_two",
                    models.CharField(blank=True, max_length=40, verbose_name="second representative who watches"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "questions",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="version of the questions"
                    ),
                ),
                ("least", models.PositiveSmallIntegerField(editable=False, verbose_name="least number of sheets")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("valid", "Valid"),
                            ("small", "Sample too small"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed on")),
                ("settled_on", models.DateField(blank=True, editable=False, null=True, verbose_name="counted on")),
                (
                    "kept_small_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="stays too small since"),
                ),
                (
                    "kept_small_why",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it stays too small"),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set up by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="org.unit",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "community evaluation",
                "ordering": ("-closes_on", "id"),
                "indexes": [
                    models.Index(fields=["-closes_on", "id"], name="evaluation_by_day"),
                    models.Index(fields=["state", "-closes_on", "id"], name="evaluation_by_state"),
                    models.Index(fields=["way", "-closes_on", "id"], name="evaluation_by_way"),
                    models.Index(fields=["unit", "-closes_on", "id"], name="evaluation_by_unit"),
                    models.Index(
                        condition=models.Q(("state", "closed"), ("voided_at", None)),
                        fields=["closed_on", "id"],
                        name="evaluation_to_be_counted",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("valid", "small")), ("voided_at", None)),
                        fields=["settled_on", "id"],
                        name="evaluation_counted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="evaluation_closes_after_opening",
                        violation_error_code="closes_on",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on__isnull", False), ("state__in", ("valid", "small"))),
                            models.Q(models.Q(("state__in", ("valid", "small")), _negated=True), ("settled_on", None)),
                            _connector="OR",
                        ),
                        name="counted_evaluations_have_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", False), _connector="OR"
                        ),
                        name="closed_evaluations_have_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept_small_on", None), ("kept_small_why", "")),
                            models.Q(
                                ("kept_small_on__isnull", False),
                                ("state", "small"),
                                models.Q(("kept_small_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evaluations_stay_too_small_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("valid", "Valid"), ("small", "Sample too small")],
                        editable=False,
                        max_length=8,
                        verbose_name="result",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, editable=False, null=True, verbose_name="counted on")),
                (
                    "sheets",
                    models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="number of sheets"),
                ),
                (
                    "satisfied",
                    models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="satisfied"),
                ),
                ("judged", models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="judged")),
                ("counts", models.JSONField(blank=True, default=list, editable=False)),
                ("codes_left_out", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "filled_until",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="last day of its sheets"),
                ),
                (
                    "released_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="comments released on"),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="evaluation.campaign",
                        verbose_name="evaluation",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "person evaluated",
                "ordering": ("campaign", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-decided_on", "id"], name="evaluation_of_trainee"),
                    models.Index(fields=["campaign", "id"], name="evaluation_subjects"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("campaign", "trainee"),
                        name="one_place_per_evaluation",
                        violation_error_message="This person is in the evaluation already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", False), ("outcome", "valid"), ("sheets__isnull", False)),
                            models.Q(
                                models.Q(("outcome", "valid"), _negated=True),
                                ("judged", None),
                                ("satisfied", None),
                                ("sheets", None),
                            ),
                            _connector="OR",
                        ),
                        name="only_valid_results_have_numbers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
                (
                    "respondent",
                    models.CharField(
                        choices=[
                            ("committee", "Village committee member"),
                            ("party", "Representative of Party members"),
                            ("villagers", "Representative of villagers"),
                            ("served", "Somebody who was served"),
                            ("other", "Other villager"),
                        ],
                        max_length=12,
                        verbose_name="who filled it in",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filled",
                        to="evaluation.subject",
                        verbose_name="person evaluated",
                    ),
                ),
            ],
            options={
                "verbose_name": "sheet",
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=200, verbose_name="comment")),
                ("is_released", models.BooleanField(default=False, verbose_name="released")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="evaluation.subject",
                        verbose_name="person evaluated",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on a sheet",
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("sheets", "Sheet by sheet"), ("tally", "Counted by question")],
                        max_length=8,
                        verbose_name="entered",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of sheets")),
                ("held_on", models.DateField(verbose_name="filled in on")),
                ("collected_by", models.CharField(max_length=60, verbose_name="collected by")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being entered"), ("counted", "Counted")],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("rows", models.JSONField(blank=True, default=list, editable=False)),
                ("tally", models.JSONField(blank=True, default=list, editable=False)),
                ("comments", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="evaluation.subject",
                        verbose_name="person evaluated",
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of paper sheets",
                "ordering": ("held_on", "id"),
                "indexes": [models.Index(fields=["subject", "held_on", "id"], name="evaluation_batches")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="batches_have_sheets",
                        violation_error_code="number",
                        violation_error_message="A batch has one sheet at least.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "counted"), _negated=True), ("rows", []), _connector="OR"
                        ),
                        name="counted_batches_hold_no_sheets",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("is_used", models.BooleanField(default=False, editable=False)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="evaluation.subject",
                        verbose_name="person evaluated",
                    ),
                ),
            ],
            options={
                "verbose_name": "one-time code",
                "indexes": [models.Index(fields=["subject", "is_used"], name="evaluation_codes")],
            },
        ),
    ]
