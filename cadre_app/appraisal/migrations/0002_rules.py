"""How many of a quota are excellent, and what the database itself refuses of a result."""

from django.db import migrations

# The excellent of a unit are counted by the database under the lock of its row, so that two entries at once cannot pass
# its quota: the check of the row refuses the second. It counts anew each time, which a copy of a whole database survives.
# Of what was decided on paper before its year was opened here no place of the quota is taken.
EXCELLENTS = """
CREATE FUNCTION appraisal_count_excellent() RETURNS trigger LANGUAGE plpgsql AS $$
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
            WHERE quota_id = touched AND grade = 'excellent' AND voided_at IS NULL AND paper_signatory = ''
        ) WHERE id = touched;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER appraisal_count_added AFTER INSERT ON appraisal_annualassessment
    FOR EACH ROW WHEN (NEW.grade = 'excellent') EXECUTE FUNCTION appraisal_count_excellent();
CREATE TRIGGER appraisal_count_changed AFTER UPDATE ON appraisal_annualassessment
    FOR EACH ROW WHEN ((OLD.grade, OLD.quota_id, OLD.voided_at, OLD.paper_signatory)
        IS DISTINCT FROM (NEW.grade, NEW.quota_id, NEW.voided_at, NEW.paper_signatory))
    EXECUTE FUNCTION appraisal_count_excellent();
CREATE TRIGGER appraisal_count_deleted AFTER DELETE ON appraisal_annualassessment
    FOR EACH ROW WHEN (OLD.grade = 'excellent') EXECUTE FUNCTION appraisal_count_excellent();
"""
NO_EXCELLENTS = """
DROP TRIGGER appraisal_count_deleted ON appraisal_annualassessment;
DROP TRIGGER appraisal_count_changed ON appraisal_annualassessment;
DROP TRIGGER appraisal_count_added ON appraisal_annualassessment;
DROP FUNCTION appraisal_count_excellent();
"""

SIGNED = """
CREATE TRIGGER appraisal_signed_by_another BEFORE INSERT OR UPDATE OF confirmed_by_id, checked_by_id ON appraisal_annualassessment
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('confirmed_by_id', 'checked_by_id');
"""
NO_SIGNED = "DROP TRIGGER appraisal_signed_by_another ON appraisal_annualassessment;"


class Migration(migrations.Migration):
    replaces = [("appraisal", "0009_quarters_on_paper")]

    dependencies = [("appraisal", "0001_tables"), ("core", "0002_functions")]

    operations = [migrations.RunSQL(EXCELLENTS, NO_EXCELLENTS), migrations.RunSQL(SIGNED, NO_SIGNED)]
