"""Which number formats of a workbook show a day, and which show two decimals."""

import re
from enum import Enum

from cadre_app.imports.reading.markup import Attributes


class Style(Enum):
    PLAIN = "plain"
    DATE = "date"
    CENTS = "cents"


# Numbers of formats that every program knows without their text; 27 to 36 and 50 to 58 are East Asian days.
DAYS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
TWO_DECIMALS = frozenset({2, 4, 39, 40})
UNREAD = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
YEAR_OR_DAY = re.compile(r"[yd]", re.IGNORECASE)
MONTH_ALONE = re.compile(r"[^hs]*m[^hs]*", re.IGNORECASE)
CENTS = re.compile(r"[#0,]*0\.00")


def styles_of(elements: list[tuple[str, Attributes]]) -> list[Style]:
    """The style of each entry of `cellXfs`, from the elements numFmt, cellXfs, cellStyleXfs and xf in order."""
    formats: dict[str, str] = {}
    found: list[Style] = []
    in_cells = False
    for name, attributes in elements:
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf":
            if in_cells:
                found.append(_style(attributes.get("numFmtId", "0"), formats))
        else:
            in_cells = name == "cellXfs"
    return found


def _style(number: str, formats: dict[str, str]) -> Style:
    code = formats.get(number)
    if code is not None:
        plain = UNREAD.sub("", code.split(";")[0])
        if not ELAPSED.search(code) and (YEAR_OR_DAY.search(plain) or MONTH_ALONE.fullmatch(plain)):
            return Style.DATE
        return Style.CENTS if CENTS.fullmatch(plain.strip()) else Style.PLAIN
    known = int(number) if number.isdigit() else 0
    if known in DAYS:
        return Style.DATE
    return Style.CENTS if known in TWO_DECIMALS else Style.PLAIN
