import cadre_app.accounts.models
import cadre_app.core.grams
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("mentorship", "0001_initial"),
        ("mentorship", "0002_goals"),
        ("mentorship", "0003_served"),
        ("mentorship", "0004_agreements_and_reviews"),
        ("mentorship", "0005_goals_in_rows"),
        ("mentorship", "0006_goals_text_gone"),
        ("mentorship", "0007_carried_steps"),
        ("mentorship", "0008_reviews_and_reports"),
        ("mentorship", "0009_kept_on"),
        ("mentorship", "0010_texts_that_are_searched"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("core", "0002_functions"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("political", "Political mentor"), ("community", "Community mentor")],
                        max_length=16,
                        verbose_name="kind of mentor",
                    ),
                ),
                ("choice_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for this choice")),
                ("kept_on", models.DateField(blank=True, editable=False, null=True, verbose_name="choice kept on")),
                ("started_on", models.DateField(verbose_name="started on")),
                ("due_on", models.DateField(verbose_name="due to end on")),
                ("check_in_days", models.PositiveSmallIntegerField(verbose_name="days between check-ins")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="agreement signed on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "end_kind",
                    models.CharField(
                        blank=True,
                        choices=[("completed", "Completed"), ("early", "Ended early")],
                        max_length=16,
                        verbose_name="how it ended",
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for the end")),
                (
                    "next_check_in_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="next check-in on"),
                ),
                (
                    "last_note_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="latest note on"),
                ),
                ("last_record_on", models.DateField(editable=False, verbose_name="latest note or check-in on")),
                (
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="mentorship.pairing",
                        verbose_name="handed over from",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentor_pairings",
                        to="people.person",
                        verbose_name="mentor",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="people.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "pairing",
                "ordering": ("trainee", "-started_on"),
                "indexes": [
                    models.Index(fields=["trainee", "-started_on", "id"], name="pairing_of_trainee"),
                    models.Index(fields=["mentor", "ended_on", "id"], name="pairing_of_mentor"),
                    models.Index(
                        condition=models.Q(("ended_on", None)), fields=["due_on", "id"], name="pairing_by_due_day"
                    ),
                    models.Index(
                        condition=models.Q(("ended_on", None)),
                        fields=["next_check_in_on", "id"],
                        name="pairing_by_check_in",
                    ),
                    models.Index(fields=["started_on", "id"], name="pairing_by_start"),
                    models.Index(
                        condition=models.Q(("ended_on", None)),
                        fields=["last_record_on", "id"],
                        name="pairing_by_record",
                    ),
                    models.Index(
                        condition=models.Q(("ended_on", None), ("signed_on", None)),
                        fields=["started_on", "id"],
                        name="pairing_unsigned",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("voided_at", None),
                            models.Q(("ended_on", None), ("end_kind", "completed"), _connector="OR"),
                        ),
                        fields=["kind", "started_on", "trainee"],
                        name="pairing_served",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="pairing_ends_after_start",
                        violation_error_code="ended_on",
                        violation_error_message="A pairing cannot end before it started.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("started_on"))),
                        name="pairing_due_after_start",
                        violation_error_code="due_on",
                        violation_error_message="The planned last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_kind", ""), ("ended_on", None)),
                            models.Q(("ended_on__isnull", False), models.Q(("end_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="ended_pairings_say_how",
                        violation_error_code="end_kind",
                        violation_error_message="A pairing that ended says how it ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_kind", "early"), _negated=True),
                            models.Q(("end_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="early_ends_have_a_reason",
                        violation_error_code="end_reason",
                        violation_error_message="Say why the pairing ended early.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("office__isnull", False), models.Q(("choice_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="chosen_mentors_have_a_reason",
                        violation_error_code="choice_reason",
                        violation_error_message="Say why this person was chosen instead of the holder of the office.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_on", None),
                            ("ended_on", None),
                            ("signed_on__lte", models.F("ended_on")),
                            _connector="OR",
                        ),
                        name="signed_before_the_end",
                        violation_error_code="signed_on",
                        violation_error_message="An agreement is signed before the pairing ends.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at", None)),
                        expressions=[
                            ("trainee", "="),
                            ("kind", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "started_on",
                                    "ended_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_mentor_of_a_kind_at_a_time",
                        violation_error_code="started_on",
                        violation_error_message="This trainee already has a mentor of this kind in that period. End that pairing first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                ("called_off_on", models.DateField(blank=True, null=True, verbose_name="called off on")),
                (
                    "called_off_reason",
                    models.CharField(blank=True, max_length=100, verbose_name="reason for calling it off"),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="mentorship.pairing",
                        verbose_name="pairing",
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in",
                "ordering": ("pairing", "-planned_on"),
                "indexes": [
                    models.Index(fields=["pairing", "-planned_on", "id"], name="check_in_of_pairing"),
                    models.Index(
                        condition=models.Q(("called_off_on", None), ("held_on", None)),
                        fields=["planned_on", "id"],
                        name="check_in_by_day",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("called_off_on", None), ("held_on", None), ("voided_at", None)),
                        fields=("pairing",),
                        name="one_open_check_in_per_pairing",
                        violation_error_code="planned_on",
                        violation_error_message="A check-in is arranged already. Change that one instead.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held_on", None), ("called_off_on", None), _connector="OR"),
                        name="check_ins_are_held_or_called_off",
                        violation_error_code="held_on",
                        violation_error_message="This check-in was called off.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("called_off_on", None), models.Q(("called_off_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="called_off_check_ins_have_a_reason",
                        violation_error_code="called_off_reason",
                        violation_error_message="Say why the check-in was called off.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuidanceNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("happened_on", models.DateField(verbose_name="day")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("face", "Face to face"),
                            ("visit", "Visiting together"),
                            ("site", "On site"),
                            ("field", "In the fields together"),
                            ("phone", "By phone"),
                            ("written", "In writing"),
                        ],
                        max_length=16,
                        verbose_name="how",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=40, verbose_name="topic")),
                ("text", models.TextField(max_length=2000, verbose_name="what")),
                ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                ("next_step_on", models.DateField(blank=True, null=True, verbose_name="next step by")),
                ("next_step_done_on", models.DateField(blank=True, null=True, verbose_name="next step done on")),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("shared", "Shared with the trainee"),
                            ("department", "Department only"),
                            ("private", "Only for me"),
                        ],
                        default="shared",
                        max_length=16,
                        verbose_name="who reads it",
                    ),
                ),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="corrected at"),
                ),
                (
                    "acknowledged_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="acknowledged at"),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance_notes",
                        to="people.person",
                        verbose_name="author",
                    ),
                ),
                (
                    "check_in",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note",
                        to="mentorship.checkin",
                        verbose_name="check-in",
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
                        to="mentorship.guidancenote",
                        verbose_name="corrects",
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="mentorship.pairing",
                        verbose_name="pairing",
                    ),
                ),
            ],
            options={
                "verbose_name": "guidance note",
                "ordering": ("pairing", "-happened_on"),
                "indexes": [
                    models.Index(fields=["pairing", "happened_on", "id"], name="note_of_pairing"),
                    models.Index(fields=["happened_on", "id"], name="note_by_day"),
                    models.Index(fields=["author", "happened_on", "id"], name="note_of_author"),
                    models.Index(
                        condition=models.Q(
                            ("next_step_done_on", None),
                            ("voided_at", None),
                            models.Q(("next_step_on", None), _negated=True),
                        ),
                        fields=["next_step_on", "id"],
                        name="note_by_next_step",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(
                            django.db.models.functions.text.Concat(
                                models.F("topic"),
                                models.Value("\n"),
                                models.F("text"),
                                models.Value("\n"),
                                models.F("next_step"),
                                models.Value("\n"),
                                models.F("answer"),
                                output_field=models.TextField(),
                            )
                        ),
                        condition=models.Q(
                            ("superseded_at", None),
                            ("voided_at", None),
                            models.Q(("visibility", "private"), _negated=True),
                        ),
                        gin_pending_list_limit=512,
                        name="note_grams",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("supersedes",),
                        name="one_correction_of_a_note",
                        violation_error_message="This note has been corrected already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_step_on", None), models.Q(("next_step", ""), _negated=True), _connector="OR"
                        ),
                        name="dated_next_steps_say_what",
                        violation_error_code="next_step",
                        violation_error_message="Say what the next step is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_step_on", None), ("next_step_on__gte", models.F("happened_on")), _connector="OR"
                        ),
                        name="next_step_after_the_note",
                        violation_error_code="next_step_on",
                        violation_error_message="The next step lies before the day of the note.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visibility", "shared"),
                            models.Q(("acknowledged_at", None), ("answer", "")),
                            _connector="OR",
                        ),
                        name="only_shared_notes_are_answered",
                        violation_error_code="answer",
                        violation_error_message="Only a note shared with the trainee can be answered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CarriedStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="mentorship.guidancenote",
                        verbose_name="guidance note",
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_steps",
                        to="mentorship.pairing",
                        verbose_name="pairing",
                    ),
                ),
            ],
            options={
                "verbose_name": "next step carried over",
                "ordering": ("pairing", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pairing", "note"),
                        name="a_step_is_carried_once",
                        violation_error_message="This next step is carried over already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PairingGoal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "side",
                    models.CharField(
                        choices=[("mentor", "Mentor"), ("trainee", "Mentee"), ("both", "Both")],
                        max_length=16,
                        verbose_name="whose",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="goal")),
                ("is_agreed", models.BooleanField(default=False, editable=False, verbose_name="signed")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Not begun"), ("under_way", "Under way"), ("reached", "Reached")],
                        default="open",
                        max_length=16,
                        verbose_name="progress",
                    ),
                ),
                ("progress", models.CharField(blank=True, max_length=200, verbose_name="how it stands")),
                ("progressed_on", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="mentorship.pairing",
                        verbose_name="pairing",
                    ),
                ),
            ],
            options={
                "verbose_name": "goal of a pairing",
                "ordering": ("pairing", "position", "pk"),
                "indexes": [models.Index(fields=["pairing", "position", "id"], name="goal_of_pairing")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("progressed_on__isnull", False), _connector="OR"),
                        name="progress_has_a_day",
                        violation_error_code="progressed_on",
                        violation_error_message="Say as of which day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("side", "both"), _negated=True), ("state", "open"), _connector="OR"
                        ),
                        name="rules_of_both_are_not_reached",
                        violation_error_code="state",
                        violation_error_message="What both keep to is not reached at some time: it holds throughout.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PairingReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("period_from", models.DateField(verbose_name="from")),
                ("period_until", models.DateField(verbose_name="until")),
                ("is_final", models.BooleanField(default=False, verbose_name="final review")),
                ("mentor_text", models.TextField(blank=True, max_length=1000, verbose_name="mentor's part")),
                (
                    "mentor_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="mentor's part given at"),
                ),
                ("trainee_text", models.TextField(blank=True, max_length=1000, verbose_name="mentee's part")),
                (
                    "trainee_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="mentee's part given at"),
                ),
                (
                    "conclusion",
                    models.TextField(blank=True, max_length=1000, verbose_name="conclusion of the department"),
                ),
                (
                    "concluded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="concluded at"),
                ),
                (
                    "returned_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mentor", "Mentor"),
                            ("trainee", "Mentee"),
                            ("both", "Both"),
                            ("department", "Department"),
                        ],
                        max_length=16,
                        verbose_name="returned to",
                    ),
                ),
                (
                    "returned_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="to be completed because"),
                ),
                (
                    "signed_off_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="signed off at"),
                ),
                (
                    "concluded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="concluded by",
                    ),
                ),
                (
                    "mentor_entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="mentor's part entered by",
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="mentorship.pairing",
                        verbose_name="pairing",
                    ),
                ),
                (
                    "signed_off_by",
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
                    "trainee_entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="mentee's part entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "pairing review",
                "ordering": ("pairing", "-period_until"),
                "indexes": [
                    models.Index(fields=["pairing", "-period_until", "id"], name="review_of_pairing"),
                    models.Index(
                        condition=models.Q(("voided_at", None)), fields=["period_until", "id"], name="review_by_day"
                    ),
                    models.Index(
                        condition=models.Q(("voided_at", None)), fields=["signed_off_at"], name="review_by_sign_off"
                    ),
                    models.Index(
                        condition=models.Q(("signed_off_at", None), ("voided_at", None)),
                        fields=["period_until", "id"],
                        name="review_by_due_day",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("signed_off_at", None), ("voided_at", None)),
                        fields=("pairing",),
                        name="one_open_review_per_pairing",
                        violation_error_message="A review of this pairing is open already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("pairing", "period_from"),
                        name="one_review_per_period",
                        violation_error_message="This period has its review already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_until__gte", models.F("period_from"))),
                        name="review_period_in_order",
                        violation_error_code="period_until",
                        violation_error_message="The last day of the period lies before its first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mentor_at", None), ("mentor_text", "")),
                            models.Q(("mentor_at__isnull", False), models.Q(("mentor_text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="mentors_part_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trainee_at", None), ("trainee_text", "")),
                            models.Q(("trainee_at__isnull", False), models.Q(("trainee_text", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="trainees_part_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concluded_at", None), ("conclusion", "")),
                            models.Q(("concluded_at__isnull", False), models.Q(("conclusion", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="conclusion_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("concluded_at", None),
                            models.Q(("mentor_at__isnull", False), ("trainee_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="conclusions_follow_both_parts",
                        violation_error_code="conclusion",
                        violation_error_message="The conclusion follows the parts of mentor and mentee.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_off_at", None), ("signed_off_by", None)),
                            models.Q(
                                ("concluded_at__isnull", False),
                                ("signed_off_at__isnull", False),
                                ("signed_off_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="only_concluded_reviews_are_signed_off",
                        violation_error_message="A review is signed off after its conclusion.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_off_by", None),
                            ("concluded_by", None),
                            models.Q(("signed_off_by", models.F("concluded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_signs_off_the_own_conclusion",
                        violation_error_message="Whoever wrote the conclusion does not sign it off.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_reason", ""), ("returned_to", "")),
                            models.Q(
                                models.Q(("returned_to", ""), _negated=True),
                                models.Q(("returned_reason", ""), _negated=True),
                                ("signed_off_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="returned_reviews_say_why",
                        violation_error_code="returned_reason",
                        violation_error_message="Say what is to be completed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalRemark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Not begun"), ("under_way", "Under way"), ("reached", "Reached")],
                        max_length=16,
                        verbose_name="progress",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="how it stands")),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="mentorship.pairinggoal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="mentorship.pairingreview",
                        verbose_name="pairing review",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on a goal",
                "ordering": ("review", "goal__position"),
                "constraints": [models.UniqueConstraint(fields=("review", "goal"), name="one_remark_per_goal")],
            },
        ),
        migrations.CreateModel(
            name="MentorReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "half",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "First half"), (2, "Second half")], verbose_name="half-year"
                    ),
                ),
                ("first_day", models.DateField(editable=False, verbose_name="from")),
                ("last_day", models.DateField(editable=False, verbose_name="until")),
                ("generated", models.TextField(max_length=20000, verbose_name="generated text")),
                ("generated_at", models.DateTimeField(editable=False, verbose_name="generated at")),
                ("text", models.TextField(max_length=20000, verbose_name="text")),
                (
                    "previous_text",
                    models.TextField(blank=True, max_length=20000, verbose_name="text before it was generated anew"),
                ),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentor_reports",
                        to="people.person",
                        verbose_name="mentor",
                    ),
                ),
            ],
            options={
                "verbose_name": "mentor's half-year report",
                "ordering": ("mentor", "-first_day"),
                "indexes": [
                    models.Index(fields=["mentor", "-first_day", "id"], name="report_of_mentor"),
                    models.Index(fields=["first_day", "id"], name="report_by_half"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("mentor", "year", "half"),
                        name="one_report_per_half_year",
                        violation_error_code="half",
                        violation_error_message="The report of this half-year is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half__in", [1, 2]), ("year__gte", 2000), ("year__lte", 2100)),
                        name="reports_are_of_half_years",
                        violation_error_code="half",
                        violation_error_message="Choose the first or the second half of a year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gt", models.F("first_day"))),
                        name="report_days_in_order",
                        violation_error_message="The last day of the period lies before its first.",
                    ),
                ],
            },
        ),
    ]
