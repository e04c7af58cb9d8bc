"""What tables of several rooms call in the database."""

from django.db import migrations

# 审核 and 签批 by two accounts: asked when either name is written, so that records of before the rule can still be worked on.
# For a table with these two columns, first whoever signs: EXECUTE FUNCTION core_signed_by_another('signed_by_id', 'checked_by_id').
SIGNED_BY_ANOTHER = """
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

# The signs of a text and its neighbouring pairs, as lexemes: what the full-text search looks up (docs/adr/0031-full-text.md).
# One width and one case for Latin and figures; blanks and punctuation end a run. Nothing but pg_catalog is called, so that
# indexes on it survive a restore. What lies behind the first 60,000 signs would not fit a tsvector at its worst.
GRAMS = r"""
CREATE FUNCTION core_grams(value text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
SELECT coalesce(array_to_tsvector(array_agg(gram) FILTER (WHERE gram IS NOT NULL)), ''::tsvector)
FROM (
    SELECT unnest(ARRAY[sign, CASE WHEN strpos(parted.apart, parted.next) = 0 THEN sign || next END]) AS gram
    FROM (
        SELECT sign, lead(sign) OVER (ORDER BY place) AS next,
            E' \t\n\r　!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~，。、；：？！…—·“”‘’（）《》〈〉【】〔〕％～￥' AS apart
        FROM string_to_table(lower(CASE
            WHEN value ~ '[０-９Ａ-Ｚａ-ｚ]' THEN translate(
                left(value, 60000),
                '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
                '0123456789abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz')
            ELSE left(value, 60000) END COLLATE "C"), NULL) WITH ORDINALITY AS signs (sign, place)
    ) AS parted
    WHERE strpos(parted.apart, parted.sign) = 0
) AS grams
$$;
"""


class Migration(migrations.Migration):
    replaces = [("core", "0002_three_acts_three_persons"), ("core", "0003_grams")]

    dependencies = [("core", "0001_tables")]

    operations = [
        migrations.RunSQL(SIGNED_BY_ANOTHER, "DROP FUNCTION core_signed_by_another();"),
        migrations.RunSQL(GRAMS, "DROP FUNCTION core_grams(text);"),
    ]
