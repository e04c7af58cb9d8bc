import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("conduct", "0001_initial"), ("conduct", "0002_talks"), ("conduct", "0003_liftings")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("care", "0001_tables"),
        ("org", "0001_initial"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Admonition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("way", models.CharField(max_length=20, verbose_name="way")),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("study", "Study"),
                            ("work", "Work"),
                            ("style", "Style of work"),
                            ("discipline", "Discipline"),
                            ("reporting", "Asking and reporting"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind of matter",
                    ),
                ),
                ("organ", models.CharField(max_length=60, verbose_name="carried out by")),
                ("approver_post", models.CharField(max_length=60, verbose_name="post of whoever approved it")),
                ("document_number", models.CharField(max_length=60, verbose_name="document number")),
                ("given_on", models.DateField(verbose_name="day")),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="period of the kind"
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="period of effect until")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decision", "The decision says so"),
                            ("prolonged", "Prolonged by a later decision"),
                            ("shortened", "Ended early by a later decision"),
                            ("merged", "Counted together with another period"),
                        ],
                        max_length=10,
                        verbose_name="why until another day",
                    ),
                ),
                ("answer_due_on", models.DateField(blank=True, null=True, verbose_name="report on the correction by")),
                (
                    "answered_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="correction reported on"),
                ),
                ("review_due_on", models.DateField(editable=False, verbose_name="to be followed up by")),
                ("reviewed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="followed up on")),
                (
                    "review_result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "Corrected"),
                            ("better", "Improved"),
                            ("watched", "Still to be followed"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="what was found",
                    ),
                ),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistake", "Entered by mistake"),
                            ("twice", "Entered twice"),
                            ("revoked", "Revoked by the deciding organ"),
                            ("reviewed", "Changed on review or appeal"),
                        ],
                        max_length=10,
                        verbose_name="why it no longer stands",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="care.talktrigger",
                        verbose_name="occasion of a talk",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="admonitions",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder, inquiry or admonition",
                "ordering": ("-given_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-given_on", "id"], name="admonition_of_trainee"),
                    models.Index(fields=["-given_on", "id"], name="admonition_by_day"),
                    models.Index(fields=["way", "-given_on", "id"], name="admonition_by_way"),
                    models.Index(fields=["matter", "-given_on", "id"], name="admonition_by_matter"),
                    models.Index(fields=["ends_on", "id"], name="admonition_by_end"),
                    models.Index(
                        condition=models.Q(("answered_on", None), ("voided_at", None)),
                        fields=["answer_due_on", "id"],
                        name="admonition_unanswered",
                    ),
                    models.Index(
                        condition=models.Q(("reviewed_on", None), ("voided_at", None)),
                        fields=["review_due_on", "id"],
                        name="admonition_unreviewed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("months", None), models.Q(("ends_on", None), _negated=True), _connector="OR"
                        ),
                        name="admonitions_with_a_period_have_an_end",
                        violation_error_code="ends_on",
                        violation_error_message="This kind has a period of effect: say until when it counts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("given_on")), _connector="OR"),
                        name="admonition_ends_after_its_day",
                        violation_error_code="ends_on",
                        violation_error_message="The period cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_due_on", None), ("answer_due_on__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="correction_is_reported_after",
                        violation_error_code="answer_due_on",
                        violation_error_message="The correction cannot be reported before that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on", None), ("answered_on__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="correction_was_reported_after",
                        violation_error_code="answered_on",
                        violation_error_message="The correction cannot be reported before that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("review_result", ""), ("reviewed_on", None)),
                            models.Q(
                                ("reviewed_on__gte", models.F("given_on")),
                                models.Q(("review_result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="followed_up_with_a_result",
                        violation_error_code="reviewed_on",
                        violation_error_message="Say when it was followed up and what was found.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document_number", ""), _negated=True),
                        name="admonitions_have_a_document",
                        violation_error_code="document_number",
                        violation_error_message="Enter the number of the document.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "way", "document_number"),
                        name="one_entry_for_an_admonition",
                        violation_error_code="document_number",
                        violation_error_message="This one is entered already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedStaff",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("named_on", models.DateField(editable=False, verbose_name="named on")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "named_by_user",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_staff",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_for_conduct",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named staff",
                    ),
                ),
            ],
            options={
                "verbose_name": "named staff",
                "ordering": ("-named_on", "id"),
                "indexes": [
                    models.Index(condition=models.Q(("voided_at", None)), fields=["user"], name="named_staff_of_user")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("user", "unit"),
                        name="named_once_for_a_unit",
                        violation_error_code="user",
                        violation_error_message="This account is named for this unit already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reward",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("civil_servant", "Reward for civil servants"),
                            ("institution", "Reward for public institutions"),
                            ("honour", "Honour or commendation"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="category",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="reward")),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="as the certificate says it")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "National"),
                            ("province", "Provincial"),
                            ("city", "Municipal"),
                            ("district", "District"),
                            ("unit", "Unit"),
                        ],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                ("awarded_by", models.CharField(max_length=60, verbose_name="given by")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("awarded_on", models.DateField(verbose_name="given on")),
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
                    "talk",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="care.talktrigger",
                        verbose_name="occasion of a talk",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "reward",
                "ordering": ("-awarded_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-awarded_on", "id"], name="reward_of_trainee"),
                    models.Index(fields=["-awarded_on", "id"], name="reward_by_day"),
                    models.Index(fields=["category", "-awarded_on", "id"], name="reward_by_category"),
                    models.Index(fields=["level", "-awarded_on", "id"], name="reward_by_level"),
                    models.Index(
                        condition=models.Q(("document_number", ""), ("voided_at", None)),
                        fields=["awarded_on", "id"],
                        name="reward_without_number",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category", "civil_servant"), ("kind__startswith", "civil_servant-")),
                            models.Q(("category", "institution"), ("kind__startswith", "institution-")),
                            models.Q(("category", "honour"), ("kind__startswith", "honour-")),
                            _connector="OR",
                        ),
                        name="rewards_are_of_their_category",
                        violation_error_code="kind",
                        violation_error_message="Choose one of what is offered here.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "kind", "title", "awarded_on", "awarded_by"),
                        name="one_entry_for_a_reward",
                        violation_error_message="This reward is entered already: same kind, day and giver.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("party", "Party discipline"),
                            ("administrative", "Administrative discipline"),
                            ("organizational", "Organizational measures"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="category",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="decision")),
                ("organ", models.CharField(max_length=60, verbose_name="deciding organ")),
                ("document_number", models.CharField(max_length=60, verbose_name="document number")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="period of the kind"
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="period of effect until")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decision", "The decision says so"),
                            ("prolonged", "Prolonged by a later decision"),
                            ("shortened", "Ended early by a later decision"),
                            ("merged", "Counted together with another period"),
                        ],
                        max_length=10,
                        verbose_name="why until another day",
                    ),
                ),
                ("lifted_on", models.DateField(blank=True, editable=False, null=True, verbose_name="lifted on")),
                (
                    "lift_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decision", "The decision says so"),
                            ("prolonged", "Prolonged by a later decision"),
                            ("shortened", "Ended early by a later decision"),
                            ("merged", "Counted together with another period"),
                        ],
                        max_length=10,
                        verbose_name="why lifted early",
                    ),
                ),
                ("lift_document", models.CharField(blank=True, max_length=60, verbose_name="document of the lifting")),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistake", "Entered by mistake"),
                            ("twice", "Entered twice"),
                            ("revoked", "Revoked by the deciding organ"),
                            ("reviewed", "Changed on review or appeal"),
                        ],
                        max_length=10,
                        verbose_name="why it no longer stands",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="care.talktrigger",
                        verbose_name="occasion of a talk",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "disciplinary decision",
                "ordering": ("-decided_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-decided_on", "id"], name="sanction_of_trainee"),
                    models.Index(fields=["-decided_on", "id"], name="sanction_by_day"),
                    models.Index(fields=["category", "-decided_on", "id"], name="sanction_by_category"),
                    models.Index(fields=["ends_on", "id"], name="sanction_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("months", None), models.Q(("ends_on", None), _negated=True), _connector="OR"
                        ),
                        name="periods_of_effect_have_an_end",
                        violation_error_code="ends_on",
                        violation_error_message="This kind has a period of effect: say until when it counts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("decided_on")), _connector="OR"
                        ),
                        name="period_of_effect_ends_after_decision",
                        violation_error_code="ends_on",
                        violation_error_message="The period cannot end before the decision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_on", None), ("lifted_on__gte", models.F("decided_on")), _connector="OR"
                        ),
                        name="lifted_after_decision",
                        violation_error_code="lifted_on",
                        violation_error_message="It cannot be lifted before it was decided.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_on__isnull", False),
                            models.Q(("lift_document", ""), ("lift_reason", "")),
                            _connector="OR",
                        ),
                        name="only_lifted_decisions_say_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document_number", ""), _negated=True),
                        name="decisions_have_a_document",
                        violation_error_code="document_number",
                        violation_error_message="Enter the number of the document.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "kind", "document_number"),
                        name="one_entry_for_a_decision",
                        violation_error_code="document_number",
                        violation_error_message="This decision is entered already.",
                    ),
                ],
            },
        ),
    ]
