"""History refuses UPDATE, DELETE and TRUNCATE in the database itself."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_entry_append_only BEFORE UPDATE OR DELETE ON history_entry
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
CREATE TRIGGER history_entry_no_truncate BEFORE TRUNCATE ON history_entry
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only();
"""
NO_APPEND_ONLY = """
DROP TRIGGER history_entry_no_truncate ON history_entry;
DROP TRIGGER history_entry_append_only ON history_entry;
DROP FUNCTION history_is_append_only();
"""


class Migration(migrations.Migration):
    replaces = [("history", "0002_append_only")]

    dependencies = [("history", "0001_tables")]

    operations = [migrations.RunSQL(APPEND_ONLY, NO_APPEND_ONLY)]
