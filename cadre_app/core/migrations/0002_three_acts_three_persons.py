from django.db import migrations

# 审核 and 签批 by two accounts: asked when either name is written, so that records of before the rule can still be worked on.
# For a table with these two columns, first whoever signs: EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id').
FORWARD = """
CREATE FUNCTION core_signed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    signs text := to_jsonb(NEW) ->> TG_ARGV[0];
    checks text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
    IF signs IS NULL OR signs IS DISTINCT FROM checks THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF signs = to_jsonb(OLD) ->> TG_ARGV[0] AND checks = to_jsonb(OLD) ->> TG_ARGV[1] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'checked and signed off by the same account'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_by_another_than_checked';
END $$;
"""
BACKWARD = "DROP FUNCTION core_signed_by_another();"


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
