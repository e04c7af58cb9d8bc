from django.db import migrations

FORWARD = """
CREATE TRIGGER probation_signed_by_another BEFORE INSERT OR UPDATE OF signed_by_id, checked_by_id ON probation_probation
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id');
"""
BACKWARD = "DROP TRIGGER probation_signed_by_another ON probation_probation;"


class Migration(migrations.Migration):
    dependencies = [
        ("probation", "0002_what_is_missing"),
        ("core", "0002_three_acts_three_persons"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
