"""Numbers of documents: 望委〔2025〕1号, whatever the brackets round the year were typed as."""

import re
import unicodedata

YEAR = re.compile(r"\s*[〔【〖\[［(（{｛]\s*((?:[1１][9９]|[2２][0０])[0-9０-９]{2})\s*(?:年\s*)?[〕】〗\]］)）}｝]\s*")
AS_PRINTED = re.compile(r"〔[0-9]{4}〕")


def tidy_number(text: str) -> str:
    """With the year in its own brackets, and then without blanks; text without a year in brackets stays."""
    found = YEAR.sub(lambda year: f"〔{unicodedata.normalize('NFKC', year[1])}〕", text)
    return "".join(found.split()) if AS_PRINTED.search(found) else found


def without_year(text: str) -> str:
    """What is left beside the year in its brackets."""
    return YEAR.sub(" ", text)
