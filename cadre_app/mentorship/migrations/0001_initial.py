import cadre_app.accounts.models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
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
                ("started_on", models.DateField(verbose_name="started on")),
                ("due_on", models.DateField(verbose_name="due to end on")),
                ("check_in_days", models.PositiveSmallIntegerField(verbose_name="days between check-ins")),
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
                ],
                "constraints": [
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
    ]
