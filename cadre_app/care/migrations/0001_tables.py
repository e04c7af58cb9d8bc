import cadre_app.core.fields
import cadre_app.core.grams
import cadre_app.people.models.coded
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("care", "0001_initial"),
        ("care", "0002_talks_at_the_end_of_probation"),
        ("care", "0003_talk_batches"),
        ("care", "0004_symposiums_and_visits"),
        ("care", "0005_talks_moved"),
        ("care", "0006_days_of_talks_and_problems"),
        ("care", "0007_texts_that_are_searched"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("core", "0002_functions"),
        ("org", "0001_initial"),
        ("people", "0001_tables"),
    ]

    operations = [
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
                    models.Index(
                        condition=models.Q(("held_on__isnull", False)),
                        fields=["held_on", "id"],
                        name="care_visit_by_day_held",
                    ),
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
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
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
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(
                            django.db.models.functions.text.Concat(
                                models.F("title"),
                                models.Value("\n"),
                                models.F("agenda"),
                                models.Value("\n"),
                                models.F("minutes"),
                                output_field=models.TextField(),
                            )
                        ),
                        condition=models.Q(("state__in", ("held", "closed")), ("voided_at", None)),
                        gin_pending_list_limit=512,
                        name="symposium_grams",
                    ),
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
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(models.F("text")),
                        condition=models.Q(("voided_at", None)),
                        gin_pending_list_limit=512,
                        name="remark_grams",
                    ),
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
                    )
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
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="care.invitation",
                        verbose_name="invitation to a symposium",
                    ),
                ),
            ],
            options={
                "verbose_name": "news of a symposium",
                "ordering": ("told_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["told_on", "id"], name="symposium_news_to_tell"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TalkBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("quarter_on", models.DateField(verbose_name="quarter")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
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
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "talks planned together",
                "ordering": ("-created_at", "id"),
                "indexes": [models.Index(fields=["quarter_on", "-created_at", "id"], name="talk_batch_by_quarter")],
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
                                    "probation",
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
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="care.talkbatch",
                        verbose_name="talks planned together",
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
                    models.Index(
                        condition=models.Q(("held_on__isnull", False)),
                        fields=["held_on", "id"],
                        name="talk_by_day_held",
                    ),
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
                    "trainee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems_raised",
                        to="people.trainee",
                        verbose_name="raised by",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="care.carevisit",
                        verbose_name="visit",
                    ),
                ),
                (
                    "symposium",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problems",
                        to="care.symposium",
                        verbose_name="symposium",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
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
                    models.Index(
                        condition=models.Q(("closed_on__isnull", False)),
                        fields=["closed_on", "id"],
                        name="talk_problem_by_closing",
                    ),
                    models.Index(fields=["handler", "due_on", "id"], name="talk_problem_by_handler"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("symposium", None),
                                ("talk__isnull", False),
                                ("trainee__isnull", False),
                                ("visit", None),
                            ),
                            models.Q(("symposium__isnull", False), ("talk", None), ("visit", None)),
                            models.Q(
                                ("symposium", None),
                                ("talk", None),
                                ("trainee__isnull", False),
                                ("visit__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="problems_have_one_source",
                        violation_error_message="A problem comes from one talk, symposium or visit.",
                    ),
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
            name="TalkMove",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("told_on", models.DateField(verbose_name="to be told since")),
                ("from_at", models.DateTimeField(verbose_name="time before")),
                ("from_place", models.CharField(blank=True, max_length=60, verbose_name="place before")),
                ("to_at", models.DateTimeField(verbose_name="time")),
                ("to_place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="overtaken at")),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="care.talk",
                        verbose_name="talk",
                    ),
                ),
            ],
            options={
                "verbose_name": "move of a talk",
                "ordering": ("told_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["told_on", "id"], name="talk_move_to_tell"
                    )
                ],
            },
        ),
    ]
