import cadre_app.accounts.models
import cadre_app.core.grams
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("assignments", "0001_initial"),
        ("assignments", "0002_fronts"),
        ("assignments", "0003_competitions"),
        ("assignments", "0004_reviews_that_ended_a_term"),
        ("assignments", "0005_postings_without_a_document"),
        ("assignments", "0006_postings_proposed_again"),
        ("assignments", "0007_research_answers"),
        ("assignments", "0008_concluded_reviews_and_confirmed_returns"),
        ("assignments", "0009_competition_changes"),
        ("assignments", "0010_extensions_recorded_late_and_days_of_declining"),
        ("assignments", "0011_remarks_on_reports"),
        ("assignments", "0012_signed_by_another"),
        ("assignments", "0013_proposed_by_another"),
        ("assignments", "0014_day_of_the_first_version"),
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
            name="Front",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("headquarters", "Project construction headquarters"),
                            ("investment", "Investment promotion office"),
                            ("relief", "Disaster relief"),
                            ("revitalisation", "Rural revitalisation"),
                            ("petitions", "Petitions and stability"),
                            ("hygiene", "City and hygiene drives"),
                        ],
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name="key",
                    ),
                ),
                ("name_zh", models.CharField(max_length=30, verbose_name="Chinese name")),
                ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                ("order", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="sort order")),
            ],
            options={
                "verbose_name": "front",
                "ordering": ("order",),
            },
        ),
        migrations.CreateModel(
            name="Competition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "front_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("headquarters", "Project construction headquarters"),
                                ("investment", "Investment promotion office"),
                                ("relief", "Disaster relief"),
                                ("revitalisation", "Rural revitalisation"),
                                ("petitions", "Petitions and stability"),
                                ("hygiene", "City and hygiene drives"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="fronts",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="first day of the season")),
                ("ended_on", models.DateField(verbose_name="last day of the season")),
                ("description", models.TextField(blank=True, max_length=1000, verbose_name="what is compared")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("open", "Open for results"),
                            ("review", "Being scored"),
                            ("closed", "To be signed off"),
                            ("signed", "Signed off"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateField(editable=False, verbose_name="in this state since")),
                (
                    "state_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Being prepared"),
                            ("open", "Open for results"),
                            ("review", "Being scored"),
                            ("closed", "To be signed off"),
                            ("signed", "Signed off"),
                            ("published", "Published"),
                            ("cancelled", "Cancelled"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="state before",
                    ),
                ),
                ("scores_until", models.DateField(blank=True, editable=False, null=True, verbose_name="scores until")),
                (
                    "sent_back_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it was sent back"),
                ),
                ("signed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="signed off on")),
                ("published_on", models.DateField(blank=True, editable=False, null=True, verbose_name="published on")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it was cancelled"),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competitions",
                        to="org.unit",
                        verbose_name="held by",
                    ),
                ),
            ],
            options={
                "verbose_name": "comparison of results",
                "ordering": ("-ended_on", "title", "id"),
                "indexes": [
                    models.Index(fields=["-ended_on", "id"], name="competition_by_season"),
                    models.Index(fields=["state", "-ended_on", "id"], name="competition_by_state"),
                    models.Index(
                        condition=models.Q(("state", "review"), ("voided_at", None)),
                        fields=["scores_until", "id"],
                        name="competition_scores_due",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["front_keys"], name="competition_by_front"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("unit", "title"),
                        name="one_competition_of_a_title",
                        violation_error_code="title",
                        violation_error_message="This unit has a comparison of this title already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__gte", models.F("started_on"))),
                        name="seasons_end_after_they_began",
                        violation_error_code="ended_on",
                        violation_error_message="The season ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("front_keys__len__gte", 1)),
                        name="competitions_cover_a_front",
                        violation_error_code="front_keys",
                        violation_error_message="Choose at least one front.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "cancelled"), ("cancel_reason", ""), _connector="OR"),
                        name="only_cancelled_ones_say_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "review"), _negated=True),
                            ("scores_until__isnull", False),
                            _connector="OR",
                        ),
                        name="scores_have_a_last_day",
                        violation_error_code="scores_until",
                        violation_error_message="Say until when reviewers score.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_on__isnull", False), ("state__in", ("signed", "published"))),
                            ("state", "cancelled"),
                            models.Q(
                                models.Q(("state__in", ("signed", "published")), _negated=True), ("signed_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="published_ones_are_signed_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_on__isnull", False), ("state", "published")),
                            models.Q(models.Q(("state", "published"), _negated=True), ("published_on", None)),
                            _connector="OR",
                        ),
                        name="published_ones_have_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetitionCriterion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("name", models.CharField(max_length=20, verbose_name="name")),
                ("counts", models.CharField(max_length=200, verbose_name="what counts")),
                ("points", models.PositiveSmallIntegerField(verbose_name="most points")),
                ("is_ordering", models.BooleanField(default=False, verbose_name="results are put in order by it")),
                ("order", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="sort order")),
                (
                    "competition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="assignments.competition",
                        verbose_name="comparison of results",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion of a comparison",
                "ordering": ("competition", "order", "id"),
                "indexes": [models.Index(fields=["competition", "order", "id"], name="criterion_in_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("competition", "name"),
                        name="one_criterion_of_a_name",
                        violation_error_code="name",
                        violation_error_message="This comparison has a criterion of this name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 1), ("points__lte", 100)),
                        name="criteria_give_1_to_100_points",
                        violation_error_code="points",
                        violation_error_message="A criterion gives 1 to 100 points.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetitionEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("team", "A team"), ("front", "The front as a whole")],
                        max_length=6,
                        verbose_name="whose result",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="name of the team")),
                ("result", models.TextField(max_length=2000, verbose_name="what was done")),
                ("numbers", models.TextField(max_length=600, verbose_name="in numbers")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "To be verified"),
                            ("returned", "Returned for completion"),
                            ("verified", "Verified"),
                        ],
                        default="entered",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "return_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it was returned"),
                ),
                ("entered_on", models.DateField(editable=False, verbose_name="entered on")),
                ("changed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="changed on")),
                ("verified_on", models.DateField(blank=True, editable=False, null=True, verbose_name="verified on")),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "competition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="assignments.competition",
                        verbose_name="comparison of results",
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
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="org.unit",
                        verbose_name="unit of the team",
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
                (
                    "front",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assignments.front",
                        verbose_name="front",
                    ),
                ),
            ],
            options={
                "verbose_name": "result in a comparison",
                "ordering": ("competition", "front__order", "name", "id"),
                "indexes": [
                    models.Index(fields=["competition", "front", "id"], name="result_of_competition"),
                    models.Index(
                        condition=models.Q(("voided_at", None)),
                        fields=["state", "entered_on", "id"],
                        name="result_by_state",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "front"), ("voided_at", None)),
                        fields=("competition", "front"),
                        name="one_result_of_a_front",
                        violation_error_code="front",
                        violation_error_message="The result of this front as a whole is entered already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "team"), ("voided_at", None)),
                        fields=("competition", "name"),
                        name="one_result_of_a_team",
                        violation_error_code="name",
                        violation_error_message="A team of this name is entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "team"), ("unit__isnull", False), models.Q(("name", ""), _negated=True)),
                            models.Q(("kind", "front"), ("name", ""), ("unit", None)),
                            _connector="OR",
                        ),
                        name="teams_have_name_and_unit",
                        violation_error_code="name",
                        violation_error_message="A team has a name and a unit; a front as a whole has neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "verified"), ("verified_on__isnull", False)),
                            models.Q(models.Q(("state", "verified"), _negated=True), ("verified_on", None)),
                            _connector="OR",
                        ),
                        name="verified_results_have_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed_by", None), ("changed_on", None)),
                            models.Q(("changed_by__isnull", False), ("changed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="changed_results_have_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetitionMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "shown_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="in the growth file since"),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="assignments.competitionentry",
                        verbose_name="result in a comparison",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competition_results",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a team",
                "ordering": ("team", "created_at", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-shown_on", "id"], name="team_result_of_trainee"),
                    models.Index(
                        condition=models.Q(("shown_on__isnull", False), ("voided_at", None)),
                        fields=["shown_on", "id"],
                        name="team_result_shown",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("team", "trainee"),
                        name="once_in_a_team_of_a_comparison",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetitionReviewer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "declared_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="declared no conflict on"),
                ),
                (
                    "handed_in_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="handed in at"),
                ),
                (
                    "return_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="why it was returned"),
                ),
                (
                    "competition",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviewers",
                        to="assignments.competition",
                        verbose_name="comparison of results",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competition_reviews",
                        to="people.person",
                        verbose_name="reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "reviewer of a comparison",
                "ordering": ("competition", "created_at", "id"),
                "indexes": [models.Index(fields=["person", "competition"], name="competition_of_reviewer")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("competition", "person"),
                        name="once_a_reviewer_of_a_comparison",
                        violation_error_code="person",
                        violation_error_message="This person reviews the comparison already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handed_in_at", None), ("declared_on__isnull", False), _connector="OR"),
                        name="scores_handed_in_are_declared",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetitionScore",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("points", models.PositiveSmallIntegerField(verbose_name="points")),
                ("most", models.PositiveSmallIntegerField(editable=False, verbose_name="most points")),
                ("comment", models.CharField(blank=True, max_length=200, verbose_name="comment")),
                (
                    "criterion",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="assignments.competitioncriterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="assignments.competitionentry",
                        verbose_name="result in a comparison",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="assignments.competitionreviewer",
                        verbose_name="reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "score of a result",
                "ordering": ("reviewer", "entry", "criterion__order", "id"),
                "indexes": [models.Index(fields=["entry", "criterion"], name="scores_of_result")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("reviewer", "entry", "criterion"),
                        name="one_score_of_a_reviewer",
                        violation_error_message="This result is scored by this criterion already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most__lte", 100), ("points__lte", models.F("most"))),
                        name="scores_keep_to_most_points",
                        violation_error_code="points",
                        violation_error_message="A score is not above the most points of its criterion.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FrontTask",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("text", models.CharField(max_length=60, verbose_name="task")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="sort order")),
                (
                    "front",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="assignments.front",
                        verbose_name="front",
                    ),
                ),
            ],
            options={
                "verbose_name": "task of a front",
                "ordering": ("front", "order", "text"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("front", "text"),
                        name="one_task_of_a_front",
                        violation_error_code="text",
                        violation_error_message="This front has the task already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Leave",
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
                            ("annual", "Annual leave"),
                            ("sick", "Sick leave"),
                            ("personal", "Personal leave"),
                            ("marriage", "Marriage leave"),
                            ("maternity", "Maternity and child care leave"),
                            ("bereavement", "Bereavement leave"),
                            ("away", "Away on business"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="first day")),
                ("due_on", models.DateField(verbose_name="last day")),
                ("ended_on", models.DateField(blank=True, editable=False, null=True, verbose_name="last day away")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="where to")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "To be confirmed"),
                            ("confirmed", "To be approved"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("returned", "Returned"),
                        ],
                        default="requested",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("requested_on", models.DateField(editable=False, verbose_name="asked for on")),
                ("confirmed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="confirmed on")),
                ("approved_on", models.DateField(blank=True, editable=False, null=True, verbose_name="approved on")),
                ("decline_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for declining")),
                (
                    "returned_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="return recorded on"),
                ),
                (
                    "return_waits",
                    models.BooleanField(default=False, editable=False, verbose_name="return to be confirmed"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "interruption",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leave",
                        to="people.interruption",
                        verbose_name="interruption of the term",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="return recorded by",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="people.villageterm",
                        verbose_name="village term",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
            ],
            options={
                "verbose_name": "leave",
                "ordering": ("-started_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-started_on", "id"], name="leave_of_trainee"),
                    models.Index(fields=["-started_on", "id"], name="leave_by_day"),
                    models.Index(fields=["state", "-started_on", "id"], name="leave_by_state"),
                    models.Index(fields=["kind", "-started_on", "id"], name="leave_by_kind"),
                    models.Index(
                        condition=models.Q(("state", "approved"), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="leave_to_be_ended",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("requested", "confirmed")), ("voided_at", None)),
                        fields=["requested_on", "id"],
                        name="leave_to_be_decided",
                    ),
                    models.Index(
                        condition=models.Q(("return_waits", True), ("voided_at", None)),
                        fields=["returned_on", "id"],
                        name="leave_return_waits",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("started_on"))),
                        name="leave_ends_after_start",
                        violation_error_code="due_on",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="leave_ended_after_start",
                        violation_error_code="ended_on",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state", "returned")),
                            models.Q(models.Q(("state", "returned"), _negated=True), ("ended_on", None)),
                            _connector="OR",
                        ),
                        name="ended_leaves_have_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("return_waits", False), ("state", "returned"), _connector="OR"),
                        name="only_returns_wait_for_the_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), models.Q(("decline_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("decline_reason", "")),
                            _connector="OR",
                        ),
                        name="declined_leaves_say_why",
                        violation_error_code="decline_reason",
                        violation_error_message="Say why the leave is declined.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("voided_at", None), models.Q(("state__in", ("declined", "withdrawn")), _negated=True)
                        ),
                        expressions=[
                            ("trainee", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "started_on",
                                    django.db.models.functions.comparison.Coalesce("ended_on", "due_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_leave_at_a_time",
                        violation_error_code="started_on",
                        violation_error_message="Another leave covers these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
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
                            ("temporary_post", "Temporary post"),
                            ("shadow", "Shadow training"),
                            ("task_force", "Task force"),
                            ("loan", "Borrowing"),
                        ],
                        max_length=16,
                        verbose_name="kind of posting",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("full", "Full-time"), ("half", "Half-time"), ("beside", "Beside the own post")],
                        max_length=8,
                        verbose_name="working time",
                    ),
                ),
                ("host_name", models.CharField(blank=True, max_length=80, verbose_name="host outside the district")),
                (
                    "host_level",
                    models.CharField(
                        choices=[
                            ("district", "District or below"),
                            ("city", "City"),
                            ("province", "Province or above"),
                        ],
                        default="district",
                        max_length=10,
                        verbose_name="level of the host",
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="post held there")),
                ("tasks", models.TextField(max_length=400, verbose_name="tasks")),
                ("plan", models.TextField(blank=True, max_length=1000, verbose_name="study plan")),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason for the posting")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("document_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "superior_document",
                    models.CharField(blank=True, max_length=60, verbose_name="document of the superior department"),
                ),
                ("started_on", models.DateField(verbose_name="from")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="planned until")),
                ("ended_on", models.DateField(blank=True, editable=False, null=True, verbose_name="last day there")),
                (
                    "covered_until",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            models.F("ended_on"), models.F("due_on")
                        ),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "mid_term_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="mid-term review due on"),
                ),
                (
                    "mid_term_held_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="mid-term review held on"),
                ),
                (
                    "mid_term_text",
                    models.TextField(blank=True, max_length=1000, verbose_name="findings of the mid-term review"),
                ),
                ("extensions", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="extensions")),
                ("is_recalled", models.BooleanField(default=False, editable=False, verbose_name="returned early")),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for the early return"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "To be checked"),
                            ("checked", "To be signed off"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("returned", "Appraisal due"),
                            ("closed", "Closed"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("checked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="checked on")),
                ("signed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="signed off on")),
                (
                    "paper_signatory",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="signed off on paper by"),
                ),
                ("declined_on", models.DateField(blank=True, editable=False, null=True, verbose_name="declined on")),
                ("decline_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for declining")),
                (
                    "returned_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="return recorded on"),
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
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_again",
                        to="assignments.posting",
                        verbose_name="proposed again after",
                    ),
                ),
                (
                    "front",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="assignments.front",
                        verbose_name="front",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
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
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervised_postings",
                        to="people.person",
                        verbose_name="supervisor on site",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
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
                        related_name="postings",
                        to="org.unit",
                        verbose_name="host unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "posting",
                "ordering": ("-started_on", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-started_on", "id"], name="posting_of_trainee"),
                    models.Index(fields=["-started_on", "id"], name="posting_by_day"),
                    models.Index(fields=["state", "-started_on", "id"], name="posting_by_state"),
                    models.Index(fields=["kind", "-started_on", "id"], name="posting_by_kind"),
                    models.Index(fields=["front", "-started_on", "id"], name="posting_by_front"),
                    models.Index(fields=["unit", "-started_on", "id"], name="posting_by_host"),
                    models.Index(fields=["supervisor", "state"], name="posting_of_supervisor"),
                    models.Index(
                        condition=models.Q(("state", "approved"), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="posting_by_end",
                    ),
                    models.Index(
                        condition=models.Q(("mid_term_held_on", None), ("state", "approved"), ("voided_at", None)),
                        fields=["mid_term_on", "id"],
                        name="posting_by_mid_term",
                    ),
                    models.Index(
                        condition=models.Q(("state", "returned"), ("voided_at", None)),
                        fields=["returned_on", "id"],
                        name="posting_to_be_appraised",
                    ),
                    models.Index(
                        condition=models.Q(("state", "declined"), ("voided_at", None)),
                        fields=["declined_on", "id"],
                        name="posting_declined_by_day",
                    ),
                    models.Index(
                        condition=models.Q(("document_number", ""), ("voided_at", None)),
                        fields=["started_on", "id"],
                        name="posting_without_document",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on", None), ("due_on__gte", models.F("started_on")), _connector="OR"),
                        name="posting_is_due_after_start",
                        violation_error_code="due_on",
                        violation_error_message="The planned last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="posting_ends_after_start",
                        violation_error_code="ended_on",
                        violation_error_message="A posting cannot end before it started.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", False), ("state__in", ("returned", "closed"))),
                            models.Q(
                                models.Q(("state__in", ("returned", "closed")), _negated=True), ("ended_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="returned_postings_have_an_end",
                        violation_error_code="ended_on",
                        violation_error_message="The last day is entered when somebody returns.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", None), models.Q(("host_name", ""), _negated=True)),
                            models.Q(("unit__isnull", False), ("host_name", "")),
                            _connector="OR",
                        ),
                        name="posting_has_one_host",
                        violation_error_code="unit",
                        violation_error_message="Choose the host unit, or name a host outside the district.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit", None), ("host_level", "district"), _connector="OR"),
                        name="units_of_the_district_are_of_its_level",
                        violation_error_code="host_level",
                        violation_error_message="A unit of the district is at district level or below.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "temporary_post"), _negated=True),
                            models.Q(("post", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="temporary_posts_are_named",
                        violation_error_code="post",
                        violation_error_message="A temporary post has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("kind", "shadow"), _negated=True), ("post", ""), _connector="OR"),
                        name="shadow_training_holds_no_post",
                        violation_error_code="post",
                        violation_error_message="Whoever is in shadow training holds no post there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "task_force"), ("due_on__isnull", False), _connector="OR"),
                        name="only_task_forces_end_with_the_task",
                        violation_error_code="due_on",
                        violation_error_message="Enter the planned last day; only a task force may end with its task.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper_signatory", ""),
                            models.Q(
                                ("checked_by", None),
                                ("signed_by", None),
                                ("signed_on__isnull", False),
                                ("state__in", ("returned", "closed")),
                                models.Q(("document_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="postings_on_paper_are_over",
                        violation_error_message="Only what is over, with its document, is recorded as signed off on paper.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), models.Q(("decline_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("decline_reason", "")),
                            _connector="OR",
                        ),
                        name="declined_postings_say_why",
                        violation_error_code="decline_reason",
                        violation_error_message="Say why the posting is declined.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_recalled", False), models.Q(("return_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="early_returns_say_why",
                        violation_error_code="return_reason",
                        violation_error_message="Say why the person returns early.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("follows",),
                        name="proposed_again_once",
                        violation_error_message="This posting is proposed again already.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("mode", "full"), ("voided_at", None), models.Q(("state", "declined"), _negated=True)
                        ),
                        expressions=[
                            ("trainee", "="),
                            (
                                cadre_app.accounts.models.DateRange(
                                    "started_on",
                                    django.db.models.functions.comparison.Cast(
                                        django.db.models.functions.comparison.Coalesce("ended_on", "due_on"),
                                        models.DateField(),
                                    ),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_full_time_posting_at_a_time",
                        violation_error_code="started_on",
                        violation_error_message="Another full-time posting covers these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostingAppraisal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("duties", models.TextField(max_length=1000, verbose_name="what was done")),
                ("opinion", models.TextField(max_length=1000, verbose_name="the host's opinion")),
                (
                    "days_away",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="days away"
                    ),
                ),
                ("signatory", models.CharField(max_length=40, verbose_name="signed for the host by")),
                ("written_on", models.DateField(editable=False, verbose_name="written on")),
                (
                    "returned_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="to be completed because"),
                ),
                ("confirmed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="confirmed on")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appraisals",
                        to="assignments.posting",
                        verbose_name="posting",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "appraisal of a posting",
                "ordering": ("posting",),
                "indexes": [
                    models.Index(fields=["written_on", "id"], name="appraisal_by_day"),
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(
                            django.db.models.functions.text.Concat(
                                models.F("duties"),
                                models.Value("\n"),
                                models.F("opinion"),
                                output_field=models.TextField(),
                            )
                        ),
                        condition=models.Q(("voided_at", None)),
                        gin_pending_list_limit=512,
                        name="appraisal_grams",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("posting",),
                        name="one_appraisal_of_a_posting",
                        violation_error_message="This posting has its appraisal already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_away", None),
                            models.Q(("days_away__gte", 0), ("days_away__lte", 400)),
                            _connector="OR",
                        ),
                        name="days_away_are_sane",
                        violation_error_code="days_away",
                        violation_error_message="Days away are 0 to 400.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostingExtension",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("was_due_on", models.DateField(editable=False, verbose_name="was planned until")),
                ("due_on", models.DateField(verbose_name="planned until")),
                ("document_number", models.CharField(max_length=60, verbose_name="document number")),
                ("document_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "days_late",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="recorded late, days"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "posting",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="put_off",
                        to="assignments.posting",
                        verbose_name="posting",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension of a posting",
                "ordering": ("posting", "created_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("was_due_on"))),
                        name="extension_goes_further",
                        violation_error_code="due_on",
                        violation_error_message="The new last day lies after the one that was planned.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchCall",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                (
                    "directions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None, verbose_name="directions"
                    ),
                ),
                ("criteria", models.JSONField(default=list, verbose_name="reviewers' criteria")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="remark")),
                ("topics_until", models.DateField(verbose_name="topics until")),
                ("drafts_until", models.DateField(verbose_name="first versions until")),
                ("reports_until", models.DateField(verbose_name="reports until")),
                ("reviews_until", models.DateField(verbose_name="reviews until")),
                ("is_open", models.BooleanField(default=False, editable=False, verbose_name="open")),
            ],
            options={
                "verbose_name": "call for research topics",
                "ordering": ("-year", "title"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("year", "title"),
                        name="one_call_of_a_title_a_year",
                        violation_error_code="title",
                        violation_error_message="This year has a call of this title already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("drafts_until__gte", models.F("topics_until")),
                            ("reports_until__gte", models.F("drafts_until")),
                            ("reviews_until__gte", models.F("reports_until")),
                        ),
                        name="days_of_a_call_follow_each_other",
                        violation_error_code="drafts_until",
                        violation_error_message="Topics, first versions, reports and reviews follow each other.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressMeeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("held_on", models.DateField(verbose_name="held on")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("chair", models.CharField(blank=True, max_length=40, verbose_name="chair")),
                ("minutes", models.TextField(max_length=2000, verbose_name="minutes")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="assignments.researchcall",
                        verbose_name="call",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress meeting",
                "ordering": ("-held_on", "id"),
                "indexes": [
                    models.Index(fields=["-held_on", "id"], name="meeting_by_day"),
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(models.F("minutes")),
                        condition=models.Q(("voided_at", None)),
                        gin_pending_list_limit=512,
                        name="meeting_grams",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchProject",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "kind",
                    models.CharField(
                        choices=[("personal", "Personal report"), ("team", "Team topic")],
                        editable=False,
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("direction", models.CharField(blank=True, max_length=40, verbose_name="direction")),
                ("plan", models.TextField(blank=True, max_length=2000, verbose_name="research plan")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="report due on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("approved", "Approved"),
                            ("in_progress", "In progress"),
                            ("writing", "Writing"),
                            ("review", "Review"),
                            ("submitted", "Submitted"),
                            ("closed", "Closed"),
                            ("dropped", "Dropped"),
                        ],
                        default="call",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateField(editable=False, verbose_name="in this state since")),
                (
                    "versions_count",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="versions"),
                ),
                (
                    "reviews_done",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="reviews handed in"),
                ),
                (
                    "reviews_released_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="reviews shown to the team since"
                    ),
                ),
                (
                    "recommended_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="recommended on"),
                ),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="sent up on")),
                ("submitted_to", models.CharField(blank=True, max_length=60, verbose_name="sent up to")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("drop_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for dropping it")),
                (
                    "dropped_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("call", "Call"),
                            ("approved", "Approved"),
                            ("in_progress", "In progress"),
                            ("writing", "Writing"),
                            ("review", "Review"),
                            ("submitted", "Submitted"),
                            ("closed", "Closed"),
                            ("dropped", "Dropped"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="stage before it was dropped",
                    ),
                ),
                (
                    "remarked_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="the department looked at it on"
                    ),
                ),
                ("returned_on", models.DateField(blank=True, editable=False, null=True, verbose_name="sent back on")),
                (
                    "news",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("approved", "The topic is approved"),
                            ("dropped", "The topic is not carried on"),
                            ("read", "The mentor has read the report"),
                            ("remarked", "The department commented on the report"),
                            ("back", "The report is back at writing"),
                            ("released", "The reviews can be read"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="told last",
                    ),
                ),
                ("news_on", models.DateField(blank=True, editable=False, null=True, verbose_name="told on")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="assignments.researchcall",
                        verbose_name="call",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="research",
                        to="people.villageterm",
                        verbose_name="village term",
                    ),
                ),
            ],
            options={
                "verbose_name": "research project",
                "ordering": ("-created_at", "id"),
                "indexes": [
                    models.Index(fields=["state", "state_since", "id"], name="project_by_state"),
                    models.Index(fields=["kind", "state", "id"], name="project_by_kind"),
                    models.Index(fields=["call", "state", "id"], name="project_of_call"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("call", "approved", "in_progress", "writing", "review")), ("voided_at", None)
                        ),
                        fields=["due_on", "id"],
                        name="project_by_due_day",
                    ),
                    models.Index(
                        condition=models.Q(("news_on__isnull", False)),
                        fields=["news_on", "id"],
                        name="project_by_news_day",
                    ),
                    models.Index(
                        condition=models.Q(("returned_on__isnull", False)),
                        fields=["returned_on", "id"],
                        name="project_by_return_day",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", "personal"), ("voided_at", None), models.Q(("state", "dropped"), _negated=True)
                        ),
                        fields=("term",),
                        name="one_personal_report_of_a_term",
                        violation_error_code="term",
                        violation_error_message="This village term has its research report already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "personal"), ("term__isnull", False)),
                            models.Q(("kind", "team"), ("term", None)),
                            _connector="OR",
                        ),
                        name="personal_reports_belong_to_a_term",
                        violation_error_code="term",
                        violation_error_message="A personal report belongs to a village term, a team topic does not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), models.Q(("drop_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "dropped"), _negated=True), ("drop_reason", "")),
                            _connector="OR",
                        ),
                        name="dropped_projects_say_why",
                        violation_error_code="drop_reason",
                        violation_error_message="Say why the topic is dropped.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_on", None), models.Q(("submitted_to", ""), _negated=True), _connector="OR"
                        ),
                        name="submitted_reports_say_where",
                        violation_error_code="submitted_to",
                        violation_error_message="Say to whom the report was sent up.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchPrize",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "level",
                    models.CharField(
                        choices=[("city", "City"), ("district", "District"), ("province", "Province")],
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        choices=[
                            ("first", "First prize"),
                            ("second", "Second prize"),
                            ("third", "Third prize"),
                            ("commended", "Excellent report"),
                        ],
                        max_length=10,
                        verbose_name="prize",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name of the prize")),
                ("awarded_by", models.CharField(max_length=60, verbose_name="awarded by")),
                ("awarded_on", models.DateField(verbose_name="awarded on")),
                ("document_number", models.CharField(max_length=60, verbose_name="document number")),
                (
                    "project",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prizes",
                        to="assignments.researchproject",
                        verbose_name="research project",
                    ),
                ),
            ],
            options={
                "verbose_name": "research prize",
                "ordering": ("-awarded_on", "id"),
                "indexes": [
                    models.Index(fields=["-awarded_on", "id"], name="prize_by_day"),
                    models.Index(fields=["level", "rank", "-awarded_on"], name="prize_by_level"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("project", "name", "awarded_on"),
                        name="one_prize_of_a_name_a_day",
                        violation_error_code="name",
                        violation_error_message="This prize is recorded already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=80, verbose_name="title")),
                ("body", models.TextField(max_length=30000, verbose_name="text")),
                ("changes", models.CharField(blank=True, max_length=200, verbose_name="what is new")),
                ("handed_in_at", models.DateTimeField(editable=False, verbose_name="handed in at")),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed in by",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="assignments.researchproject",
                        verbose_name="research project",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a report",
                "ordering": ("project", "-number"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("number", 1)), fields=["handed_in_at", "id"], name="report_by_first_day"
                    ),
                    models.Index(fields=["handed_in_at", "id"], name="version_by_day"),
                    django.contrib.postgres.indexes.GinIndex(
                        cadre_app.core.grams.Grams(
                            django.db.models.functions.text.Concat(
                                models.F("title"),
                                models.Value("\n"),
                                models.F("body"),
                                models.Value("\n"),
                                models.F("changes"),
                                output_field=models.TextField(),
                            )
                        ),
                        condition=models.Q(("voided_at", None)),
                        gin_pending_list_limit=512,
                        name="version_grams",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("project", "number"), name="one_version_of_a_number")],
            },
        ),
        migrations.CreateModel(
            name="ReportRemark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "is_return",
                    models.BooleanField(default=False, editable=False, verbose_name="sent back to be supplemented"),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="the department on it")),
                ("said_on", models.DateField(editable=False, verbose_name="said on")),
                (
                    "said_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="assignments.reportversion",
                        verbose_name="version of a report",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark on a report",
                "ordering": ("report", "created_at"),
                "indexes": [models.Index(fields=["report", "-created_at", "id"], name="remark_of_version")],
            },
        ),
        migrations.CreateModel(
            name="MentorReading",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("read_on", models.DateField(editable=False, verbose_name="read on")),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="comment")),
                (
                    "mentor",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="research_readings",
                        to="people.person",
                        verbose_name="mentor",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="assignments.reportversion",
                        verbose_name="version of a report",
                    ),
                ),
            ],
            options={
                "verbose_name": "mentor's reading of a report",
                "ordering": ("-read_on", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("report", "mentor"),
                        name="one_reading_of_a_version",
                        violation_error_message="You have read this version already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchAward",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("awarded_on", models.DateField(editable=False, verbose_name="awarded on")),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="research_awards",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "prize",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="assignments.researchprize",
                        verbose_name="research prize",
                    ),
                ),
            ],
            options={
                "verbose_name": "research award",
                "ordering": ("-awarded_on", "id"),
                "indexes": [models.Index(fields=["trainee", "-awarded_on", "id"], name="award_of_trainee")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("prize", "trainee"),
                        name="one_award_of_a_prize",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("is_lead", models.BooleanField(default=False, verbose_name="leads the team")),
                ("share", models.CharField(blank=True, max_length=100, verbose_name="part of the work")),
                ("joined_on", models.DateField(editable=False, verbose_name="in the team since")),
                ("left_on", models.DateField(blank=True, editable=False, null=True, verbose_name="left the team on")),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="research",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="assignments.researchproject",
                        verbose_name="research project",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a research team",
                "ordering": ("project", "-is_lead", "joined_on", "id"),
                "indexes": [models.Index(fields=["trainee", "-joined_on", "id"], name="research_of_trainee")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("project", "trainee"),
                        name="once_in_a_research_team",
                        violation_error_code="trainee",
                        violation_error_message="This person is in the team already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_lead", True), ("voided_at", None)),
                        fields=("project",),
                        name="one_lead_of_a_research_team",
                        violation_error_code="is_lead",
                        violation_error_message="The team has a lead already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("progress", models.CharField(max_length=400, verbose_name="progress")),
                ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("done_on", models.DateField(blank=True, editable=False, null=True, verbose_name="done on")),
                (
                    "meeting",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="assignments.progressmeeting",
                        verbose_name="progress meeting",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="assignments.researchproject",
                        verbose_name="research project",
                    ),
                ),
            ],
            options={
                "verbose_name": "item of a progress meeting",
                "ordering": ("meeting", "created_at"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on", None), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="progress_by_due_day",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("meeting", "project"),
                        name="once_on_the_agenda",
                        violation_error_code="project",
                        violation_error_message="This meeting has an item for the project already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on", None), models.Q(("next_step", ""), _negated=True), _connector="OR"
                        ),
                        name="dated_steps_say_what",
                        violation_error_code="next_step",
                        violation_error_message="Say what is to be done until that day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResearchReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("due_on", models.DateField(verbose_name="review due on")),
                ("points", models.JSONField(blank=True, default=dict, editable=False, verbose_name="points")),
                ("total", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="points in all")),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="comment")),
                (
                    "handed_in_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="handed in at"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="assignments.reportversion",
                        verbose_name="version of a report",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="research_reviews",
                        to="people.person",
                        verbose_name="reviewer",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a report",
                "ordering": ("report", "created_at"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("handed_in_at", None), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="review_due",
                    ),
                    models.Index(fields=["reviewer", "due_on", "id"], name="review_of_reviewer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("report", "reviewer"),
                        name="one_review_of_a_version",
                        violation_error_code="reviewer",
                        violation_error_message="This person reviews the version already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("total", None), ("total__lte", 100), _connector="OR"),
                        name="points_of_a_review_are_sane",
                        violation_error_code="total",
                        violation_error_message="A review gives 100 points at most.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_in_at", None), ("total", None)),
                            models.Q(("handed_in_at__isnull", False), ("total__isnull", False)),
                            _connector="OR",
                        ),
                        name="reviews_handed_in_have_points",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("due_on", models.DateField(editable=False, verbose_name="term ends on")),
                ("summary", models.TextField(blank=True, max_length=5000, verbose_name="own summary")),
                (
                    "summary_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="own summary handed in on"),
                ),
                ("papers_on", models.DateField(blank=True, null=True, verbose_name="papers looked at on")),
                ("finding_papers", models.CharField(blank=True, max_length=1000, verbose_name="what the papers show")),
                ("talks_on", models.DateField(blank=True, null=True, verbose_name="talks with villagers held on")),
                (
                    "talks_held",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="people talked with"),
                ),
                ("finding_talks", models.TextField(blank=True, max_length=1000, verbose_name="what the talks show")),
                (
                    "no_report_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="why there is no research report"),
                ),
                ("proposed_on", models.DateField(blank=True, null=True, verbose_name="proposed on")),
                ("proposal", models.TextField(blank=True, max_length=1000, verbose_name="comment on the term")),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "Passed"), ("failed", "Not passed")],
                        max_length=10,
                        verbose_name="conclusion",
                    ),
                ),
                ("notice_from", models.DateField(blank=True, null=True, verbose_name="public notice from")),
                ("notice_until", models.DateField(blank=True, null=True, verbose_name="public notice until")),
                (
                    "objections",
                    models.TextField(blank=True, max_length=1000, verbose_name="what was raised during the notice"),
                ),
                ("signed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="signed off on")),
                ("handed_over_on", models.DateField(blank=True, null=True, verbose_name="form handed over on")),
                ("handed_to", models.CharField(blank=True, max_length=40, verbose_name="received by")),
                ("filed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="filed on")),
                (
                    "has_ended_term",
                    models.BooleanField(default=False, editable=False, verbose_name="its filing ended the term"),
                ),
                (
                    "prolonged_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="term prolonged on"),
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
                    "term",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="people.villageterm",
                        verbose_name="village term",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a village term",
                "ordering": ("due_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("filed_on", None), ("prolonged_on", None), ("voided_at", None)),
                        fields=["due_on", "id"],
                        name="term_review_open",
                    ),
                    models.Index(fields=["term", "-due_on"], name="review_of_term"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("prolonged_on", None), ("voided_at", None)),
                        fields=("term",),
                        name="one_review_of_a_term",
                        violation_error_message="This village term has its review already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notice_until", None),
                            models.Q(("notice_from__isnull", False), ("notice_until__gt", models.F("notice_from"))),
                            _connector="OR",
                        ),
                        name="notice_ends_after_start",
                        violation_error_code="notice_until",
                        violation_error_message="The public notice ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prolonged_on", None),
                            models.Q(("conclusion", "failed"), ("filed_on", None), ("signed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="prolonged_after_a_failed_review",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filed_on", None),
                            models.Q(("handed_over_on__isnull", False), models.Q(("conclusion", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="filed_reviews_are_complete",
                        violation_error_message="A review is filed with its conclusion, after the form was handed over.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("has_ended_term", False), ("filed_on__isnull", False), _connector="OR"),
                        name="only_filed_reviews_end_a_term",
                    ),
                ],
            },
        ),
    ]
