import cadre_app.accounts.models
import cadre_app.core.fields
import cadre_app.people.models.coded
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_in_development"),
        ("people", "0003_due_days"),
        ("people", "0004_party_probation"),
        ("people", "0005_schooling_from"),
        ("people", "0006_openings"),
        ("people", "0007_full_within_a_year"),
        ("people", "0008_ends_of_probation"),
        ("people", "0009_saved_filters_moved"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("accounts", "0001_tables"),
        ("core", "0001_tables"),
        ("org", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("name", models.CharField(max_length=60, verbose_name="office")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order in the unit")),
                (
                    "is_political_source",
                    models.BooleanField(default=False, verbose_name="source of the political mentor"),
                ),
                (
                    "is_community_source",
                    models.BooleanField(default=False, verbose_name="source of the community mentor"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offices",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "office",
                "ordering": ("unit__path", "order", "name"),
                "indexes": [models.Index(fields=["unit", "order", "name"], name="office_in_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("unit", "name"),
                        name="one_office_of_a_name",
                        violation_error_code="name",
                        violation_error_message="This unit already has an office of this name.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_political_source", True), ("voided_at", None)),
                        fields=("unit",),
                        name="one_political_source_per_unit",
                        violation_error_code="is_political_source",
                        violation_error_message="Another office of this unit is already the source of the political mentor.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_community_source", True), ("voided_at", None)),
                        fields=("unit",),
                        name="one_community_source_per_unit",
                        violation_error_code="is_community_source",
                        violation_error_message="Another office of this unit is already the source of the community mentor.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("name", models.CharField(max_length=40, verbose_name="full name")),
                ("name_pinyin", models.CharField(blank=True, db_collation="C", editable=False, max_length=200)),
                ("name_initials", models.CharField(blank=True, db_collation="C", editable=False, max_length=40)),
                ("name_stroke_key", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("sex", models.CharField(blank=True, max_length=20, verbose_name="sex")),
                ("birth_month", models.DateField(blank=True, null=True, verbose_name="month of birth")),
                ("ethnic_group", models.CharField(blank=True, max_length=20, verbose_name="ethnic group")),
                ("native_place", models.CharField(blank=True, max_length=40, verbose_name="native place")),
                ("birth_place", models.CharField(blank=True, max_length=40, verbose_name="place of birth")),
                ("health", models.CharField(blank=True, max_length=20, verbose_name="health")),
                ("id_number", cadre_app.core.fields.EncryptedTextField(blank=True, verbose_name="ID number")),
                (
                    "id_digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="ID number digest"),
                ),
                ("phone", cadre_app.core.fields.EncryptedTextField(blank=True, verbose_name="mobile phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("political_status", models.CharField(blank=True, max_length=20, verbose_name="political affiliation")),
                (
                    "party_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("applicant", "Applicant"),
                            ("activist", "Activist"),
                            ("candidate", "Candidate for admission"),
                            ("probationary", "Probationary member"),
                            ("full", "Full member"),
                        ],
                        max_length=16,
                        verbose_name="Party stage",
                    ),
                ),
                ("party_applied_on", models.DateField(blank=True, null=True, verbose_name="applied for admission on")),
                ("party_activist_on", models.DateField(blank=True, null=True, verbose_name="activist since")),
                ("party_candidate_on", models.DateField(blank=True, null=True, verbose_name="candidate since")),
                (
                    "party_joined_on",
                    models.DateField(blank=True, null=True, verbose_name="admitted by the branch meeting on"),
                ),
                (
                    "party_extended_to",
                    models.DateField(blank=True, null=True, verbose_name="Party probation extended until"),
                ),
                ("party_full_on", models.DateField(blank=True, null=True, verbose_name="full member since")),
                (
                    "party_full_why",
                    models.CharField(blank=True, max_length=200, verbose_name="why a full member within a year"),
                ),
                ("work_month", models.DateField(blank=True, null=True, verbose_name="began work in")),
                ("specialty", models.CharField(blank=True, max_length=100, verbose_name="professional strengths")),
                ("technical_post", models.CharField(blank=True, max_length=60, verbose_name="professional title")),
                ("resume", models.TextField(blank=True, verbose_name="résumé")),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "account_request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to="accounts.accountrequest",
                        verbose_name="account request",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "ordering": ("name_stroke_key", "id"),
                "indexes": [
                    models.Index(fields=["name_stroke_key", "id"], name="person_by_strokes"),
                    models.Index(fields=["name_pinyin", "id"], name="person_by_pinyin"),
                    models.Index(fields=["name_initials", "id"], name="person_by_initials"),
                    models.Index(fields=["name"], name="person_by_name", opclasses=["varchar_pattern_ops"]),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Substr("name", 2), "text_pattern_ops"
                        ),
                        name="person_by_name_from_2",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Substr("name", 3), "text_pattern_ops"
                        ),
                        name="person_by_name_from_3",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            models.Func(
                                "name",
                                models.Value("·"),
                                models.Value(2),
                                function="split_part",
                                output_field=models.TextField(),
                            ),
                            "text_pattern_ops",
                        ),
                        name="person_by_last_part",
                    ),
                    models.Index(fields=["birth_month", "id"], name="person_by_birth_month"),
                    models.Index(
                        condition=models.Q(("party_stage", "probationary")),
                        fields=["party_joined_on", "id"],
                        name="person_on_party_probation",
                    ),
                    models.Index(
                        condition=models.Q(("party_stage", ""), _negated=True),
                        fields=["party_stage", "id"],
                        name="person_by_party_stage",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None), models.Q(("id_digest", ""), _negated=True)),
                        fields=("id_digest",),
                        name="one_person_per_id_number",
                        violation_error_code="id_number",
                        violation_error_message="This ID number belongs to somebody who is already entered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("party_full_on", None),
                            ("party_joined_on", None),
                            ("party_full_on__gte", models.F("party_joined_on")),
                            _connector="OR",
                        ),
                        name="full_member_after_admission",
                        violation_error_code="party_full_on",
                        violation_error_message="Nobody becomes a full member before having been admitted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("party_extended_to", None),
                            ("party_extended_to__gt", models.F("party_joined_on")),
                            _connector="OR",
                        ),
                        name="party_probation_is_extended_after_admission",
                        violation_error_code="party_extended_to",
                        violation_error_message="Only the probation of an admitted member is extended.",
                    ),
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
        migrations.CreateModel(
            name="OfficeHolding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="people.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="people.person",
                        verbose_name="holder",
                    ),
                ),
            ],
            options={
                "verbose_name": "holding of an office",
                "ordering": ("office", "-since"),
                "indexes": [models.Index(fields=["person", "-since"], name="holding_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="holding_ends_after_start",
                        violation_error_code="until",
                        violation_error_message="An office cannot be left before it was taken.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at", None)),
                        expressions=[
                            ("office", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "since",
                                    "until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_holder_at_a_time",
                        violation_error_code="since",
                        violation_error_message="Somebody else holds this office in that period. Enter their last day first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Education",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "mode",
                    models.CharField(
                        choices=[("full_time", "Full-time education"), ("on_the_job", "On-the-job education")],
                        max_length=16,
                        verbose_name="mode of study",
                    ),
                ),
                ("level", models.CharField(max_length=20, verbose_name="education")),
                ("degree", models.CharField(blank=True, max_length=20, verbose_name="degree")),
                ("school", models.CharField(blank=True, max_length=60, verbose_name="school")),
                ("major", models.CharField(blank=True, max_length=60, verbose_name="major")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="entered school in")),
                ("graduated_on", models.DateField(blank=True, null=True, verbose_name="graduated in")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="educations",
                        to="people.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "education",
                "ordering": ("person", "mode", "level"),
                "indexes": [models.Index(fields=["person", "mode", "level"], name="education_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on", None),
                            ("graduated_on", None),
                            ("graduated_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="graduates_after_entering_school",
                        violation_error_code="graduated_on",
                        violation_error_message="Nobody graduates before having entered school.",
                    )
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Relative",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("relation", models.CharField(max_length=20, verbose_name="relation")),
                ("name", models.CharField(max_length=40, verbose_name="full name")),
                ("birth_month", models.DateField(blank=True, null=True, verbose_name="month of birth")),
                ("political_status", models.CharField(blank=True, max_length=20, verbose_name="political affiliation")),
                ("work", models.CharField(blank=True, max_length=100, verbose_name="unit and post")),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relative_of",
                        to="people.person",
                        verbose_name="in this system",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relatives",
                        to="people.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "relative",
                "ordering": ("person", "created_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other", None), models.Q(("other", models.F("person")), _negated=True), _connector="OR"
                        ),
                        name="nobody_is_their_own_relative",
                        violation_error_code="other",
                        violation_error_message="Nobody is a relative of oneself.",
                    )
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Trainee",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "file_number",
                    models.CharField(
                        db_collation="C", editable=False, max_length=24, unique=True, verbose_name="file number"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("introduced", "Introduced graduate"), ("selected", "Selected graduate")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("central", "Selected by the central level"),
                            ("targeted", "Targeted selection"),
                            ("ordinary", "Ordinary selection"),
                            ("provincial", "Introduced by the province"),
                            ("city", "Introduced by the city"),
                        ],
                        max_length=16,
                        verbose_name="sub-kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("civil_servant", "Civil servant"), ("institution", "Public institution staff")],
                        max_length=16,
                        verbose_name="personnel status",
                    ),
                ),
                ("scheme", models.CharField(blank=True, max_length=60, verbose_name="scheme or batch")),
                ("stroke_key", models.CharField(blank=True, db_collation="C", editable=False, max_length=240)),
                ("arrived_on", models.DateField(verbose_name="reported for duty on")),
                (
                    "arrival_year",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.datetime.ExtractYear("arrived_on"),
                        output_field=models.SmallIntegerField(),
                        verbose_name="year of arrival",
                    ),
                ),
                ("probation_ends_on", models.DateField(blank=True, null=True, verbose_name="probation ends on")),
                ("post", models.CharField(blank=True, max_length=100, verbose_name="post")),
                ("post_level", models.CharField(blank=True, max_length=20, verbose_name="post level")),
                ("post_since", models.DateField(blank=True, null=True, verbose_name="in this post since")),
                ("rank", models.CharField(blank=True, max_length=20, verbose_name="rank")),
                ("rank_order", models.PositiveSmallIntegerField(default=99, editable=False)),
                ("rank_since", models.DateField(blank=True, null=True, verbose_name="in this rank since")),
                (
                    "post_grade",
                    models.CharField(blank=True, max_length=40, verbose_name="post grade (public institution)"),
                ),
                (
                    "term_ends_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="village term ends on"),
                ),
                ("departed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="left on")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "home_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainees",
                        to="org.unit",
                        verbose_name="present unit",
                    ),
                ),
                (
                    "linked_village",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_trainees",
                        to="org.unit",
                        verbose_name="linked village",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainee",
                        to="people.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "growth file",
                "ordering": ("file_number",),
                "indexes": [
                    models.Index(fields=["home_unit", "rank_order", "id"], name="trainee_by_unit"),
                    models.Index(fields=["stroke_key", "id"], name="trainee_by_strokes"),
                    models.Index(fields=["arrived_on", "id"], name="trainee_by_arrival"),
                    models.Index(fields=["arrival_year", "stroke_key", "id"], name="trainee_by_year"),
                    models.Index(fields=["rank_order", "rank_since", "stroke_key", "id"], name="trainee_by_rank"),
                    models.Index(fields=["term_ends_on", "id"], name="trainee_by_term_end"),
                    models.Index(fields=["kind", "sub_kind", "id"], name="trainee_by_kind"),
                    models.Index(fields=["status", "id"], name="trainee_by_status"),
                    models.Index(
                        condition=models.Q(("departed_on", None), _negated=True),
                        fields=["departed_on", "id"],
                        name="trainee_departed",
                    ),
                    models.Index(
                        condition=models.Q(("departed_on", None), ("voided_at", None)),
                        fields=["arrived_on", "home_unit"],
                        include=("id", "term_ends_on", "departed_on"),
                        name="trainee_in_development",
                    ),
                    models.Index(
                        condition=models.Q(("departed_on", None), ("voided_at", None)),
                        fields=["probation_ends_on", "id"],
                        name="trainee_by_probation",
                    ),
                    models.Index(
                        condition=models.Q(("voided_at", None), _negated=True),
                        fields=["voided_at", "id"],
                        name="trainee_voided",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "selected"), _negated=True), ("status", "civil_servant"), _connector="OR"
                        ),
                        name="selected_graduates_are_civil_servants",
                        violation_error_code="status",
                        violation_error_message="A selected graduate is always a civil servant.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sub_kind", ""),
                            models.Q(("kind", "selected"), ("sub_kind__in", ("central", "targeted", "ordinary"))),
                            models.Q(("kind", "introduced"), ("sub_kind__in", ("provincial", "city"))),
                            _connector="OR",
                        ),
                        name="sub_kind_fits_kind",
                        violation_error_code="sub_kind",
                        violation_error_message="This sub-kind does not belong to this kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("departed_on", None), ("departed_on__gte", models.F("arrived_on")), _connector="OR"
                        ),
                        name="departs_after_arrival",
                        violation_error_code="effective_on",
                        violation_error_message="Nobody leaves before having reported for duty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("probation_ends_on", None),
                            ("probation_ends_on__gte", models.F("arrived_on")),
                            _connector="OR",
                        ),
                        name="probation_ends_after_arrival",
                        violation_error_code="probation_ends_on",
                        violation_error_message="Probation cannot end before reporting for duty.",
                    ),
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("section", models.CharField(max_length=20, verbose_name="section")),
                ("body", cadre_app.core.fields.EncryptedTextField(verbose_name="proposed values")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "To be compared"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "ordering": ("-created_at",),
                "indexes": [
                    models.Index(fields=["status", "-created_at", "id"], name="proposal_by_status"),
                    models.Index(fields=["trainee", "-created_at"], name="proposal_of_trainee"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting"), ("voided_at", None)),
                        fields=("trainee", "section", "proposed_by"),
                        name="one_waiting_proposal_per_section",
                        violation_error_message="Your earlier proposal for this section is still waiting. Withdraw it first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostRecord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("started_on", models.DateField(verbose_name="from")),
                ("post", models.CharField(blank=True, max_length=100, verbose_name="post")),
                ("post_level", models.CharField(blank=True, max_length=20, verbose_name="post level")),
                ("rank", models.CharField(blank=True, max_length=20, verbose_name="rank")),
                (
                    "post_grade",
                    models.CharField(blank=True, max_length=40, verbose_name="post grade (public institution)"),
                ),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="post_records",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "post and rank",
                "ordering": ("trainee", "-started_on"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "started_on"),
                        name="one_post_record_per_day",
                        violation_error_code="started_on",
                        violation_error_message="There is already a record from this day on. Correct that one instead.",
                    )
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("staff", "Department staff"),
                            ("leader", "Department leader"),
                            ("liaison", "Unit liaison"),
                            ("mentor", "Mentors"),
                            ("trainer", "Trainers"),
                            ("host", "Hosts of postings"),
                            ("reviewer", "Reviewers of research"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of a growth file",
                "constraints": [
                    models.UniqueConstraint(fields=("trainee", "user", "opened_on"), name="one_opening_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArrivalCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("item", models.CharField(max_length=20, verbose_name="item")),
                ("done_on", models.DateField(verbose_name="done on")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrival_checks",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of the arrival checklist",
                "ordering": ("trainee", "item"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "item"),
                        name="one_check_per_item",
                        violation_error_code="item",
                        violation_error_message="This item is already ticked off.",
                    )
                ],
            },
            bases=(cadre_app.people.models.coded.CodedMixin, models.Model),
        ),
        migrations.CreateModel(
            name="VillageTerm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretary", "Assistant to the village Party secretary"),
                            ("director", "Assistant to the village director"),
                        ],
                        max_length=16,
                        verbose_name="role in the village",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="reported to the village on")),
                ("months", models.PositiveSmallIntegerField(verbose_name="length in months")),
                ("due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="due to end on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("is_cut_short", models.BooleanField(default=False, verbose_name="ended early")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="village_terms",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="village_terms",
                        to="org.unit",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "village term",
                "ordering": ("trainee", "-started_on"),
                "indexes": [
                    models.Index(fields=["trainee", "-started_on"], name="term_of_trainee"),
                    models.Index(fields=["village", "-started_on"], name="term_in_village"),
                    models.Index(
                        condition=models.Q(("ended_on", None), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="term_by_due_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="term_ends_after_start",
                        violation_error_code="ended_on",
                        violation_error_message="A village term cannot end before it started.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_cut_short", False), ("ended_on__isnull", False), _connector="OR"),
                        name="cut_short_terms_have_an_end",
                        violation_error_code="ended_on",
                        violation_error_message="A term that ended early has a last day.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at", None)),
                        expressions=[
                            ("trainee", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "started_on",
                                    "ended_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_village_term_at_a_time",
                        violation_error_code="started_on",
                        violation_error_message="Another village term covers these days. Enter its last day first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
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
                            ("internal", "Transfer within the district"),
                            ("outside", "Transfer out of the district"),
                            ("selection", "Selected by a higher authority"),
                            ("resignation", "Resignation"),
                            ("dismissal", "Dismissal"),
                            ("cancelled", "Employment cancelled on probation"),
                            ("contract", "Contract ended on probation"),
                            ("other", "Other departure"),
                        ],
                        max_length=16,
                        verbose_name="type",
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="effective on")),
                ("destination", models.CharField(blank=True, max_length=100, verbose_name="destination")),
                ("document_number", models.CharField(max_length=60, verbose_name="document number")),
                (
                    "served_months",
                    models.PositiveSmallIntegerField(editable=False, verbose_name="service completed (months)"),
                ),
                (
                    "approval",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="approval of leaving within the service period"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="from unit",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="to unit",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "ended_term",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.villageterm",
                        verbose_name="village term that ended with it",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer or departure",
                "ordering": ("trainee", "-effective_on"),
                "indexes": [models.Index(fields=["trainee", "-effective_on"], name="transfer_of_trainee")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "internal"), ("to_unit__isnull", False)),
                            models.Q(models.Q(("kind", "internal"), _negated=True), ("to_unit", None)),
                            _connector="OR",
                        ),
                        name="only_transfers_name_a_unit",
                        violation_error_code="to_unit",
                        violation_error_message="A transfer within the district names the new unit; a departure does not.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None), models.Q(("kind", "internal"), _negated=True)),
                        fields=("trainee",),
                        name="one_departure_per_file",
                        violation_error_code="kind",
                        violation_error_message="This person has already left.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interruption",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("started_on", models.DateField(verbose_name="first day")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interruptions",
                        to="people.villageterm",
                        verbose_name="village term",
                    ),
                ),
            ],
            options={
                "verbose_name": "interruption",
                "ordering": ("term", "-started_on"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="interruption_ends_after_start",
                        violation_error_code="ended_on",
                        violation_error_message="An interruption cannot end before it started.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at", None)),
                        expressions=[
                            ("term", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "started_on",
                                    "ended_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_interruption_at_a_time",
                        violation_error_code="started_on",
                        violation_error_message="Another interruption covers these days.",
                    ),
                ],
            },
        ),
    ]
