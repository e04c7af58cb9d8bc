"""What the database itself refuses of postings and of comparisons of results."""

from django.db import migrations

# Criteria are set beforehand: once the comparison is open, nobody changes or deletes them. New rows are left to the
# services, as a copy of a whole database writes criteria of comparisons that are open already.
CRITERIA = """
CREATE FUNCTION assignments_criteria_are_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM assignments_competition WHERE id = OLD.competition_id AND state <> 'draft') THEN
        RAISE EXCEPTION 'criteria of an open comparison stay as they are: % refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignments_criteria_are_set BEFORE UPDATE OR DELETE ON assignments_competitioncriterion
    FOR EACH ROW EXECUTE FUNCTION assignments_criteria_are_set();
"""
NO_CRITERIA = """
DROP TRIGGER assignments_criteria_are_set ON assignments_competitioncriterion;
DROP FUNCTION assignments_criteria_are_set();
"""

SIGNED = """
CREATE TRIGGER assignments_signed_by_another BEFORE INSERT OR UPDATE OF signed_by_id, checked_by_id ON assignments_posting
    FOR EACH ROW EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id');
"""
NO_SIGNED = "DROP TRIGGER assignments_signed_by_another ON assignments_posting;"

# Whoever proposed a posting neither checks nor signs it, and none is signed unchecked: asked when one of the names is written,
# so that records of before the rule can still be worked on.
HANDS = """
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
NO_HANDS = """
DROP TRIGGER assignments_posting_hands ON assignments_posting;
DROP FUNCTION assignments_posting_hands();
"""


class Migration(migrations.Migration):
    replaces = [("assignments", "0015_texts_that_are_searched")]

    dependencies = [("assignments", "0001_tables"), ("core", "0002_functions")]

    operations = [
        migrations.RunSQL(CRITERIA, NO_CRITERIA),
        migrations.RunSQL(SIGNED, NO_SIGNED),
        migrations.RunSQL(HANDS, NO_HANDS),
    ]
