import cadre_app.people.models.coded
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("advancement", "0001_initial"),
        ("advancement", "0002_document_numbers"),
        ("advancement", "0003_named_leaders"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("org", "0001_initial"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("promoted", "Promoted to a higher post"),
                            ("advanced", "Advanced in rank"),
                            ("further", "Put to further use"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=100, verbose_name="new post")),
                ("post_level", models.CharField(blank=True, max_length=20, verbose_name="post level")),
                ("rank", models.CharField(blank=True, max_length=20, verbose_name="new rank")),
                ("post_grade", models.CharField(blank=True, max_length=40, verbose_name="new post grade")),
                ("document_number", models.CharField(max_length=60, verbose_name="document number")),
                ("published_on", models.DateField(verbose_name="announced on")),
                ("effective_on", models.DateField(verbose_name="takes effect on")),
                ("resume_text", models.CharField(blank=True, max_length=100, verbose_name="line for the résumé")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("recorded", "Recorded"),
                            ("in_file", "In the file"),
                            ("returned", "Returned for completion"),
                        ],
                        default="announced",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("entered_on", models.DateField(editable=False, verbose_name="entered on")),
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
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
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
                        related_name="outcomes",
                        to="people.trainee",
                        verbose_name="growth file",
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
                        verbose_name="unit of the new post",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "ordering": ("-published_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-effective_on", "id"], name="outcome_of_trainee"),
                    models.Index(fields=["-published_on", "id"], name="outcome_by_publication"),
                    models.Index(fields=["-effective_on", "id"], name="outcome_by_effect"),
                    models.Index(fields=["kind", "-published_on", "id"], name="outcome_by_kind"),
                    models.Index(fields=["state", "-published_on", "id"], name="outcome_by_state"),
                    models.Index(
                        condition=models.Q(("state", "announced"), ("voided_at", None)),
                        fields=["entered_on", "id"],
                        name="outcome_to_be_checked",
                    ),
                    models.Index(
                        condition=models.Q(("state", "recorded"), ("voided_at", None)),
                        fields=["checked_on", "id"],
                        name="outcome_to_be_signed",
                    ),
                    models.Index(
                        condition=models.Q(("state", "returned"), ("voided_at", None)),
                        fields=["returned_on", "id"],
                        name="outcome_returned",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["promoted", "advanced", "further"])),
                        name="outcome_is_one_of_three",
                        violation_error_code="kind",
                        violation_error_message="Outcomes are promotion, advance in rank and further use, nothing else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document_number__regex", "[0-9０-９〇一二三四五六七八九十]")),
                        name="outcomes_have_a_document_number",
                        violation_error_code="document_number",
                        violation_error_message="Enter the number of the document by which the result was announced.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["promoted", "further"]), _negated=True),
                            models.Q(("post", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="promotions_name_the_post",
                        violation_error_code="post",
                        violation_error_message="Write the new post.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "advanced"), _negated=True),
                            models.Q(
                                ("post", ""),
                                ("post_level", ""),
                                ("unit", None),
                                models.Q(
                                    models.Q(("rank", ""), _negated=True),
                                    models.Q(("post_grade", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="advances_name_the_rank_alone",
                        violation_error_code="rank",
                        violation_error_message="An advance in rank names the new rank or post grade and brings no new post or unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rank", ""), ("post_grade", ""), _connector="OR"),
                        name="outcomes_have_rank_or_post_grade",
                        violation_error_code="post_grade",
                        violation_error_message="Enter the rank or the post grade, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("returned_on__isnull", False),
                                ("state", "returned"),
                                models.Q(("return_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "returned"), _negated=True),
                                ("return_reason", ""),
                                ("returned_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="returned_outcomes_say_why",
                        violation_error_code="return_reason",
                        violation_error_message="Say what is to be completed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_on__isnull", False), ("signed_on__isnull", False), ("state", "in_file")),
                            models.Q(("checked_on__isnull", False), ("signed_on", None), ("state", "recorded")),
                            models.Q(
                                ("checked_on", None), ("signed_on", None), ("state__in", ("announced", "returned"))
                            ),
                            _connector="OR",
                        ),
                        name="outcomes_are_checked_then_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_by", None), ("checked_on", None)),
                            models.Q(
                                ("checked_by__isnull", False),
                                ("checked_on__isnull", False),
                                models.Q(("checked_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outcomes_are_checked_by_others",
                        violation_error_message="Nobody checks or signs off what they entered themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_by", None), ("signed_on", None)),
                            models.Q(
                                ("signed_by__isnull", False),
                                ("signed_on__isnull", False),
                                models.Q(("signed_by", models.F("entered_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outcomes_are_signed_by_others",
                        violation_error_message="Nobody checks or signs off what they entered themselves.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "kind", "effective_on"),
                        name="one_outcome_of_a_kind_per_day",
                        violation_error_code="effective_on",
                        violation_error_message="An outcome of this kind from this day on is entered for this person already.",
                    ),
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
        migrations.CreateModel(
            name="OutcomeChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "part",
                    models.CharField(
                        choices=[("post", "Post and rank"), ("resume", "Résumé")],
                        editable=False,
                        max_length=8,
                        verbose_name="what was changed",
                    ),
                ),
                ("before", models.JSONField(editable=False, null=True, verbose_name="before")),
                ("after", models.JSONField(editable=False, verbose_name="after")),
                (
                    "outcome",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="advancement.outcome",
                        verbose_name="outcome",
                    ),
                ),
                (
                    "record",
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
            ],
            options={
                "verbose_name": "change made by an outcome",
                "ordering": ("outcome", "part", "created_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("part", "post"), ("record__isnull", False)),
                            models.Q(("before__isnull", False), ("part", "resume"), ("record", None)),
                            _connector="OR",
                        ),
                        name="outcome_changes_name_their_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NamedLeader",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_for_criteria",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named leader",
                    ),
                ),
            ],
            options={
                "verbose_name": "named leader",
                "ordering": ("-named_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("user",),
                        name="leader_named_once",
                        violation_error_code="user",
                        violation_error_message="This account is named already.",
                    )
                ],
            },
        ),
    ]
