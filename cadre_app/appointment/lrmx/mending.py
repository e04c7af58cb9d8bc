"""A record of .lrm in which a text holds `","` itself: its pieces are put together where the rest then stands in its place.

Nothing of the file says where a field ends, so only what can be one reading alone is mended.
"""

import re
from collections.abc import Iterator, Sequence

from cadre_app.appointment.lrmx import dates

FIELDS = 33
SEXES = ("", "男", "女", "男性", "女性")
MOST_EXTRA = 20
SEX, FOURFOLD, RESUME, ASSESSMENTS, FAMILY, BIRTHS = 1, (9, 10), 17, 19, range(20, 25), 22
MONTHS, DAYS = (2, 8), (30, 32)
# Names, places and days: no quotation ever stands there.
PLAIN = (*range(10), *range(20, 24), 29, *range(30, 33))
FIGURE = re.compile(r"\s*[0-9０-９]")
YEAR = re.compile(r"\s*[0-9０-９]{4}")


def mended(pieces: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """The fields of a record with more pieces than fields, and which of them were put together; None where the record stands
    as it is, or where nobody can say. `pieces` are texts with what parts them between.
    """
    texts = list(pieces[::2])
    extra = len(texts) - FIELDS
    if not 0 < extra <= MOST_EXTRA or (_fits(texts) and all(map(_is_balanced, texts[:FIELDS]))):
        return None
    by_quotes = _joined_by_quotes(pieces)
    if by_quotes is not None and _fits(by_quotes[0]):
        return by_quotes
    if _fits(texts):
        return None
    found = [one for one in _single_runs(pieces, extra) if _fits(one[0])]
    return found[0] if len(found) == 1 else None


def is_askew(fields: Sequence[str]) -> bool:
    """Whether a record with more fields than the form has does not stand in its places."""
    return len(fields) > FIELDS and not _fits(fields)


def _joined_by_quotes(pieces: Sequence[str]) -> tuple[list[str], list[int]] | None:
    """A quotation that is open goes on in the next piece; None where the count does not fit then."""
    fields, joined = [pieces[0]], list[int]()
    for between, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if _is_balanced(fields[-1]):
            fields.append(text)
            continue
        fields[-1] += between + text
        joined.append(len(fields) - 1)
    return (fields, list(dict.fromkeys(joined))) if len(fields) == FIELDS else None


def _single_runs(pieces: Sequence[str], extra: int) -> Iterator[tuple[list[str], list[int]]]:
    """Not of a run that begins or ends with an empty field: nobody quotes nothing."""
    texts = list(pieces[::2])
    for place in range(FIELDS):
        if not (texts[place].strip() and texts[place + extra].strip()):
            continue
        run = "".join(pieces[2 * place : 2 * (place + extra) + 1])
        yield [*texts[:place], run, *texts[place + extra + 1 :]], [place]


def _is_balanced(text: str) -> bool:
    return text.count('"') % 2 == 0


def _fits(fields: Sequence[str]) -> bool:
    """Whether sex, months, schooling, résumé, results and family stand where the form has them."""
    columns = [fields[place] for place in FAMILY]
    counts = {column.count("@") for column in columns if column.strip()}
    return (
        fields[SEX].strip() in SEXES
        and all(dates.as_month(fields[place]) is not None for place in MONTHS)
        and all(dates.as_day(fields[place]) is not None for place in DAYS)
        and all('"' not in fields[place] for place in PLAIN)
        and all("#" in fields[place] or not fields[place].strip() for place in FOURFOLD)
        and (not fields[RESUME].strip() or FIGURE.match(fields[RESUME]) is not None)
        and (not fields[ASSESSMENTS].strip() or YEAR.match(fields[ASSESSMENTS]) is not None)
        and len(counts) <= 1
        and all(dates.as_month(each) is not None for each in fields[BIRTHS].split("@"))
    )
