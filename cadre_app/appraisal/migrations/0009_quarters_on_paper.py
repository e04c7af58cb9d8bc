from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0008_results_on_paper"),
    ]

    operations = [
        migrations.AddField(
            model_name="quarterlyassessment",
            name="paper_signatory",
            field=models.CharField(blank=True, editable=False, max_length=60, verbose_name="confirmed on paper by"),
        ),
        migrations.AddConstraint(
            model_name="quarterlyassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paper_signatory", ""),
                    models.Q(("confirmed_by", None), ("confirmed_on__isnull", False)),
                    _connector="OR",
                ),
                name="quarterly_on_paper_is_confirmed",
                violation_error_message="Only what is confirmed, and by no account, is recorded as confirmed on paper.",
            ),
        ),
    ]
