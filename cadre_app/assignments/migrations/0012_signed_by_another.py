from django.db import migrations

FORWARD = """
CREATE TRIGGER assignments_signed_by_another BEFORE INSERT OR UPDATE OF signed_by_id, checked_by_id ON assignments_posting
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id');
"""
BACKWARD = "DROP TRIGGER assignments_signed_by_another ON assignments_posting;"


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0011_remarks_on_reports"),
        ("core", "0002_three_acts_three_persons"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
