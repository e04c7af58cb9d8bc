from django.db import migrations

# Whoever proposed a posting neither checks nor signs it, and none is signed unchecked: asked when one of the names is written,
# so that records of before the rule can still be worked on.
FORWARD = """
CREATE FUNCTION assignments_posting_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.proposed_by_id, NEW.checked_by_id, NEW.signed_by_id)
            IS NOT DISTINCT FROM (OLD.proposed_by_id, OLD.checked_by_id, OLD.signed_by_id) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.proposed_by_id IN (NEW.checked_by_id, NEW.signed_by_id) THEN
        RAISE EXCEPTION 'checked or signed off by whoever proposed it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_decided_by_others';
    END IF;
    IF NEW.signed_by_id IS NOT NULL AND NEW.checked_by_id IS NULL THEN
        RAISE EXCEPTION 'signed off unchecked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_signed_after_check';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignments_posting_hands BEFORE INSERT OR UPDATE OF proposed_by_id, checked_by_id, signed_by_id
    ON assignments_posting FOR EACH ROW EXECUTE FUNCTION assignments_posting_hands();
"""
BACKWARD = """
DROP TRIGGER assignments_posting_hands ON assignments_posting;
DROP FUNCTION assignments_posting_hands();
"""


class Migration(migrations.Migration):
    dependencies = [("assignments", "0012_signed_by_another")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
