"""What the database itself refuses of a probation."""

from django.db import migrations

SIGNED = """
CREATE TRIGGER probation_signed_by_another BEFORE INSERT OR UPDATE OF signed_by_id, checked_by_id ON probation_probation
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id');
"""
NO_SIGNED = "DROP TRIGGER probation_signed_by_another ON probation_probation;"


class Migration(migrations.Migration):
    replaces = [("probation", "0003_signed_by_another")]

    dependencies = [("probation", "0001_tables"), ("core", "0002_functions")]

    operations = [migrations.RunSQL(SIGNED, NO_SIGNED)]
