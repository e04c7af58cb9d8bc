"""What the database itself refuses of a briefing that was issued."""

from django.db import migrations

# What was issued stays: only voiding and restoring it go on, whatever writes to the table.
ISSUED = """
CREATE FUNCTION briefings_issued_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'issued' AND (
        TG_OP = 'DELETE'
        OR to_jsonb(NEW) - 'voided_at' - 'version' - 'updated_at'
            IS DISTINCT FROM to_jsonb(OLD) - 'voided_at' - 'version' - 'updated_at'
    ) THEN
        RAISE EXCEPTION 'an issued briefing stays as it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_briefings_stay';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER briefings_issued_stays BEFORE UPDATE OR DELETE ON briefings_briefing
    FOR EACH ROW EXECUTE FUNCTION briefings_issued_stays();
"""
NO_ISSUED = """
DROP TRIGGER briefings_issued_stays ON briefings_briefing;
DROP FUNCTION briefings_issued_stays();
"""


class Migration(migrations.Migration):
    replaces = [("briefings", "0003_issued_stays")]

    dependencies = [("briefings", "0001_tables")]

    operations = [migrations.RunSQL(ISSUED, NO_ISSUED)]
