from django.db import migrations

# The signs of a text and its neighbouring pairs, as lexemes: what the full-text search looks up (docs/adr/0031-full-text.md).
# One width and one case for Latin and figures; blanks and punctuation end a run. Nothing but pg_catalog is called, so that
# indexes on it survive a restore. What lies behind the first 60,000 signs would not fit a tsvector at its worst.
FORWARD = r"""
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
BACKWARD = "DROP FUNCTION core_grams(text);"


class Migration(migrations.Migration):
    dependencies = [("core", "0002_three_acts_three_persons")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
