import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("appraisal", "0001_initial"),
        ("appraisal", "0002_corrections"),
        ("appraisal", "0003_declined_corrections"),
        ("appraisal", "0004_signed_by_another"),
        ("appraisal", "0005_each_result_reviewed"),
        ("appraisal", "0006_approval_numbers"),
        ("appraisal", "0007_results_sent_back"),
        ("appraisal", "0008_results_on_paper"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("org", "0001_initial"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentYear",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("starts_on", models.DateField(verbose_name="entered from")),
                ("ends_on", models.DateField(verbose_name="entered by")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment_years",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "year of assessment",
                "ordering": ("-year", "unit__path"),
                "indexes": [models.Index(fields=["-year", "unit"], name="assessment_year_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("unit", "year"),
                        name="one_assessment_year_of_a_unit",
                        violation_error_code="year",
                        violation_error_message="The assessment of this year is open in this unit already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="assessment_year_ends_after_start",
                        violation_error_code="ends_on",
                        violation_error_message="The last day lies before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1990, 2100))),
                        name="assessment_year_is_a_year",
                        violation_error_code="year",
                        violation_error_message="Enter a year with four digits.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuarterlyAssessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "status",
                    models.CharField(
                        choices=[("civil_servant", "Civil servant"), ("institution", "Public institution staff")],
                        editable=False,
                        max_length=16,
                        verbose_name="personnel status",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="year")),
                ("quarter", models.PositiveSmallIntegerField(editable=False, verbose_name="quarter")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("fair", "Fairly good"),
                            ("average", "Average"),
                            ("poor", "Rather poor"),
                        ],
                        max_length=8,
                        verbose_name="grade",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="feedback")),
                (
                    "hands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("entered_on", models.DateField(editable=False, verbose_name="entered on")),
                ("confirmed_on", models.DateField(editable=False, null=True, verbose_name="confirmed on")),
                (
                    "paper_signatory",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="confirmed on paper by"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quarterly_assessments",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "quarterly assessment",
                "ordering": ("-year", "-quarter", "trainee__stroke_key", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-year", "-quarter"], name="quarterly_of_trainee"),
                    models.Index(fields=["trainee", "-confirmed_on", "id"], name="quarterly_entry_of_trainee"),
                    models.Index(fields=["-year", "-quarter", "id"], name="quarterly_newest"),
                    models.Index(fields=["unit", "year", "quarter"], name="quarterly_of_unit"),
                    models.Index(
                        condition=models.Q(("confirmed_on", None), ("voided_at", None)),
                        fields=["entered_on", "id"],
                        name="quarterly_to_confirm",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "year", "quarter"),
                        name="one_quarterly_assessment",
                        violation_error_message="This person has an assessment of this quarter already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__range", (1, 4)), ("year__range", (1990, 2100))),
                        name="quarter_is_one_of_four",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "civil_servant")),
                        name="quarterly_of_civil_servants",
                        violation_error_code="grade",
                        violation_error_message="Quarterly assessments are for civil servants; staff of public institutions have none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper_signatory", ""),
                            models.Q(("confirmed_by", None), ("confirmed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="quarterly_on_paper_is_confirmed",
                        violation_error_message="Only what is confirmed, and by no account, is recorded as confirmed on paper.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitQuota",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "participants",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="people to be assessed"),
                ),
                (
                    "approved",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="approved number of excellent"
                    ),
                ),
                ("approval_number", models.CharField(blank=True, max_length=60, verbose_name="approval number")),
                (
                    "excellents",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="excellent so far"),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="appraisal.assessmentyear",
                        verbose_name="year of assessment",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessment_quotas",
                        to="org.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "quota of a unit",
                "ordering": ("unit__path",),
                "indexes": [models.Index(fields=["campaign", "unit"], name="quota_of_year")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("campaign", "unit"),
                        name="one_quota_of_a_unit_and_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("excellents", 0),
                            ("approval_number__regex", "[0-9０-９〇一二三四五六七八九十]"),
                            models.Q(("approved__isnull", False), ("excellents__lte", models.F("approved"))),
                            _connector="OR",
                        ),
                        name="excellent_within_quota",
                        violation_error_code="approved",
                        violation_error_message="More people are excellent than the approved number. Check them, or enter the number of the document by which the civil service department agreed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approval_number", ""),
                            ("approval_number__regex", "[0-9０-９〇一二三四五六七八九十]"),
                            _connector="OR",
                        ),
                        name="approval_number_has_a_figure",
                        violation_error_code="approval_number",
                        violation_error_message="Write the number as the document bears it, with its figures.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved", None),
                            models.Q(("participants__isnull", False), ("approved__lte", models.F("participants"))),
                            _connector="OR",
                        ),
                        name="quota_within_participants",
                        violation_error_code="approved",
                        violation_error_message="No more can be excellent than people are to be assessed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualAssessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="year")),
                (
                    "status",
                    models.CharField(
                        choices=[("civil_servant", "Civil servant"), ("institution", "Public institution staff")],
                        max_length=16,
                        verbose_name="personnel status",
                    ),
                ),
                (
                    "status_note",
                    models.CharField(blank=True, max_length=200, verbose_name="why another personnel status"),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "Excellent"),
                            ("competent", "Competent"),
                            ("basic_competent", "Basically competent"),
                            ("incompetent", "Not competent"),
                            ("qualified", "Qualified"),
                            ("basic_qualified", "Basically qualified"),
                            ("unqualified", "Not qualified"),
                        ],
                        max_length=16,
                        verbose_name="grade",
                    ),
                ),
                (
                    "no_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("probation", "On probation: comment, no grade"),
                            ("away", "Away for more than half the year: no grade"),
                            ("case_open", "Case open: neither comment nor grade"),
                            ("transferred", "Transferred: assessed by the new unit"),
                        ],
                        max_length=12,
                        verbose_name="without a grade",
                    ),
                ),
                ("case_note", models.CharField(blank=True, max_length=200, verbose_name="facts of the case")),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="comment")),
                (
                    "former",
                    models.TextField(blank=True, editable=False, max_length=1400, verbose_name="from the unit before"),
                ),
                ("self_report_on", models.DateField(blank=True, null=True, verbose_name="own report on")),
                ("survey_on", models.DateField(blank=True, null=True, verbose_name="opinions gathered on")),
                ("appraised_on", models.DateField(blank=True, null=True, verbose_name="appraised on")),
                ("notice_from", models.DateField(blank=True, null=True, verbose_name="public notice from")),
                ("notice_until", models.DateField(blank=True, null=True, verbose_name="public notice until")),
                ("entered_on", models.DateField(editable=False, null=True, verbose_name="entered on")),
                (
                    "hands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("checked_on", models.DateField(editable=False, null=True, verbose_name="checked on")),
                ("returned_on", models.DateField(editable=False, null=True, verbose_name="sent back on")),
                ("return_reason", models.CharField(blank=True, editable=False, max_length=300)),
                ("confirmed_on", models.DateField(editable=False, null=True, verbose_name="signed off on")),
                (
                    "paper_signatory",
                    models.CharField(blank=True, editable=False, max_length=60, verbose_name="signed off on paper by"),
                ),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="filed on")),
                ("filing_number", models.CharField(blank=True, max_length=60, verbose_name="number of the filing")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed by the person on")),
                ("corrected_on", models.DateField(editable=False, null=True, verbose_name="corrected on")),
                ("opinion", models.TextField(blank=True, max_length=1000, verbose_name="opinion of the person")),
                (
                    "review_asked_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="review asked for on"),
                ),
                (
                    "review_reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="why a review is asked for"),
                ),
                (
                    "review_answered_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="review answered on"),
                ),
                (
                    "review_outcome",
                    models.CharField(
                        blank=True,
                        choices=[("kept", "The result stands"), ("changed", "The result was corrected")],
                        max_length=10,
                        verbose_name="outcome of the review",
                    ),
                ),
                ("review_answer", models.TextField(blank=True, max_length=1000, verbose_name="answer to the review")),
                ("corrected_before_review", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("voided_with_year", models.BooleanField(default=False, editable=False)),
                (
                    "state",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                review_answered_on=None, review_asked_on__isnull=False, then=models.Value("review")
                            ),
                            models.When(signed_on__isnull=False, then=models.Value("signed")),
                            models.When(filed_on__isnull=False, then=models.Value("filed")),
                            models.When(confirmed_on__isnull=False, then=models.Value("to_file")),
                            models.When(returned_on__isnull=False, then=models.Value("returned")),
                            models.When(notice_from__isnull=False, then=models.Value("notice")),
                            models.When(grade="", no_grade="", then=models.Value("not_started")),
                            default=models.Value("entered"),
                            output_field=models.CharField(max_length=12),
                        ),
                        output_field=models.CharField(max_length=12),
                        verbose_name="State",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed off by",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent back by",
                    ),
                ),
                (
                    "trainee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annual_assessments",
                        to="people.trainee",
                        verbose_name="growth file",
                    ),
                ),
                (
                    "quota",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="appraisal.unitquota",
                        verbose_name="quota of a unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "annual assessment",
                "ordering": ("-year", "trainee__stroke_key", "id"),
                "indexes": [
                    models.Index(fields=["trainee", "-year"], name="annual_of_trainee"),
                    models.Index(fields=["trainee", "-confirmed_on", "id"], name="annual_entry_of_trainee"),
                    models.Index(fields=["-year", "state", "id"], name="annual_by_year"),
                    models.Index(fields=["state", "id"], name="annual_by_state"),
                    models.Index(fields=["quota", "state"], name="annual_of_quota"),
                    models.Index(
                        condition=models.Q(("grade", "excellent"), ("voided_at", None)),
                        fields=["quota"],
                        name="annual_excellent",
                    ),
                    models.Index(fields=["year", "grade", "id"], name="annual_by_grade"),
                    models.Index(fields=["confirmed_on", "id"], name="annual_by_confirmation"),
                    models.Index(
                        condition=models.Q(("checked_on", None), ("confirmed_on", None), ("voided_at", None)),
                        fields=["entered_on", "id"],
                        name="annual_to_check",
                    ),
                    models.Index(
                        condition=models.Q(("confirmed_on", None), ("voided_at", None)),
                        fields=["checked_on", "id"],
                        name="annual_to_sign_off",
                    ),
                    models.Index(
                        condition=models.Q(("returned_on__isnull", False), ("voided_at", None)),
                        fields=["returned_on", "id"],
                        name="annual_returned",
                    ),
                    models.Index(
                        condition=models.Q(("filed_on", None), ("voided_at", None)),
                        fields=["confirmed_on", "id"],
                        name="annual_to_file",
                    ),
                    models.Index(
                        condition=models.Q(("signed_on", None), ("voided_at", None)),
                        fields=["filed_on", "id"],
                        name="annual_to_sign",
                    ),
                    models.Index(
                        condition=models.Q(("confirmed_on", None), ("voided_at", None)),
                        fields=["notice_until", "id"],
                        name="annual_on_display",
                    ),
                    models.Index(
                        condition=models.Q(("review_answered_on__isnull", False), ("voided_at", None)),
                        fields=["review_answered_on", "id"],
                        name="annual_review_answered",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("review_answered_on", None),
                            ("voided_at", None),
                            models.Q(("review_asked_on", None), _negated=True),
                        ),
                        fields=["review_asked_on", "id"],
                        name="annual_review_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("trainee", "year"),
                        name="one_annual_assessment_a_year",
                        violation_error_message="This person has an assessment of this year already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade", ""), ("no_grade", ""), _connector="OR"),
                        name="annual_grade_or_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grade", ""),
                            models.Q(
                                ("grade__in", ("excellent", "competent", "basic_competent", "incompetent")),
                                ("status", "civil_servant"),
                            ),
                            models.Q(
                                ("grade__in", ("excellent", "qualified", "basic_qualified", "unqualified")),
                                ("status", "institution"),
                            ),
                            _connector="OR",
                        ),
                        name="annual_grade_fits_status",
                        violation_error_code="grade",
                        violation_error_message="This grade does not belong to the scale of this person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("no_grade", "case_open"), _negated=True), ("comment", ""), _connector="OR"
                        ),
                        name="annual_open_case_without_comment",
                        violation_error_code="comment",
                        violation_error_message="While a case is open no comment is written.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice_from", None), ("notice_until", None)),
                            models.Q(("grade", "excellent"), ("notice_until__gte", models.F("notice_from"))),
                            _connector="OR",
                        ),
                        name="annual_notice_of_excellent",
                        violation_error_code="notice_until",
                        violation_error_message="Only excellent ones are shown in public, from a first to a last day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_on", None),
                            models.Q(
                                models.Q(
                                    ("checked_on__isnull", False),
                                    models.Q(("paper_signatory", ""), _negated=True),
                                    _connector="OR",
                                ),
                                models.Q(
                                    models.Q(("grade", ""), _negated=True),
                                    models.Q(("no_grade", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="annual_confirmed_after_check",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paper_signatory", ""),
                            models.Q(
                                ("checked_by", None),
                                ("checked_on", None),
                                ("confirmed_by", None),
                                ("confirmed_on__isnull", False),
                                ("filed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="annual_on_paper_is_filed",
                        violation_error_message="Only what was filed is recorded as signed off on paper.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("return_reason", ""), ("returned_on", None)),
                            models.Q(
                                ("checked_on", None),
                                ("confirmed_on", None),
                                ("returned_on__isnull", False),
                                models.Q(("return_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="annual_returned_waits_to_be_entered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filed_on", None), ("filed_on__gte", models.F("confirmed_on")), _connector="OR"),
                            models.Q(("signed_on", None), ("signed_on__gte", models.F("filed_on")), _connector="OR"),
                            models.Q(
                                ("signed_on", None),
                                ("corrected_on", None),
                                ("signed_on__gte", models.F("corrected_on")),
                                _connector="OR",
                            ),
                        ),
                        name="annual_steps_in_order",
                        violation_error_message="A step lies before the one that comes first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_answered_on", None),
                            models.Q(
                                ("review_answered_on__gte", models.F("review_asked_on")),
                                models.Q(("review_outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="annual_review_answered_with_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualCorrection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="voided at")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[("civil_servant", "Civil servant"), ("institution", "Public institution staff")],
                        max_length=16,
                        verbose_name="personnel status",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "Excellent"),
                            ("competent", "Competent"),
                            ("basic_competent", "Basically competent"),
                            ("incompetent", "Not competent"),
                            ("qualified", "Qualified"),
                            ("basic_qualified", "Basically qualified"),
                            ("unqualified", "Not qualified"),
                        ],
                        max_length=16,
                        verbose_name="grade",
                    ),
                ),
                (
                    "no_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("probation", "On probation: comment, no grade"),
                            ("away", "Away for more than half the year: no grade"),
                            ("case_open", "Case open: neither comment nor grade"),
                            ("transferred", "Transferred: assessed by the new unit"),
                        ],
                        max_length=12,
                        verbose_name="without a grade",
                    ),
                ),
                ("case_note", models.CharField(blank=True, max_length=200, verbose_name="facts of the case")),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="comment")),
                ("self_report_on", models.DateField(blank=True, null=True, verbose_name="own report on")),
                ("survey_on", models.DateField(blank=True, null=True, verbose_name="opinions gathered on")),
                ("appraised_on", models.DateField(blank=True, null=True, verbose_name="appraised on")),
                (
                    "was_status",
                    models.CharField(
                        blank=True,
                        choices=[("civil_servant", "Civil servant"), ("institution", "Public institution staff")],
                        editable=False,
                        max_length=16,
                    ),
                ),
                (
                    "was_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("excellent", "Excellent"),
                            ("competent", "Competent"),
                            ("basic_competent", "Basically competent"),
                            ("incompetent", "Not competent"),
                            ("qualified", "Qualified"),
                            ("basic_qualified", "Basically qualified"),
                            ("unqualified", "Not qualified"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                (
                    "was_no_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("probation", "On probation: comment, no grade"),
                            ("away", "Away for more than half the year: no grade"),
                            ("case_open", "Case open: neither comment nor grade"),
                            ("transferred", "Transferred: assessed by the new unit"),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("was_comment", models.TextField(blank=True, editable=False, max_length=1000)),
                ("was_signed_on", models.DateField(editable=False, null=True)),
                ("was_opinion", models.TextField(blank=True, editable=False, max_length=1000)),
                ("was_review_asked_on", models.DateField(editable=False, null=True)),
                ("was_review_reason", models.TextField(blank=True, editable=False, max_length=1000)),
                ("was_review_answered_on", models.DateField(editable=False, null=True)),
                (
                    "was_review_outcome",
                    models.CharField(
                        blank=True,
                        choices=[("kept", "The result stands"), ("changed", "The result was corrected")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("was_review_answer", models.TextField(blank=True, editable=False, max_length=1000)),
                ("notice_from", models.DateField(blank=True, null=True, verbose_name="public notice from")),
                ("notice_until", models.DateField(blank=True, null=True, verbose_name="public notice until")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("decided_on", models.DateField(editable=False, null=True, verbose_name="decided on")),
                ("is_signed", models.BooleanField(default=False, editable=False, verbose_name="signed off")),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="reason for declining it"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="appraisal.annualassessment",
                        verbose_name="annual assessment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
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
            ],
            options={
                "verbose_name": "correction of an annual assessment",
                "ordering": ("-created_at", "id"),
                "indexes": [
                    models.Index(fields=["assessment", "-created_at"], name="correction_of_annual"),
                    models.Index(
                        condition=models.Q(("decided_on", None), ("voided_at", None)),
                        fields=["created_at", "id"],
                        name="correction_to_sign",
                    ),
                    models.Index(
                        condition=models.Q(("is_signed", False), ("voided_at", None)),
                        fields=["decided_on", "id"],
                        name="correction_declined",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_on", None), ("voided_at", None)),
                        fields=("assessment",),
                        name="one_open_correction",
                        violation_error_message="A correction of this assessment waits for the sign-off already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("grade", ""), _negated=True), ("no_grade", "")),
                            models.Q(("grade", ""), models.Q(("no_grade", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="correction_has_one_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_signed", False), models.Q(("decided_on", None), _negated=True), _connector="OR"
                        ),
                        name="signed_is_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decline_reason", ""),
                            models.Q(("decided_on__isnull", False), ("is_signed", False)),
                            _connector="OR",
                        ),
                        name="declined_corrections_say_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice_from", None), ("notice_until", None)),
                            models.Q(("grade", "excellent"), ("notice_until__gte", models.F("notice_from"))),
                            _connector="OR",
                        ),
                        name="correction_notice_of_excellent",
                        violation_error_code="notice_until",
                        violation_error_message="Only excellent ones are shown in public, from a first to a last day.",
                    ),
                ],
            },
        ),
    ]
