"""Comparison of results by front and season: criteria, results, reviewers and scores."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


# Criteria are set beforehand: once the comparison is open, nobody changes or deletes them. New rows are left to the
# services, as a copy of a whole database writes criteria of comparisons that are open already.
FORWARD = """
CREATE FUNCTION assignments_criteria_are_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM assignments_competition WHERE id = OLD.competition_id AND state <> 'draft') THEN
        RAISE EXCEPTION 'criteria of an open comparison stay as they are: % refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignments_criteria_are_set BEFORE UPDATE OR DELETE ON assignments_competitioncriterion
    FOR EACH ROW EXECUTE FUNCTION assignments_criteria_are_set();
"""
BACKWARD = """
DROP TRIGGER assignments_criteria_are_set ON assignments_competitioncriterion;
DROP FUNCTION assignments_criteria_are_set();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0002_fronts"),
        ("org", "0001_initial"),
        ("people", "0003_due_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                "indexes": [
                    models.Index(fields=["competition", "order", "id"], name="criterion_in_order"),
                ],
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
                ("verified_on", models.DateField(blank=True, editable=False, null=True, verbose_name="verified on")),
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
                    "front",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="assignments.front",
                        verbose_name="front",
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
                    ),
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
                "indexes": [
                    models.Index(fields=["person", "competition"], name="competition_of_reviewer"),
                ],
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
                "indexes": [
                    models.Index(fields=["entry", "criterion"], name="scores_of_result"),
                ],
                "constraints": [
                    models.UniqueConstraint(
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
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
