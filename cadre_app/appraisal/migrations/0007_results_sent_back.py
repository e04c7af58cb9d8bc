import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Whoever entered last is known to have had a part.
FORWARD = """
UPDATE appraisal_annualassessment SET hands = ARRAY[entered_by_id] WHERE entered_by_id IS NOT NULL;
UPDATE appraisal_quarterlyassessment SET hands = ARRAY[entered_by_id] WHERE entered_by_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0006_approval_numbers"),
        ("people", "0008_ends_of_probation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # What a generated column says cannot be changed: `state` is made anew, with its indexes.
    operations = [
        migrations.AddField(
            model_name="annualassessment",
            name="former",
            field=models.TextField(blank=True, editable=False, max_length=1400, verbose_name="from the unit before"),
        ),
        migrations.AddField(
            model_name="annualassessment",
            name="hands",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="annualassessment",
            name="return_reason",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="annualassessment",
            name="returned_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sent back by",
            ),
        ),
        migrations.AddField(
            model_name="annualassessment",
            name="returned_on",
            field=models.DateField(editable=False, null=True, verbose_name="sent back on"),
        ),
        migrations.AddField(
            model_name="annualassessment",
            name="status_note",
            field=models.CharField(blank=True, max_length=200, verbose_name="why another personnel status"),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="appraised_on",
            field=models.DateField(blank=True, null=True, verbose_name="appraised on"),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="self_report_on",
            field=models.DateField(blank=True, null=True, verbose_name="own report on"),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="status",
            field=models.CharField(
                blank=True,
                choices=[("civil_servant", "Civil servant"), ("institution", "Public institution staff")],
                max_length=16,
                verbose_name="personnel status",
            ),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="survey_on",
            field=models.DateField(blank=True, null=True, verbose_name="opinions gathered on"),
        ),
        migrations.AddField(
            model_name="annualcorrection",
            name="was_status",
            field=models.CharField(
                blank=True,
                choices=[("civil_servant", "Civil servant"), ("institution", "Public institution staff")],
                editable=False,
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="quarterlyassessment",
            name="hands",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, editable=False, size=None
            ),
        ),
        migrations.RemoveIndex(model_name="annualassessment", name="annual_by_year"),
        migrations.RemoveIndex(model_name="annualassessment", name="annual_by_state"),
        migrations.RemoveIndex(model_name="annualassessment", name="annual_of_quota"),
        migrations.RemoveField(model_name="annualassessment", name="state"),
        migrations.AddField(
            model_name="annualassessment",
            name="state",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(review_answered_on=None, review_asked_on__isnull=False, then=models.Value("review")),
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
        migrations.AddIndex(
            model_name="annualassessment", index=models.Index(fields=["-year", "state", "id"], name="annual_by_year")
        ),
        migrations.AddIndex(
            model_name="annualassessment", index=models.Index(fields=["state", "id"], name="annual_by_state")
        ),
        migrations.AddIndex(
            model_name="annualassessment", index=models.Index(fields=["quota", "state"], name="annual_of_quota")
        ),
        migrations.AddIndex(
            model_name="annualassessment",
            index=models.Index(
                condition=models.Q(("returned_on__isnull", False), ("voided_at", None)),
                fields=["returned_on", "id"],
                name="annual_returned",
            ),
        ),
        migrations.AddIndex(
            model_name="annualassessment",
            index=models.Index(
                condition=models.Q(("review_answered_on__isnull", False), ("voided_at", None)),
                fields=["review_answered_on", "id"],
                name="annual_review_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualassessment",
            constraint=models.CheckConstraint(
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
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
