import cadre_app.people.models.coded
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("probation", "0001_initial"), ("probation", "0002_what_is_missing")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Probation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("round", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="round")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not begun"),
                            ("under_way", "Under way"),
                            ("waiting", "With the department"),
                            ("graded", "Graded"),
                            ("deferred", "Deferred"),
                            ("cancelled", "Employment cancelled"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "waiver_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why induction training is waived"),
                ),
                ("waived_on", models.DateField(blank=True, editable=False, null=True, verbose_name="waived on")),
                ("summary", models.TextField(blank=True, max_length=5000, verbose_name="own summary")),
                (
                    "summary_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="own summary handed in on"),
                ),
                ("opinion", models.TextField(blank=True, max_length=1000, verbose_name="opinion of the unit")),
                (
                    "opinion_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="opinion of the unit on"),
                ),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "Qualified"), ("failed", "Not qualified"), ("deferred", "Deferred")],
                        max_length=10,
                        verbose_name="conclusion",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="comment on the probation")),
                ("post", models.CharField(blank=True, max_length=100, verbose_name="post")),
                ("rank", models.CharField(blank=True, max_length=20, verbose_name="rank")),
                (
                    "rank_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why another rank than by education"),
                ),
                (
                    "post_grade",
                    models.CharField(blank=True, max_length=40, verbose_name="post grade (public institution)"),
                ),
                ("extended_to", models.DateField(blank=True, null=True, verbose_name="probation extended until")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason of the conclusion")),
                (
                    "missing_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why summary or opinion is missing"),
                ),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("document_on", models.DateField(blank=True, null=True, verbose_name="day of the document")),
                ("entered_on", models.DateField(blank=True, editable=False, null=True, verbose_name="entered on")),
                ("checked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="checked on")),
                ("signed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="signed off on")),
                ("returned_on", models.DateField(blank=True, editable=False, null=True, verbose_name="returned on")),
                (
                    "return_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="reason for returning it"
                    ),
                ),
                (
                    "was_unsigned",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="returned by taking the sign-off back"
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="probation ended on"),
                ),
                (
                    "wrote_record",
                    models.BooleanField(default=False, editable=False, verbose_name="its sign-off wrote post and rank"),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "opinion_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opinion entered by",
                    ),
                ),
                (
                    "post_record",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.postrecord",
                        verbose_name="post and rank",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed off by",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="probations",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="waived by",
                    ),
                ),
            ],
            options={
                "verbose_name": "end-of-probation assessment",
                "ordering": ("trainee", "-round"),
                "indexes": [
                    models.Index(fields=["trainee", "-signed_on", "id"], name="probation_of_trainee"),
                    models.Index(fields=["state", "id"], name="probation_by_state"),
                    models.Index(fields=["signed_on", "id"], name="probation_by_sign_off"),
                    models.Index(
                        condition=models.Q(("opinion_on", None), ("state", "under_way"), ("voided_at", None)),
                        fields=["summary_on", "id"],
                        name="probation_without_opinion",
                    ),
                    models.Index(
                        condition=models.Q(("checked_on", None), ("state", "waiting"), ("voided_at", None)),
                        fields=["entered_on", "id"],
                        name="probation_to_check",
                    ),
                    models.Index(
                        condition=models.Q(("checked_on__isnull", False), ("state", "waiting"), ("voided_at", None)),
                        fields=["checked_on", "id"],
                        name="probation_to_sign",
                    ),
                    models.Index(
                        condition=models.Q(("returned_on__isnull", False), ("voided_at", None)),
                        fields=["returned_on", "id"],
                        name="probation_returned",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None), models.Q(("state", "deferred"), _negated=True)),
                        fields=("trainee",),
                        name="one_probation_of_a_file",
                        violation_error_message="The assessment of this probation stands already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "round"),
                        name="one_probation_of_a_round",
                        violation_error_message="The assessment of this probation stands already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("summary", ""), ("summary_on", None)),
                            models.Q(("summary__regex", "\\S"), ("summary_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="probation_summary_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opinion", ""), ("opinion_by", None), ("opinion_on", None)),
                            models.Q(
                                ("opinion__regex", "\\S"), ("opinion_by__isnull", False), ("opinion_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="probation_opinion_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("waived_by", None), ("waived_on", None), ("waiver_reason", "")),
                            models.Q(
                                ("waived_by__isnull", False),
                                ("waived_on__isnull", False),
                                ("waiver_reason__regex", "\\S"),
                            ),
                            _connector="OR",
                        ),
                        name="probation_waiver_has_a_reason",
                        violation_error_code="waiver_reason",
                        violation_error_message="Say why induction training is waived.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("open", "under_way")),
                            models.Q(
                                models.Q(("conclusion", ""), _negated=True),
                                ("comment__regex", "\\S"),
                                ("entered_by__isnull", False),
                                ("entered_on__isnull", False),
                                ("returned_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="probation_conclusion_is_entered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conclusion", "passed"), _negated=True),
                            models.Q(
                                ("extended_to", None),
                                ("post__regex", "\\S"),
                                models.Q(
                                    models.Q(("post_grade__regex", "\\S"), ("rank", "")),
                                    models.Q(("post_grade", ""), models.Q(("rank", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("signed_on", None),
                                    models.Q(("document_number__regex", "\\S"), ("document_on__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="probation_grading_is_complete",
                        violation_error_message="A grading names post, rank or post grade; once signed off, the document with its day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conclusion", "passed"),
                            models.Q(("post", ""), ("post_grade", ""), ("rank", ""), ("rank_reason", "")),
                            _connector="OR",
                        ),
                        name="probation_grades_who_passed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conclusion", "deferred"), _negated=True),
                            models.Q(("extended_to__isnull", False), ("reason__regex", "\\S")),
                            _connector="OR",
                        ),
                        name="probation_extension_has_end_and_reason",
                        violation_error_message="An extension names its new end and the reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("conclusion", "failed"), _negated=True),
                            models.Q(
                                ("document_number__regex", "\\S"),
                                ("document_on__isnull", False),
                                ("extended_to", None),
                                ("reason__regex", "\\S"),
                            ),
                            _connector="OR",
                        ),
                        name="probation_cancelling_has_reason_and_document",
                        violation_error_message="Cancelling names the reason and the document with its day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on", None),
                                ("signed_by", None),
                                ("signed_on", None),
                                ("state__in", ("open", "under_way", "waiting")),
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("signed_by__isnull", False),
                                ("signed_on__isnull", False),
                                ("checked_by__isnull", False),
                                ("checked_on__isnull", False),
                                models.Q(
                                    models.Q(
                                        ("conclusion", "passed"), ("post_record__isnull", False), ("state", "graded")
                                    ),
                                    models.Q(("conclusion", "deferred"), ("state", "deferred")),
                                    models.Q(("conclusion", "failed"), ("state", "cancelled")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="probation_is_closed_by_its_sign_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_by", None), ("checked_on", None)),
                            models.Q(
                                ("checked_by__isnull", False),
                                ("checked_on__isnull", False),
                                models.Q(("checked_by", models.F("entered_by")), _negated=True),
                                models.Q(("state__in", ("open", "under_way")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="probation_is_checked_by_others",
                        violation_error_message="Nobody checks or signs off what they entered themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None),
                            models.Q(("signed_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="probation_is_signed_by_others",
                        violation_error_message="Nobody checks or signs off what they entered themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("return_reason", ""), ("returned_on", None), ("was_unsigned", False)),
                            models.Q(
                                ("return_reason__regex", "\\S"), ("returned_on__isnull", False), ("state", "under_way")
                            ),
                            _connector="OR",
                        ),
                        name="returned_probations_say_why",
                        violation_error_code="return_reason",
                        violation_error_message="Say what is to be completed.",
                    ),
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
    ]
