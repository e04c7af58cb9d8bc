from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# What is no number allows nothing: where it is not needed it goes. Where it was, the row stands until somebody changes it.
FORWARD = """
UPDATE appraisal_unitquota SET approval_number = ''
WHERE approval_number !~ '[0-9０-９〇一二三四五六七八九十]' AND (excellents = 0 OR excellents <= approved);
"""


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0005_each_result_reviewed")]

    operations = [
        migrations.RemoveConstraint(
            model_name="unitquota",
            name="excellent_within_quota",
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        AddConstraintNotValid(
            model_name="unitquota",
            constraint=models.CheckConstraint(
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
        ),
        AddConstraintNotValid(
            model_name="unitquota",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approval_number", ""),
                    ("approval_number__regex", "[0-9０-９〇一二三四五六七八九十]"),
                    _connector="OR",
                ),
                name="approval_number_has_a_figure",
                violation_error_code="approval_number",
                violation_error_message="Write the number as the document bears it, with its figures.",
            ),
        ),
    ]
