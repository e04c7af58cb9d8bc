"""Symposiums, visits, and problems that come from them as well as from talks."""

import cadre_app.core.fields
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

# The keys that are written are checked at once: no table is altered while checks of it wait.
RAISED_BY = """
UPDATE care_problem AS problem SET trainee_id = talk.trainee_id FROM care_talk AS talk WHERE talk.id = problem.talk_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0003_talk_batches"),
        ("org", "0001_initial"),
        ("people", "0004_party_probation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SymposiumNews",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("moved", "Time or place changed"),
                            ("cancelled", "Cancelled"),
                            ("taken_off", "Taken off the list"),
                        ],
                        max_length=16,
                        verbose_name="event",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="to be told since")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="answered or overtaken at")),
            ],
            options={
                "verbose_name": "news of a symposium",
                "ordering": ("told_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["told_on", "id"], name="symposium_news_to_tell"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="trainee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="problems_raised",
                to="people.trainee",
                verbose_name="raised by",
            ),
        ),
        migrations.AlterField(
            model_name="problem",
            name="talk",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="problems",
                to="care.talk",
                verbose_name="talk",
            ),
        ),
        migrations.CreateModel(
            name="CareVisit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "note",
                    cadre_app.core.fields.EncryptedTextField(
                        blank=True, verbose_name="text for the department (restricted)"
                    ),
                ),
                (
                    "has_note",
                    models.BooleanField(default=False, editable=False, verbose_name="restricted text was recorded"),
                ),
                ("occasion", models.CharField(max_length=8, verbose_name="occasion")),
                ("subject", models.CharField(blank=True, max_length=60, verbose_name="what for")),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="visited on")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("companions", models.CharField(blank=True, max_length=120, verbose_name="accompanied by")),
                ("brought", models.CharField(blank=True, max_length=200, verbose_name="what was brought or asked")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="sum (yuan)"
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=80, verbose_name="basis of the sum")),
                ("summary", models.CharField(blank=True, max_length=500, verbose_name="how things are")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Held"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed on")),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for cancelling")),
                (
                    "readers",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="readers"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_visits",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_visits_made",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="visited by",
                    ),
                ),
            ],
            options={
                "verbose_name": "visit to somebody",
                "ordering": ("-planned_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-held_on", "id"], name="care_visit_of_trainee"),
                    models.Index(fields=["planned_on", "id"], name="care_visit_by_day"),
                    models.Index(fields=["state", "planned_on", "id"], name="care_visit_by_state"),
                    models.Index(fields=["occasion", "planned_on", "id"], name="care_visit_by_occasion"),
                    models.Index(fields=["visitor", "planned_on", "id"], name="care_visit_by_visitor"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("held", "closed")), models.Q(("held_on", None), _negated=True)),
                            models.Q(models.Q(("state__in", ("held", "closed")), _negated=True), ("held_on", None)),
                            _connector="OR",
                        ),
                        name="held_care_visits_have_a_day",
                        violation_error_code="held_on",
                        violation_error_message="Say on which day the visit was.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", None), ("basis", "")),
                            models.Q(("amount__gt", 0), models.Q(("basis", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sums_of_visits_have_a_basis",
                        violation_error_code="basis",
                        violation_error_message="A sum is above zero and names its basis; without one leave both empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("occasion", "03"), _negated=True),
                            models.Q(("subject", ""), ("summary", "")),
                            _connector="OR",
                        ),
                        name="family_changes_stay_undescribed",
                        violation_error_code="summary",
                        violation_error_message="Of a serious change in the family only that is recorded. Leave this empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                            _connector="OR",
                        ),
                        name="cancelled_care_visits_say_why",
                        violation_error_code="reason",
                        violation_error_message="Say why the visit is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("closed_on", None), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                            _connector="OR",
                        ),
                        name="closed_care_visits_have_a_day",
                        violation_error_message="A visit is closed on a day.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="problems",
                to="care.carevisit",
                verbose_name="visit",
            ),
        ),
        migrations.CreateModel(
            name="Symposium",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "note",
                    cadre_app.core.fields.EncryptedTextField(
                        blank=True, verbose_name="text for the department (restricted)"
                    ),
                ),
                (
                    "has_note",
                    models.BooleanField(default=False, editable=False, verbose_name="restricted text was recorded"),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first_half", "First half of the year"),
                            ("second_half", "Second half of the year"),
                            ("quarter", "Quarter or area"),
                            ("youth_day", "Around Youth Day"),
                            ("topic", "One topic"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="to")),
                ("place", models.CharField(max_length=60, verbose_name="place")),
                ("chair", models.CharField(max_length=40, verbose_name="chaired by")),
                (
                    "agenda",
                    models.TextField(
                        max_length=1000,
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="agenda",
                    ),
                ),
                (
                    "guests",
                    models.TextField(
                        blank=True,
                        max_length=400,
                        validators=[django.core.validators.MaxLengthValidator(400)],
                        verbose_name="other guests",
                    ),
                ),
                (
                    "minutes",
                    models.TextField(
                        blank=True,
                        max_length=3000,
                        validators=[django.core.validators.MaxLengthValidator(3000)],
                        verbose_name="minutes",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("notified", "Notified"),
                            ("held", "Held"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("notified_on", models.DateField(blank=True, editable=False, null=True, verbose_name="notified on")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed on")),
                ("cancel_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for cancelling")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "readers",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="readers"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="held by",
                    ),
                ),
            ],
            options={
                "verbose_name": "symposium",
                "ordering": ("-day", "id"),
                "indexes": [
                    models.Index(fields=["day", "id"], name="symposium_by_day"),
                    models.Index(fields=["state", "day", "id"], name="symposium_by_state"),
                    models.Index(fields=["kind", "day", "id"], name="symposium_by_kind"),
                    models.Index(fields=["unit", "day", "id"], name="symposium_of_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="symposium_ends_after_start",
                        violation_error_code="ends_at",
                        violation_error_message="It ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                            _connector="OR",
                        ),
                        name="cancelled_symposiums_say_why",
                        violation_error_code="reason",
                        violation_error_message="Say why the symposium is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("closed_on", None), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                            _connector="OR",
                        ),
                        name="closed_symposiums_have_a_day",
                        violation_error_message="A symposium is closed on a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("speaker", models.CharField(blank=True, max_length=40, verbose_name="speaker (guest)")),
                ("is_anonymous", models.BooleanField(default=False, verbose_name="without a name")),
                ("text", models.CharField(max_length=500, verbose_name="remark")),
                (
                    "trainee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.trainee",
                        verbose_name="speaker",
                    ),
                ),
                (
                    "symposium",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="care.symposium",
                        verbose_name="symposium",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark at a symposium",
                "ordering": ("created_at", "id"),
                "indexes": [
                    models.Index(fields=["symposium", "created_at", "id"], name="remark_of_symposium"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_anonymous", True), ("speaker", ""), ("trainee", None)),
                            models.Q(("is_anonymous", False), ("speaker", ""), ("trainee__isnull", False)),
                            models.Q(
                                ("is_anonymous", False), ("trainee", None), models.Q(("speaker", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="remarks_have_one_speaker_or_none",
                        violation_error_code="speaker",
                        violation_error_message="Name one speaker, or mark the remark as without a name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("coming", "Takes part"), ("excused", "Asks for leave")],
                        max_length=16,
                        verbose_name="answer",
                    ),
                ),
                ("answer_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for the leave")),
                (
                    "presence",
                    models.CharField(
                        blank=True,
                        choices=[("present", "Present"), ("excused", "Excused"), ("absent", "Absent")],
                        max_length=16,
                        verbose_name="attendance",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="symposium_invitations",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "symposium",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="care.symposium",
                        verbose_name="symposium",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a symposium",
                "ordering": ("symposium", "trainee__stroke_key"),
                "indexes": [
                    models.Index(fields=["symposium", "trainee"], name="invitation_of_symposium"),
                    models.Index(fields=["trainee", "symposium"], name="invitation_of_trainee"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("symposium", "trainee"),
                        name="one_invitation_per_symposium",
                        violation_error_message="This person is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "excused"), models.Q(("answer_reason", ""), _negated=True)),
                            models.Q(models.Q(("answer", "excused"), _negated=True), ("answer_reason", "")),
                            _connector="OR",
                        ),
                        name="leave_from_a_symposium_has_a_reason",
                        violation_error_code="answer_reason",
                        violation_error_message="Say why you ask for leave.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="problem",
            name="symposium",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="problems",
                to="care.symposium",
                verbose_name="symposium",
            ),
        ),
        migrations.RunSQL(RAISED_BY, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("symposium", None), ("talk__isnull", False), ("trainee__isnull", False), ("visit", None)),
                    models.Q(("symposium__isnull", False), ("talk", None), ("visit", None)),
                    models.Q(("symposium", None), ("talk", None), ("trainee__isnull", False), ("visit__isnull", False)),
                    _connector="OR",
                ),
                name="problems_have_one_source",
                violation_error_message="A problem comes from one talk, symposium or visit.",
            ),
        ),
        migrations.AddField(
            model_name="symposiumnews",
            name="invitation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="news",
                to="care.invitation",
                verbose_name="invitation to a symposium",
            ),
        ),
    ]
