from django.conf import settings
from django.db import migrations, models

# Of what was decided on paper before its year was opened here no place of the quota is taken.
COUNTED = "grade = 'excellent' AND voided_at IS NULL"
FUNCTION = """
CREATE OR REPLACE FUNCTION appraisal_count_excellent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid;
BEGIN
    FOR touched IN
        SELECT DISTINCT key FROM unnest(ARRAY[
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.quota_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.quota_id END
        ]) AS key WHERE key IS NOT NULL ORDER BY key
    LOOP
        PERFORM 1 FROM appraisal_unitquota WHERE id = touched FOR UPDATE;
        UPDATE appraisal_unitquota SET excellents = (
            SELECT count(*) FROM appraisal_annualassessment WHERE quota_id = touched AND {counted}
        ) WHERE id = touched;
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER appraisal_count_changed ON appraisal_annualassessment;
CREATE TRIGGER appraisal_count_changed AFTER UPDATE ON appraisal_annualassessment
    FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION appraisal_count_excellent();
"""


def _function(counted: str, *columns: str) -> str:
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    return FUNCTION.format(counted=counted, old=old, new=new)


FORWARD = _function(f"{COUNTED} AND paper_signatory = ''", "grade", "quota_id", "voided_at", "paper_signatory")
BACKWARD = _function(COUNTED, "grade", "quota_id", "voided_at")


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0007_results_sent_back"),
        ("people", "0009_saved_filters_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="annualassessment", name="annual_confirmed_after_check"),
        migrations.AddField(
            model_name="annualassessment",
            name="paper_signatory",
            field=models.CharField(blank=True, editable=False, max_length=60, verbose_name="signed off on paper by"),
        ),
        migrations.AddConstraint(
            model_name="annualassessment",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="annualassessment",
            constraint=models.CheckConstraint(
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
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
