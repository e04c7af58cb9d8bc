import cadre_app.core.grams
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("training", "0001_initial"),
        ("training", "0002_who_was_taken_off_and_what_is_told"),
        ("training", "0003_teachers_are_told"),
        ("training", "0004_texts_that_are_searched"),
        ("training", "0005_outside_courses_with_certificate"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("core", "0002_functions"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Camp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("reference_on", models.DateField(verbose_name="reference date")),
                (
                    "applied_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="grades given out on"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "camp",
                "ordering": ("-year",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("year",),
                        name="one_camp_per_year",
                        violation_error_code="year",
                        violation_error_message="This year has its camp already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderRound",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="closes on")),
                ("most", models.PositiveSmallIntegerField(verbose_name="courses per person at most")),
                (
                    "for_advanced_only",
                    models.BooleanField(default=True, verbose_name="for the Qingzhu advanced plan only"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark for those who order")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed early at"),
                ),
            ],
            options={
                "verbose_name": "order round",
                "ordering": ("-opens_on", "id"),
                "indexes": [models.Index(fields=["closes_on", "id"], name="round_by_last_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="round_closes_after_opening",
                        violation_error_code="closes_on",
                        violation_error_message="The round closes before it opens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most__gte", 1), ("most__lte", 20)),
                        name="round_takes_orders",
                        violation_error_code="most",
                        violation_error_message="One person orders 1 to 20 courses.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideCourse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=80, verbose_name="course")),
                ("organiser", models.CharField(max_length=60, verbose_name="organiser")),
                ("started_on", models.DateField(verbose_name="first day")),
                ("ended_on", models.DateField(verbose_name="last day")),
                ("hours", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="training hours")),
                (
                    "mode",
                    models.CharField(
                        choices=[("classroom", "Classroom"), ("online", "Online")],
                        default="classroom",
                        max_length=16,
                        verbose_name="classroom or online",
                    ),
                ),
                (
                    "course_format",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lecture", "Lecture"),
                            ("seminar", "Seminar"),
                            ("case", "Case study"),
                            ("exercise", "Sand-table exercise"),
                            ("expert_talk", "Expert talk"),
                            ("practice", "Practice"),
                            ("outdoor", "Outdoor"),
                            ("self_study", "Self-study online"),
                        ],
                        max_length=16,
                        verbose_name="form of the course",
                    ),
                ),
                ("certificate_number", models.CharField(blank=True, max_length=60, verbose_name="certificate number")),
                ("is_induction", models.BooleanField(default=False, verbose_name="induction training")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "To be verified"),
                            ("returned", "Returned for completion"),
                            ("verified", "Verified"),
                        ],
                        default="submitted",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("submitted_on", models.DateField(editable=False, verbose_name="submitted on")),
                ("return_reason", models.CharField(blank=True, max_length=200, verbose_name="to be completed because")),
                ("verified_on", models.DateField(blank=True, editable=False, null=True, verbose_name="verified on")),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_courses",
                        to="people.trainee",
                        verbose_name="growth file",
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
                        verbose_name="verified by",
                    ),
                ),
            ],
            options={
                "verbose_name": "outside course",
                "ordering": ("-ended_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-ended_on", "id"], name="outside_of_trainee"),
                    models.Index(fields=["state", "submitted_on", "id"], name="outside_by_state"),
                    models.Index(fields=["ended_on", "id"], name="outside_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", Decimal("0.5")), ("hours__lte", Decimal("200"))),
                        name="outside_hours_are_sane",
                        violation_error_code="hours",
                        violation_error_message="Training hours of a course are 0.5 to 200.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__gte", models.F("started_on"))),
                        name="outside_ends_after_start",
                        violation_error_code="ended_on",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("return_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="returned_courses_say_why",
                        violation_error_code="return_reason",
                        violation_error_message="Say what is to be completed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "verified"), ("verified_on__isnull", False)),
                            models.Q(models.Q(("state", "verified"), _negated=True), ("verified_on", None)),
                            _connector="OR",
                        ),
                        name="verified_courses_have_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=40, verbose_name="scenario")),
                ("background", models.TextField(max_length=500, verbose_name="background")),
                ("task", models.TextField(max_length=500, verbose_name="task")),
                ("is_offered", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "sand-table scenario",
                "ordering": ("title",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("title",),
                        name="one_scenario_per_title",
                        violation_error_code="title",
                        violation_error_message="There is a scenario of this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Teacher",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("name", models.CharField(max_length=40, verbose_name="full name")),
                ("affiliation", models.CharField(max_length=60, verbose_name="unit")),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="post or title")),
                ("is_outside", models.BooleanField(default=False, verbose_name="invited from outside")),
                ("is_active", models.BooleanField(default=True, verbose_name="gives courses")),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teacher",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "teacher",
                "ordering": ("name", "id"),
                "indexes": [models.Index(fields=["name", "id"], name="teacher_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("name", "affiliation"),
                        name="one_teacher_per_name_and_unit",
                        violation_error_code="name",
                        violation_error_message="This teacher is in the list already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=80, verbose_name="course")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("farm_policy", "Farm policy and law"),
                            ("organisation", "Grassroots organisation"),
                            ("rural_methods", "Rural work methods"),
                            ("sand_table", "Emergency sand-table exercise"),
                            ("writing", "Expert talk on official writing"),
                            ("outdoor", "Outdoor contest"),
                            ("induction", "Induction"),
                        ],
                        max_length=16,
                        verbose_name="kind of course",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="topic")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("lecture", "Lecture"),
                            ("seminar", "Seminar"),
                            ("case", "Case study"),
                            ("exercise", "Sand-table exercise"),
                            ("expert_talk", "Expert talk"),
                            ("practice", "Practice"),
                            ("outdoor", "Outdoor"),
                            ("self_study", "Self-study online"),
                        ],
                        default="lecture",
                        max_length=16,
                        verbose_name="format",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("classroom", "Classroom"), ("online", "Online")],
                        default="classroom",
                        max_length=16,
                        verbose_name="classroom or online",
                    ),
                ),
                ("hours", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="training hours")),
                (
                    "assessment",
                    models.CharField(
                        choices=[("none", "Without a test"), ("pass", "Pass or not"), ("marks", "Marks")],
                        default="none",
                        max_length=8,
                        verbose_name="test",
                    ),
                ),
                (
                    "grades",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="for grades",
                    ),
                ),
                ("for_advanced", models.BooleanField(default=False, verbose_name="for the Qingzhu advanced plan")),
                ("posts", models.CharField(blank=True, max_length=100, verbose_name="for posts")),
                ("outline", models.TextField(blank=True, max_length=1000, verbose_name="outline")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "teachers",
                    models.ManyToManyField(
                        blank=True, related_name="courses", to="training.teacher", verbose_name="teachers"
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
                "ordering": ("kind", "title"),
                "indexes": [
                    models.Index(fields=["kind", "title", "id"], name="course_by_kind"),
                    models.Index(fields=["title", "id"], name="course_by_title"),
                    models.Index(fields=["format", "title", "id"], name="course_by_format"),
                    models.Index(fields=["mode", "title", "id"], name="course_by_mode"),
                    models.Index(fields=["hours", "id"], name="course_by_hours"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("kind", "title"),
                        name="one_course_per_title_and_kind",
                        violation_error_code="title",
                        violation_error_message="The catalogue has a course of this name and kind already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", Decimal("0.5")), ("hours__lte", Decimal("200"))),
                        name="course_hours_are_sane",
                        violation_error_code="hours",
                        violation_error_message="Training hours of a course are 0.5 to 200.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseSession",
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
                            ("farm_policy", "Farm policy and law"),
                            ("organisation", "Grassroots organisation"),
                            ("rural_methods", "Rural work methods"),
                            ("sand_table", "Emergency sand-table exercise"),
                            ("writing", "Expert talk on official writing"),
                            ("outdoor", "Outdoor contest"),
                            ("induction", "Induction"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="kind of course",
                    ),
                ),
                (
                    "assessment",
                    models.CharField(
                        choices=[("none", "Without a test"), ("pass", "Pass or not"), ("marks", "Marks")],
                        editable=False,
                        max_length=8,
                        verbose_name="test",
                    ),
                ),
                (
                    "programme",
                    models.CharField(
                        choices=[
                            ("camp", "Setting Sail youth camp"),
                            ("advanced", "Qingzhu advanced plan"),
                            ("induction", "Induction training"),
                            ("other", "Other training"),
                        ],
                        default="other",
                        max_length=16,
                        verbose_name="programme",
                    ),
                ),
                (
                    "grades",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="for grades",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="place")),
                ("capacity", models.PositiveSmallIntegerField(verbose_name="places")),
                ("hours", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="training hours")),
                (
                    "mode",
                    models.CharField(
                        choices=[("classroom", "Classroom"), ("online", "Online")],
                        default="classroom",
                        max_length=16,
                        verbose_name="classroom or online",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("open", "Open"),
                            ("finished", "Finished"),
                            ("posted", "Hours posted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(editable=False, verbose_name="first day")),
                ("ends_on", models.DateField(editable=False, verbose_name="last day")),
                ("enrolled", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="on the roster")),
                ("is_on_demand", models.BooleanField(default=False, editable=False, verbose_name="opened from orders")),
                ("takes_sign_ups", models.BooleanField(default=False, verbose_name="people sign up themselves")),
                ("uses_code", models.BooleanField(default=False, verbose_name="attendance also by code")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="to be brought or prepared")),
                (
                    "moved_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="time or place changed on"),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for cancelling")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="finished at"),
                ),
                (
                    "posted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="hours posted at"),
                ),
                (
                    "camp",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.camp",
                        verbose_name="camp",
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.course",
                        verbose_name="course",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.teacher",
                        verbose_name="teacher",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "ordering": ("-starts_on", "id"),
                "indexes": [
                    models.Index(fields=["starts_on", "id"], name="session_by_day"),
                    models.Index(fields=["course", "starts_on", "id"], name="session_of_course"),
                    models.Index(fields=["state", "starts_on", "id"], name="session_by_state"),
                    models.Index(fields=["programme", "starts_on", "id"], name="session_by_programme"),
                    models.Index(fields=["kind", "starts_on", "id"], name="session_by_kind"),
                    models.Index(fields=["teacher", "starts_on", "id"], name="session_of_teacher"),
                    models.Index(
                        condition=models.Q(("state__in", ("planned", "open")), ("voided_at", None)),
                        fields=["ends_on", "id"],
                        name="session_to_be_finished",
                    ),
                    models.Index(
                        condition=models.Q(("is_on_demand", True)), fields=["starts_on", "id"], name="session_on_demand"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", Decimal("0.5")), ("hours__lte", Decimal("200"))),
                        name="session_hours_are_sane",
                        violation_error_code="hours",
                        violation_error_message="Training hours of a session are 0.5 to 200.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gte", 1), ("capacity__lte", 2000)),
                        name="session_has_places",
                        violation_error_code="capacity",
                        violation_error_message="A session has 1 to 2,000 places.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enrolled__lte", models.F("capacity"))),
                        name="session_holds_its_capacity",
                        violation_error_code="capacity",
                        violation_error_message="More people are on the roster than there would be places.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="session_ends_after_start",
                        violation_error_code="ends_on",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                            _connector="OR",
                        ),
                        name="cancelled_sessions_say_why",
                        violation_error_code="cancel_reason",
                        violation_error_message="Say why the session is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "posted"), ("posted_at__isnull", False)),
                            models.Q(models.Q(("state", "posted"), _negated=True), ("posted_at", None)),
                            _connector="OR",
                        ),
                        name="posted_sessions_have_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassMeeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("held_on", models.DateField(verbose_name="day")),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="until")),
                ("hours", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="training hours")),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Empty: the place of the session.", max_length=80, verbose_name="place"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="attendance recorded at"),
                ),
                (
                    "code_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="code accepted until"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="training.coursesession",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "class",
                "ordering": ("held_on", "starts_at", "id"),
                "indexes": [
                    models.Index(fields=["held_on", "starts_at", "id"], name="class_by_day"),
                    models.Index(
                        condition=models.Q(("recorded_at", None), ("voided_at", None)),
                        fields=["held_on", "id"],
                        name="class_to_be_recorded",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("session", "held_on", "starts_at"),
                        name="one_class_at_a_time",
                        violation_error_code="starts_at",
                        violation_error_message="The session has a class at this time already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="class_ends_after_start",
                        violation_error_code="ends_at",
                        violation_error_message="The class ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", Decimal("0.5")), ("hours__lte", Decimal("200"))),
                        name="class_hours_are_sane",
                        violation_error_code="hours",
                        violation_error_message="Training hours of a class are 0.5 to 200.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackSheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "content",
                    models.PositiveSmallIntegerField(
                        choices=[(4, "Very good"), (3, "Good"), (2, "Fair"), (1, "Poor")], verbose_name="content"
                    ),
                ),
                (
                    "teaching",
                    models.PositiveSmallIntegerField(
                        choices=[(4, "Very good"), (3, "Good"), (2, "Fair"), (1, "Poor")], verbose_name="teaching"
                    ),
                ),
                (
                    "usefulness",
                    models.PositiveSmallIntegerField(
                        choices=[(4, "Very good"), (3, "Good"), (2, "Fair"), (1, "Poor")],
                        verbose_name="use for the work",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="suggestions")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="training.coursesession",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback sheet",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["session", "id"], name="sheet_of_session")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content__in", [4, 3, 2, 1]),
                            ("teaching__in", [4, 3, 2, 1]),
                            ("usefulness__in", [4, 3, 2, 1]),
                        ),
                        name="sheet_ratings_are_options",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                            ("farm_policy", "Farm policy and law"),
                            ("organisation", "Grassroots organisation"),
                            ("rural_methods", "Rural work methods"),
                            ("sand_table", "Emergency sand-table exercise"),
                            ("writing", "Expert talk on official writing"),
                            ("outdoor", "Outdoor contest"),
                            ("induction", "Induction"),
                        ],
                        max_length=16,
                        verbose_name="kind of course",
                    ),
                ),
                ("wish", models.CharField(blank=True, max_length=200, verbose_name="wish in own words")),
                ("priority", models.PositiveSmallIntegerField(default=1, verbose_name="priority")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Submitted"),
                            ("waiting", "Waiting"),
                            ("scheduled", "Scheduled"),
                            ("served", "Served"),
                            ("withdrawn", "Withdrawn"),
                            ("answered", "Answered"),
                        ],
                        default="open",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("ordered_on", models.DateField(editable=False, verbose_name="ordered on")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed on")),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="training.course",
                        verbose_name="course",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="training.orderround",
                        verbose_name="order round",
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "ordering": ("trainee", "round", "priority"),
                "indexes": [
                    models.Index(fields=["state", "course", "ordered_on", "id"], name="order_by_course"),
                    models.Index(fields=["trainee", "-ordered_on", "id"], name="order_of_trainee"),
                    models.Index(fields=["round", "state", "id"], name="order_of_round"),
                    models.Index(fields=["ordered_on", "id"], name="order_by_day"),
                    models.Index(fields=["kind", "ordered_on", "id"], name="order_by_kind"),
                    models.Index(
                        condition=models.Q(("state", "answered"), ("voided_at", None)),
                        fields=["closed_on", "id"],
                        name="order_answered_by_day",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "waiting", "scheduled")), ("voided_at", None)),
                        fields=("trainee", "course"),
                        name="one_live_order_per_course",
                        violation_error_code="course",
                        violation_error_message="This course is ordered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("course__isnull", False), models.Q(("wish", ""), _negated=True), _connector="OR"
                        ),
                        name="orders_name_a_course_or_a_wish",
                        violation_error_code="wish",
                        violation_error_message="Choose a course, or say what should be taught.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__gte", 1), ("priority__lte", 20)),
                        name="order_priority_is_sane",
                        violation_error_code="priority",
                        violation_error_message="Priorities are 1 to 20.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answered_orders_have_an_answer",
                        violation_error_code="answer",
                        violation_error_message="Write the answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", False), ("state__in", ("served", "withdrawn", "answered"))),
                            models.Q(("closed_on", None), ("state__in", ("open", "waiting", "scheduled"))),
                            _connector="OR",
                        ),
                        name="closed_orders_have_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("staff", "Put on by the department"),
                            ("order", "From an order"),
                            ("sign_up", "Signed up"),
                            ("camp", "Camp grade"),
                        ],
                        default="staff",
                        editable=False,
                        max_length=16,
                        verbose_name="origin",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("enrolled", "On the roster"), ("waiting", "Waiting"), ("declined", "Declined")],
                        default="enrolled",
                        max_length=16,
                        verbose_name="place on the roster",
                    ),
                ),
                ("placed_at", models.DateTimeField(editable=False, verbose_name="in this place since")),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="took note at")),
                ("decline_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for declining")),
                (
                    "is_kept_off",
                    models.BooleanField(default=False, editable=False, verbose_name="taken off by the department"),
                ),
                (
                    "missed_hours",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal("0"),
                        editable=False,
                        max_digits=5,
                        verbose_name="hours missed",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("completed", "Completed"), ("withdrawn", "Withdrawn"), ("absent", "Did not attend")],
                        editable=False,
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "Passed"), ("failed", "Not passed")],
                        max_length=8,
                        verbose_name="result",
                    ),
                ),
                (
                    "marks",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="marks"),
                ),
                (
                    "result_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="result recorded on"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="training.coursesession",
                        verbose_name="session",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="training.order",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "place on a roster",
                "ordering": ("session", "placed_at", "id"),
                "indexes": [
                    models.Index(fields=["session", "place", "placed_at", "id"], name="enrolment_of_session"),
                    models.Index(fields=["trainee", "session"], name="enrolment_of_trainee"),
                    models.Index(
                        condition=models.Q(("outcome", "completed"), ("result", ""), ("voided_at", None)),
                        fields=["session", "id"],
                        name="enrolment_without_result",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("session", "trainee"),
                        name="one_place_per_person",
                        violation_error_code="trainee",
                        violation_error_message="This person is on the roster already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", "declined"), _negated=True),
                            models.Q(("decline_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="declined_places_say_why",
                        violation_error_code="decline_reason",
                        violation_error_message="Say why, in a few words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), ("place", "enrolled"), _connector="OR"),
                        name="outcomes_are_of_the_roster",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("marks", None),
                            models.Q(("marks__gte", 0), ("marks__lte", Decimal("100"))),
                            _connector="OR",
                        ),
                        name="marks_are_0_to_100",
                        violation_error_code="marks",
                        violation_error_message="Marks are 0 to 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", ""), ("result_on", None)),
                            models.Q(models.Q(("result", ""), _negated=True), ("result_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="results_have_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("missed_hours__gte", 0)), name="missed_hours_are_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackReceipt",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="receipt",
                        serialize=False,
                        to="training.enrolment",
                        verbose_name="place on a roster",
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback receipt",
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("late", "Late"),
                            ("left_early", "Left early"),
                            ("excused", "Excused"),
                            ("absent", "Absent"),
                        ],
                        max_length=16,
                        verbose_name="attendance",
                    ),
                ),
                (
                    "missed_hours",
                    models.DecimalField(
                        decimal_places=1, default=Decimal("0"), max_digits=5, verbose_name="hours missed"
                    ),
                ),
                (
                    "recorded_by",
                    models.CharField(
                        choices=[("list", "List"), ("code", "Code on the screen"), ("import", "Import")],
                        default="list",
                        editable=False,
                        max_length=8,
                        verbose_name="recorded by",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                (
                    "meeting",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="training.classmeeting",
                        verbose_name="class",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="training.enrolment",
                        verbose_name="place on a roster",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "ordering": ("meeting", "id"),
                "indexes": [models.Index(fields=["enrolment", "meeting"], name="attendance_of_enrolment")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("meeting", "enrolment"),
                        name="one_attendance_per_class",
                        violation_error_message="The attendance of this person is recorded already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("missed_hours__gt", 0), ("presence__in", ("excused", "absent"))),
                            models.Q(("missed_hours", 0), ("presence", "present")),
                            models.Q(("missed_hours__gte", 0), ("presence__in", ("present", "late", "left_early"))),
                            _connector="OR",
                        ),
                        name="missed_hours_fit_the_attendance",
                        violation_error_code="missed_hours",
                        violation_error_message="These hours missed do not fit the attendance.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExerciseRecord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("group", models.CharField(max_length=40, verbose_name="group")),
                ("decisions", models.TextField(max_length=1000, verbose_name="what the group decided")),
                ("remarks", models.TextField(blank=True, max_length=1000, verbose_name="what the teacher said to it")),
                (
                    "members",
                    models.ManyToManyField(
                        related_name="exercises", to="training.enrolment", verbose_name="members of the group"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exercises",
                        to="training.coursesession",
                        verbose_name="session",
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exercises",
                        to="training.scenario",
                        verbose_name="sand-table scenario",
                    ),
                ),
            ],
            options={
                "verbose_name": "sand-table record",
                "ordering": ("session", "group"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("session", "scenario", "group"),
                        name="one_record_per_scenario_and_group",
                        violation_error_code="group",
                        violation_error_message="This group has a record of this scenario already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeachingNews",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16, verbose_name="event")),
                ("told_on", models.DateField(verbose_name="to be told since")),
                ("was_on", models.DateField(null=True, verbose_name="day before the change")),
                ("was_at", models.TimeField(null=True, verbose_name="time before the change")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="overtaken at")),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="training.classmeeting",
                        verbose_name="class",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teaching_news",
                        to="training.coursesession",
                        verbose_name="session",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="training.teacher",
                        verbose_name="teacher",
                    ),
                ),
            ],
            options={
                "verbose_name": "news of teaching",
                "ordering": ("told_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["told_on", "id"],
                        name="teaching_news_to_be_told",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitRoute",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=40, verbose_name="title")),
                (
                    "sites",
                    models.TextField(
                        help_text="One in a line, in the order of the day.", max_length=600, verbose_name="sites"
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="topic of the symposium")),
                ("is_offered", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "route of study visits",
                "ordering": ("title",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("title",),
                        name="one_route_per_title",
                        violation_error_code="title",
                        violation_error_message="There is a route of this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyVisit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("visited_on", models.DateField(verbose_name="day")),
                ("meets_at", models.CharField(blank=True, max_length=80, verbose_name="meeting point and time")),
                (
                    "sites",
                    models.TextField(
                        help_text="One in a line, in the order of the day.", max_length=600, verbose_name="sites"
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="topic of the symposium")),
                ("symposium_place", models.CharField(blank=True, max_length=80, verbose_name="place of the symposium")),
                ("summary", models.TextField(blank=True, max_length=1000, verbose_name="what came of it")),
                (
                    "hours",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="training hours"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("posted", "Hours posted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for cancelling")),
                (
                    "route",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="training.visitroute",
                        verbose_name="route",
                    ),
                ),
            ],
            options={
                "verbose_name": "study visit",
                "ordering": ("-visited_on", "id"),
                "indexes": [
                    models.Index(fields=["visited_on", "id"], name="visit_by_day"),
                    models.Index(fields=["state", "visited_on", "id"], name="visit_by_state"),
                    models.Index(fields=["route", "visited_on", "id"], name="visit_of_route"),
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(
                            django.db.models.functions.text.Concat(
                                models.F("title"),
                                models.Value("\n"),
                                models.F("topic"),
                                models.Value("\n"),
                                models.F("sites"),
                                models.Value("\n"),
                                models.F("summary"),
                                output_field=models.TextField(),
                            )
                        ),
                        condition=models.Q(("voided_at", None)),
                        gin_pending_list_limit=512,
                        name="visit_grams",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours", None),
                            models.Q(("hours__gte", Decimal("0.5")), ("hours__lte", Decimal("200"))),
                            _connector="OR",
                        ),
                        name="visit_hours_are_sane",
                        violation_error_code="hours",
                        violation_error_message="Training hours of a study visit are 0.5 to 200.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                            _connector="OR",
                        ),
                        name="cancelled_visits_say_why",
                        violation_error_code="cancel_reason",
                        violation_error_message="Say why the study visit is cancelled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "presence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("present", "Present"),
                            ("late", "Late"),
                            ("left_early", "Left early"),
                            ("excused", "Excused"),
                            ("absent", "Absent"),
                        ],
                        max_length=16,
                        verbose_name="attendance",
                    ),
                ),
                ("at_symposium", models.BooleanField(default=False, verbose_name="at the symposium")),
                ("remarks", models.CharField(blank=True, max_length=300, verbose_name="remarks at the symposium")),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="took note at")),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_memberships",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="training.studyvisit",
                        verbose_name="study visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant of a study visit",
                "ordering": ("visit", "trainee__stroke_key"),
                "indexes": [
                    models.Index(fields=["visit", "trainee"], name="visit_member_of_visit"),
                    models.Index(fields=["trainee", "visit"], name="visit_member_of_trainee"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("visit", "trainee"),
                        name="one_place_per_visit",
                        violation_error_code="trainee",
                        violation_error_message="This person is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presence__in", ("excused", "absent")), _negated=True),
                            models.Q(("at_symposium", False), ("remarks", "")),
                            _connector="OR",
                        ),
                        name="who_was_not_there_said_nothing",
                        violation_error_code="remarks",
                        violation_error_message="Whoever was not there has no remarks.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceNews",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "Has a place"),
                            ("waiting", "Waits for a place"),
                            ("moved_up", "Moved up"),
                            ("class_added", "Class added"),
                            ("class_moved", "Class moved"),
                            ("class_dropped", "Class taken out"),
                            ("moved", "Time or place changed"),
                            ("mode", "Classroom or online changed"),
                            ("note", "To be brought or prepared changed"),
                            ("cancelled", "Cancelled"),
                            ("taken_up", "Held after all"),
                            ("taken_off", "Taken off the list"),
                        ],
                        max_length=16,
                        verbose_name="event",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="to be told since")),
                ("was_on", models.DateField(null=True, verbose_name="day before the change")),
                ("was_at", models.TimeField(null=True, verbose_name="time before the change")),
                ("was_place", models.CharField(blank=True, max_length=80, verbose_name="place before the change")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="taken note of or overtaken at")),
                (
                    "enrolment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="training.enrolment",
                        verbose_name="place on a roster",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="training.classmeeting",
                        verbose_name="class",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="training.visitmember",
                        verbose_name="participant of a study visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "news of a place",
                "ordering": ("told_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["told_on", "id"], name="news_to_be_told"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enrolment", None), ("member__isnull", False)),
                            models.Q(("enrolment__isnull", False), ("member", None)),
                            _connector="OR",
                        ),
                        name="news_are_of_one_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HoursEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("earned_on", models.DateField(verbose_name="earned on")),
                ("hours", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="training hours")),
                (
                    "mode",
                    models.CharField(
                        choices=[("classroom", "Classroom"), ("online", "Online")],
                        max_length=16,
                        verbose_name="classroom or online",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("session", "Session"), ("outside", "Outside course"), ("visit", "Study visit")],
                        max_length=16,
                        verbose_name="source",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours_entries",
                        to="training.enrolment",
                        verbose_name="session",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours_entries",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "outside",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours_entries",
                        to="training.outsidecourse",
                        verbose_name="outside course",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hours_entries",
                        to="training.visitmember",
                        verbose_name="study visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "training hours",
                "ordering": ("-earned_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-earned_on", "id"], name="hours_of_trainee"),
                    models.Index(
                        condition=models.Q(("voided_at", None)),
                        fields=["earned_on", "trainee"],
                        include=("hours", "mode"),
                        name="hours_by_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", Decimal("0.5")), ("hours__lte", Decimal("200"))),
                        name="earned_hours_are_sane",
                        violation_error_code="hours",
                        violation_error_message="Training hours are 0.5 to 200.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("enrolment__isnull", False), ("outside", None), ("source", "session"), ("visit", None)
                            ),
                            models.Q(
                                ("enrolment", None), ("outside__isnull", False), ("source", "outside"), ("visit", None)
                            ),
                            models.Q(
                                ("enrolment", None), ("outside", None), ("source", "visit"), ("visit__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="hours_come_from_one_record",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("enrolment",),
                        name="one_hours_entry_per_enrolment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("outside",),
                        name="one_hours_entry_per_outside_course",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)), fields=("visit",), name="one_hours_entry_per_visit"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        editable=False, verbose_name="months of service on the reference date"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("after_reference", "Grade 1, reported after the reference date"),
                            ("first_grade", "Grade 1 by service"),
                            ("second_grade", "Grade 2 by service"),
                            ("third_grade", "Grade 3 by service"),
                        ],
                        editable=False,
                        max_length=24,
                        verbose_name="rule",
                    ),
                ),
                ("joined_on", models.DateField(verbose_name="joined on")),
                ("is_late", models.BooleanField(default=False, editable=False, verbose_name="joined late")),
                ("paused_reason", models.CharField(blank=True, max_length=100, verbose_name="on leave because")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left the camp on")),
                (
                    "left_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term_ended", "Village term ended, to the Qingzhu advanced plan"),
                            ("departed", "Left the programme"),
                            ("other", "Other reason"),
                        ],
                        max_length=16,
                        verbose_name="left because",
                    ),
                ),
                ("left_note", models.CharField(blank=True, max_length=200, verbose_name="remark on leaving")),
                (
                    "camp",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="training.camp",
                        verbose_name="camp",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="camp_memberships",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "camp member",
                "ordering": ("camp", "grade", "trainee__stroke_key"),
                "indexes": [
                    models.Index(fields=["camp", "grade", "trainee"], name="member_by_grade"),
                    models.Index(fields=["trainee", "-joined_on", "id"], name="member_of_trainee"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("camp", "trainee"),
                        name="one_membership_per_camp",
                        violation_error_code="trainee",
                        violation_error_message="This person is in the camp already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__gte", 1), ("grade__lte", 3)), name="camp_grade_is_1_to_3"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_kind", ""), ("left_on", None)),
                            models.Q(("left_on__isnull", False), models.Q(("left_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="leaving_the_camp_has_a_reason",
                        violation_error_code="left_kind",
                        violation_error_message="Say why this person leaves the camp.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"),
                        name="camp_left_after_joining",
                        violation_error_code="left_on",
                        violation_error_message="Nobody leaves the camp before joining it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_kind", "other"), _negated=True),
                            models.Q(("left_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="other_reasons_for_leaving_are_said",
                        violation_error_code="left_note",
                        violation_error_message="Say why this person leaves the camp.",
                    ),
                ],
            },
        ),
    ]
