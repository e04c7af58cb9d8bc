from django.db import migrations

FORWARD = """
CREATE TRIGGER advancement_signed_by_another BEFORE INSERT OR UPDATE OF signed_by_id, checked_by_id ON advancement_outcome
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id');
"""
BACKWARD = "DROP TRIGGER advancement_signed_by_another ON advancement_outcome;"


class Migration(migrations.Migration):
    dependencies = [
        ("advancement", "0003_named_leaders"),
        ("core", "0002_three_acts_three_persons"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
