from django.db import migrations

FORWARD = """
CREATE FUNCTION rosters_frozen_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a frozen report is kept' USING ERRCODE = 'check_violation', CONSTRAINT = 'frozen_reports_stay';
END $$;
CREATE TRIGGER rosters_frozen_is_kept BEFORE DELETE ON rosters_superiorreport
    FOR EACH ROW WHEN (OLD.state = 'frozen') EXECUTE FUNCTION rosters_frozen_is_kept();
"""
BACKWARD = """
DROP TRIGGER rosters_frozen_is_kept ON rosters_superiorreport;
DROP FUNCTION rosters_frozen_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("rosters", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
