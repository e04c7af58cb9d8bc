import cadre_app.core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("people", "0002_in_development"),
    ]

    operations = [
        migrations.CreateModel(
            name="TalkTrigger",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("routine", "Regular talk"),
                            ("arrival", "Talk on arrival"),
                            ("probation", "Talk at the end of probation"),
                            ("term_middle", "Talk in the middle of the village term"),
                            ("term_end", "Talk at the end of the village term"),
                            ("appointment", "Talk on appointment"),
                            ("new_post", "Talk on a change of post"),
                            ("assessment", "Talk on the annual assessment"),
                            ("commended", "Talk after an award"),
                            ("setback", "Talk after a setback at work"),
                            ("complaint", "Talk after residents spoke up (as a reminder)"),
                            ("family", "Talk after a serious change in the family"),
                            ("return", "Talk on return (from shadow training or leave)"),
                            ("request", "Talk that the person asked for"),
                            ("leaving", "Talk on leaving"),
                        ],
                        max_length=16,
                        verbose_name="occasion",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="happened on")),
                ("due_on", models.DateField(verbose_name="talk by")),
                ("subject", models.CharField(blank=True, max_length=100, verbose_name="what it is about")),
                (
                    "is_by_person",
                    models.BooleanField(default=False, editable=False, verbose_name="asked for by the person"),
                ),
                ("answered_on", models.DateField(blank=True, editable=False, null=True, verbose_name="answered on")),
                ("set_aside_on", models.DateField(blank=True, editable=False, null=True, verbose_name="set aside on")),
                (
                    "set_aside_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for setting it aside"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "post_record",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talk_trigger",
                        to="people.postrecord",
                        verbose_name="post and rank",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talk_triggers",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "occasion for a talk",
                "ordering": ("due_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_on", None), ("set_aside_on", None), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="talk_trigger_open",
                    ),
                    models.Index(fields=["trainee", "-happened_on"], name="talk_trigger_of_trainee"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "occasion__in",
                                (
                                    "new_post",
                                    "appointment",
                                    "commended",
                                    "setback",
                                    "complaint",
                                    "family",
                                    "assessment",
                                    "return",
                                    "request",
                                ),
                            )
                        ),
                        name="talk_trigger_occasions",
                        violation_error_code="occasion",
                        violation_error_message="This occasion does not call for a talk by itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("happened_on"))),
                        name="talk_trigger_due_after_it_happened",
                        violation_error_code="due_on",
                        violation_error_message="The talk cannot be due before the day of the occasion.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("occasion", "family"), _negated=True), ("subject", ""), _connector="OR"
                        ),
                        name="family_changes_are_not_described",
                        violation_error_code="subject",
                        violation_error_message="Of a serious change in the family only that is recorded. Leave this empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("set_aside_on", None), ("set_aside_reason", "")),
                            models.Q(
                                models.Q(("set_aside_on", None), _negated=True),
                                models.Q(("set_aside_reason", ""), _negated=True),
                                ("answered_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="talk_triggers_are_set_aside_with_a_reason",
                        violation_error_code="set_aside_reason",
                        violation_error_message="Say why no talk is held.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("answered_on", None), ("is_by_person", True), ("set_aside_on", None), ("voided_at", None)
                        ),
                        fields=("trainee",),
                        name="one_open_request_for_a_talk",
                        violation_error_message="A talk was asked for already. The organization department will arrange it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Talk",
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
                            ("routine", "Regular"),
                            ("reminder", "Reminder"),
                            ("care", "Care"),
                            ("appointment", "Appointment"),
                            ("feedback", "Feedback"),
                        ],
                        default="routine",
                        max_length=16,
                        verbose_name="kind of talk",
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("routine", "Regular talk"),
                            ("arrival", "Talk on arrival"),
                            ("probation", "Talk at the end of probation"),
                            ("term_middle", "Talk in the middle of the village term"),
                            ("term_end", "Talk at the end of the village term"),
                            ("appointment", "Talk on appointment"),
                            ("new_post", "Talk on a change of post"),
                            ("assessment", "Talk on the annual assessment"),
                            ("commended", "Talk after an award"),
                            ("setback", "Talk after a setback at work"),
                            ("complaint", "Talk after residents spoke up (as a reminder)"),
                            ("family", "Talk after a serious change in the family"),
                            ("return", "Talk on return (from shadow training or leave)"),
                            ("request", "Talk that the person asked for"),
                            ("leaving", "Talk on leaving"),
                        ],
                        default="routine",
                        max_length=16,
                        verbose_name="occasion",
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("adaptation", "Settling into role and post"),
                                ("thought", "Thoughts and theory study"),
                                ("village", "Work in the village and ties with residents"),
                                ("team", "Working with the leadership and colleagues"),
                                ("hard_tasks", "Conduct in urgent and difficult tasks"),
                                ("training", "Training needs"),
                                ("integrity", "Integrity and life after work"),
                                ("assessment", "Feedback on the annual assessment"),
                                ("strengths", "Strengths and shortcomings"),
                                ("stress", "Pressure at work and mood"),
                                ("living", "Lodging, transport, canteen"),
                                ("family", "Family and marriage"),
                                ("plans", "Long-term plans and service period"),
                                ("next_post", "Wishes after the term"),
                                ("opinions", "Opinions on the work of the organization"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="topics",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("booked", "Booked"),
                            ("held", "Held"),
                            ("follow_up", "Follow-up due"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("booked_at", models.DateTimeField(blank=True, null=True, verbose_name="time")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                (
                    "content",
                    cadre_app.core.fields.EncryptedTextField(
                        blank=True, verbose_name="content of the talk (restricted)"
                    ),
                ),
                (
                    "response",
                    cadre_app.core.fields.EncryptedTextField(
                        blank=True, verbose_name="what the person said to it (restricted)"
                    ),
                ),
                (
                    "has_texts",
                    models.BooleanField(default=False, editable=False, verbose_name="restricted text was recorded"),
                ),
                (
                    "follow_up_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="return visit by"),
                ),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed on")),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for cancelling")),
                (
                    "interviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks_held",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="interviewer",
                    ),
                ),
                (
                    "readers",
                    models.ManyToManyField(
                        blank=True, related_name="talks_to_read", to=settings.AUTH_USER_MODEL, verbose_name="readers"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks_recorded",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "trigger",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="care.talktrigger",
                        verbose_name="occasion that it answers",
                    ),
                ),
            ],
            options={
                "verbose_name": "talk",
                "ordering": ("-planned_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-held_on", "id"], name="talk_of_trainee"),
                    models.Index(fields=["planned_on", "id"], name="talk_by_day"),
                    models.Index(fields=["state", "planned_on", "id"], name="talk_by_state"),
                    models.Index(fields=["kind", "planned_on", "id"], name="talk_by_kind"),
                    models.Index(fields=["occasion", "planned_on", "id"], name="talk_by_occasion"),
                    models.Index(fields=["interviewer", "planned_on", "id"], name="talk_by_interviewer"),
                    models.Index(
                        condition=models.Q(("state", "follow_up"), ("voided_at", None)),
                        fields=["follow_up_on", "id"],
                        name="talk_by_follow_up",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("held", "follow_up", "closed")),
                                models.Q(("held_on", None), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("held", "follow_up", "closed")), _negated=True),
                                ("held_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="held_talks_have_a_day",
                        violation_error_code="held_on",
                        violation_error_message="Say on which day the talk was held.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "booked"), _negated=True),
                            models.Q(
                                models.Q(("booked_at", None), _negated=True),
                                models.Q(("interviewer", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="booked_talks_have_time_and_interviewer",
                        violation_error_code="interviewer",
                        violation_error_message="A talk is booked for a time, with an interviewer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("held", "follow_up", "closed")), _negated=True),
                            models.Q(("interviewer", None), _negated=True),
                            _connector="OR",
                        ),
                        name="held_talks_have_an_interviewer",
                        violation_error_code="interviewer",
                        violation_error_message="Say who held the talk.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                            _connector="OR",
                        ),
                        name="cancelled_talks_say_why",
                        violation_error_code="reason",
                        violation_error_message="Say why the talk is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("closed_on", None), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                            _connector="OR",
                        ),
                        name="closed_talks_have_a_day",
                        violation_error_message="A talk is closed on a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("text", models.CharField(max_length=200, verbose_name="problem")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_assign", "To be assigned"),
                            ("in_hand", "In hand"),
                            ("answered", "Answered"),
                            ("revisited", "Revisited"),
                            ("closed", "Closed"),
                            ("explained", "Explained"),
                        ],
                        default="to_assign",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("handling_unit", models.CharField(blank=True, max_length=60, verbose_name="handled by (unit)")),
                ("due_on", models.DateField(verbose_name="answer by")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("revisited_on", models.DateField(blank=True, null=True, verbose_name="return visit on")),
                (
                    "revisit_note",
                    models.CharField(blank=True, max_length=200, verbose_name="what the return visit found"),
                ),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed on")),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems_handled",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="followed up by",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="care.talk",
                        verbose_name="talk",
                    ),
                ),
            ],
            options={
                "verbose_name": "problem raised",
                "ordering": ("due_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("to_assign", "in_hand")), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="talk_problem_due",
                    ),
                    models.Index(fields=["state", "due_on", "id"], name="talk_problem_by_state"),
                    models.Index(fields=["due_on", "id"], name="talk_problem_by_day"),
                    models.Index(fields=["handler", "due_on", "id"], name="talk_problem_by_handler"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "to_assign"), models.Q(("handling_unit", ""), _negated=True), _connector="OR"
                        ),
                        name="problems_in_hand_have_a_unit",
                        violation_error_code="handling_unit",
                        violation_error_message="Say which unit takes care of it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("to_assign", "in_hand")),
                            models.Q(
                                models.Q(("answer", ""), _negated=True), models.Q(("answered_on", None), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="answered_problems_have_an_answer",
                        violation_error_code="answer",
                        violation_error_message="Write down the answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "revisited"), _negated=True),
                            models.Q(("revisited_on", None), _negated=True),
                            _connector="OR",
                        ),
                        name="revisited_problems_have_a_day",
                        violation_error_code="revisited_on",
                        violation_error_message="Say on which day the return visit was.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TalkPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "cadence_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="a talk every (months)"),
                ),
                ("months", models.PositiveSmallIntegerField(editable=False)),
                ("next_on", models.DateField(editable=False, verbose_name="next talk by")),
                ("last_on", models.DateField(blank=True, editable=False, null=True, verbose_name="last talk on")),
                ("paused_until", models.DateField(blank=True, null=True, verbose_name="paused until")),
                ("pause_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for the pause")),
                (
                    "trainee",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talk_plan",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "talk plan",
                "ordering": ("next_on", "id"),
                "indexes": [
                    models.Index(fields=["next_on", "id"], name="talk_plan_by_day"),
                    models.Index(fields=["last_on", "id"], name="talk_plan_by_last"),
                    models.Index(
                        condition=models.Q(("cadence_months", None)), fields=["months"], name="talk_plan_by_policy"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence_months", None), ("cadence_months__range", (1, 24)), _connector="OR"
                        ),
                        name="talk_cadence_within_bounds",
                        violation_error_code="cadence_months",
                        violation_error_message="A talk is planned every 1 to 24 months.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pause_reason", ""), ("paused_until", None)),
                            models.Q(
                                models.Q(("pause_reason", ""), _negated=True),
                                models.Q(("paused_until", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="paused_talk_plans_say_why",
                        violation_error_code="pause_reason",
                        violation_error_message="A pause has a last day and a reason.",
                    ),
                ],
            },
        ),
    ]
