from django.conf import settings
from django.db import migrations, models

# Which corrections the reviews that wait can have brought: those of a later day, as was asked until now. And what was
# voided with its year, in the moments before it.
FORWARD = """
UPDATE appraisal_annualassessment a SET corrected_before_review = (
    SELECT count(*) FROM appraisal_annualcorrection c
    WHERE c.assessment_id = a.id AND c.is_signed AND c.voided_at IS NULL AND c.decided_on < a.review_asked_on
) WHERE a.review_asked_on IS NOT NULL;
UPDATE appraisal_annualassessment a SET voided_with_year = true
FROM appraisal_unitquota q JOIN appraisal_assessmentyear y ON y.id = q.campaign_id
WHERE q.id = a.quota_id AND a.voided_at BETWEEN y.voided_at - interval '10 seconds' AND y.voided_at;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0004_signed_by_another"),
        ("org", "0001_initial"),
        ("people", "0008_ends_of_probation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="annualassessment",
            name="corrected_before_review",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="annualassessment",
            name="voided_with_year",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="was_review_answer",
            field=models.TextField(blank=True, editable=False, max_length=1000),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="was_review_answered_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="was_review_asked_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="was_review_outcome",
            field=models.CharField(
                blank=True,
                choices=[("kept", "The result stands"), ("changed", "The result was corrected")],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="was_review_reason",
            field=models.TextField(blank=True, editable=False, max_length=1000),
        ),
        migrations.AddIndex(
            model_name="annualassessment",
            index=models.Index(
                condition=models.Q(("checked_on", None), ("confirmed_on", None), ("voided_at", None)),
                fields=["entered_on", "id"],
                name="annual_to_check",
            ),
        ),
        migrations.AddIndex(
            model_name="annualassessment",
            index=models.Index(
                condition=models.Q(("confirmed_on", None), ("voided_at", None)),
                fields=["checked_on", "id"],
                name="annual_to_sign_off",
            ),
        ),
        migrations.AddIndex(
            model_name="annualassessment",
            index=models.Index(
                condition=models.Q(("filed_on", None), ("voided_at", None)),
                fields=["confirmed_on", "id"],
                name="annual_to_file",
            ),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
