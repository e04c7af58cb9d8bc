from django.db import migrations

FORWARD = """
CREATE TRIGGER appraisal_signed_by_another BEFORE INSERT OR UPDATE OF confirmed_by_id, checked_by_id ON appraisal_annualassessment
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('confirmed_by_id', 'checked_by_id');
"""
BACKWARD = "DROP TRIGGER appraisal_signed_by_another ON appraisal_annualassessment;"


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0003_declined_corrections"),
        ("core", "0002_three_acts_three_persons"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
