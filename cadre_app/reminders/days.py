"""Days as they are typed and shown: "14, 7, 1, 0" in any punctuation and width."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

BETWEEN = re.compile(r"[\s,、;.。|/]+")
LONGEST_NUMBER = 4


def read_days(text: str) -> list[int]:
    """The numbers in `text`, each once, as typed; raises ValidationError naming what is no number of days."""
    found: dict[int, None] = {}
    for part in filter(None, BETWEEN.split(unicodedata.normalize("NFKC", text))):
        number = part.removesuffix("天").removesuffix("日")
        if not (number.isascii() and number.isdecimal()):
            raise ValidationError(
                _("“%(part)s” is not a number of days. Enter for example: 14, 7, 1, 0"),
                code="not_days",
                params={"part": part[:20]},
            )
        found[int(number) if len(number) <= LONGEST_NUMBER else 10**LONGEST_NUMBER] = None
    return list(found)


def shown_days(days: Iterable[int], *, zero: str) -> str:
    """The days in the viewer's language, 0 as `zero`; empty for none."""
    return _(", ").join(zero if day == 0 else str(day) for day in days)
