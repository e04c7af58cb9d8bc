"""What the database itself refuses of a form that was issued."""

from django.db import migrations

# What was issued was handed on: its content is never written again, whoever asks.
ISSUED = """
CREATE FUNCTION appointment_issued_as_they_are() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the form % was issued', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_as_they_are';
END $$;
CREATE TRIGGER appointment_issued_as_they_are BEFORE UPDATE ON appointment_appointmentform
    FOR EACH ROW WHEN (OLD.state = 'issued' AND (NEW.body <> OLD.body OR NEW.state <> OLD.state))
    EXECUTE FUNCTION appointment_issued_as_they_are();
"""
NO_ISSUED = """
DROP TRIGGER appointment_issued_as_they_are ON appointment_appointmentform;
DROP FUNCTION appointment_issued_as_they_are();
"""


class Migration(migrations.Migration):
    replaces = [("appointment", "0002_intakes_step_by_step")]

    dependencies = [("appointment", "0001_tables")]

    operations = [migrations.RunSQL(ISSUED, NO_ISSUED)]
