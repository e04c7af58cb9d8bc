"""What the database itself refuses of an outcome."""

from django.db import migrations

# Nothing is entered before it is announced: the day is the database's own, so that no service can say another one.
ANNOUNCED = """
CREATE FUNCTION advancement_outcomes_are_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.published_on > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN
        RAISE EXCEPTION 'an outcome announced on % lies after today', NEW.published_on
            USING ERRCODE = 'check_violation', CONSTRAINT = 'outcomes_are_announced';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER advancement_outcomes_are_announced BEFORE INSERT OR UPDATE ON advancement_outcome
    FOR EACH ROW EXECUTE FUNCTION advancement_outcomes_are_announced();
"""
NO_ANNOUNCED = """
DROP TRIGGER advancement_outcomes_are_announced ON advancement_outcome;
DROP FUNCTION advancement_outcomes_are_announced();
"""

SIGNED = """
CREATE TRIGGER advancement_signed_by_another BEFORE INSERT OR UPDATE OF signed_by_id, checked_by_id ON advancement_outcome
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id');
"""
NO_SIGNED = "DROP TRIGGER advancement_signed_by_another ON advancement_outcome;"


class Migration(migrations.Migration):
    replaces = [("advancement", "0004_signed_by_another")]

    dependencies = [("advancement", "0001_tables"), ("core", "0002_functions")]

    operations = [migrations.RunSQL(ANNOUNCED, NO_ANNOUNCED), migrations.RunSQL(SIGNED, NO_SIGNED)]
