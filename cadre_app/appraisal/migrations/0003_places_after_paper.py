from django.db import migrations, models

# Who was excellent on paper takes no place of the quota; who became so by a correction takes one, where the quota has room:
# what was signed off before stands, and no unit is left above its number by an upgrade.
MARK = """
UPDATE appraisal_annualassessment SET excellent_on_paper = true WHERE paper_signatory <> '' AND grade = 'excellent';
"""
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
            SELECT count(*) FROM appraisal_annualassessment
            WHERE quota_id = touched AND grade = 'excellent' AND voided_at IS NULL AND {counted}
        ) WHERE id = touched;
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER appraisal_count_changed ON appraisal_annualassessment;
CREATE TRIGGER appraisal_count_changed AFTER UPDATE ON appraisal_annualassessment
    FOR EACH ROW WHEN (
        (OLD.grade, OLD.quota_id, OLD.voided_at, OLD.{column}) IS DISTINCT FROM (NEW.grade, NEW.quota_id, NEW.voided_at, NEW.{column})
    )
    EXECUTE FUNCTION appraisal_count_excellent();
"""
TAKE = """
WITH corrected AS (
    SELECT one.id, one.quota_id, count(*) OVER (PARTITION BY one.quota_id) AS many
    FROM appraisal_annualassessment one
    WHERE one.excellent_on_paper AND one.voided_at IS NULL AND EXISTS (
        SELECT 1 FROM appraisal_annualcorrection step
        WHERE step.assessment_id = one.id AND step.is_signed AND step.voided_at IS NULL
        AND step.grade = 'excellent' AND step.was_grade <> 'excellent'
    )
)
UPDATE appraisal_annualassessment one SET excellent_on_paper = false
FROM corrected JOIN appraisal_unitquota quota ON quota.id = corrected.quota_id
WHERE one.id = corrected.id AND (quota.approval_number <> '' OR quota.approved >= quota.excellents + corrected.many);
"""


def _function(counted: str, column: str) -> str:
    return FUNCTION.format(counted=counted, column=column)


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0002_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="annualassessment",
            name="excellent_on_paper",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="annualassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("excellent_on_paper", False),
                    models.Q(models.Q(("paper_signatory", ""), _negated=True), ("grade", "excellent")),
                    _connector="OR",
                ),
                name="annual_excellent_on_paper_has_one",
            ),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
        migrations.RunSQL(
            _function("NOT excellent_on_paper", "excellent_on_paper"),
            _function("paper_signatory = ''", "paper_signatory"),
        ),
        migrations.RunSQL(TAKE, migrations.RunSQL.noop),
    ]
