"""The grams of a text by the quarter of its day, for an index of many texts (docs/adr/0031-full-text.md)."""

from django.db import migrations

# Each lexeme with its quarter before it: "2026.4抗旱". A full stop ends a run, so that no lexeme can be read in two ways.
QUARTER_GRAMS = """
CREATE FUNCTION core_quarter_grams(grams tsvector, day date) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
SELECT array_to_tsvector(ARRAY(
    SELECT quarter || lexeme
    FROM (SELECT extract(year FROM day) || '.' || extract(quarter FROM day) AS quarter) AS of_day, unnest(grams)
))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_functions")]

    operations = [migrations.RunSQL(QUARTER_GRAMS, "DROP FUNCTION core_quarter_grams(tsvector, date);")]
