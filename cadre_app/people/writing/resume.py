"""The résumé (简历, JianLi of .lrmx): lines `yyyy.MM--yyyy.MM  text`, with （其间：…） for periods inside a line.

Months are dates of their first day, as in `Person`. Reading is tolerant, writing strict.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 10_000
EARLIEST_YEAR = 1900
INDENT = " " * 18
OPEN_GAP = " " * 9
LINE_END = re.compile(r"\r\n|\r|\n")

# Only for finding months and brackets: every character keeps its place, and the text stays as it was typed.
HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９．／－～　\u00a0（）：；ｰ\u2010\u2011\u2212\ufe63", "0123456789./-~  ():;ー----"
)
# Em, en and figure dashes, horizontal bar, and the dashes two and three times as long.
DASHES = "-—–―\u2012\u2e3a\u2e3b"
NO_NUMBER = "[0-9年级班届期名个岁人次项]"
DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
# 2015.09.01, 2015/9/1, 2015-09-01 and 2015年9月1日: a day goes on as its month began.
DAY_BEHIND = "|".join(
    [
        *(
            rf"(?:(?<={mark}[0-9])|(?<={mark}[0-9]{{2}})){mark}{DAY}(?!{NO_NUMBER})[日号]?"
            for mark in (r"\.", "/", "-")
        ),
        rf"(?<=月)\s?{DAY}\s?[日号]",
    ]
)
PARTED_MONTH = r"[0-9]{4}\s?[./年-]\s?[0-9]{1,2}(?![0-9])(?:\s?月)?"
# 201509 and 20150901 too: figures that can be nothing but a month or a day of these centuries.
MONTH = (
    r"(?P<year>[0-9]{4})(?:"
    rf"\s?[./年-]\s?(?P<month>[0-9]{{1,2}})(?![0-9])(?:\s?月)?(?P<day>{DAY_BEHIND})?|"
    rf"(?<=19[0-9]{{2}}|20[0-9]{{2}})(?P<packed>0[1-9]|1[0-2])(?P<packed_day>0[1-9]|[12][0-9]|3[01])?(?![0-9])(?:\s?月)?)"
)
UNTIL_NOW = "至今|至目前|现在|目前|迄今"
JOINT = (
    rf"(?:[{DASHES}](?:\s?[{DASHES}])*|~+|至|到|迄(?=今)|"
    rf"[一ー]+(?=\s{{0,3}}(?:[0-9]{{4}}|{UNTIL_NOW}|今)))"  # dashes of other keyboards, where no word can stand
)
PERIOD_TEXT = (
    rf"\s*{MONTH.replace('?P<', '?P<first_')}\s{{0,3}}{JOINT}"
    rf"(?:\s{{0,3}}{MONTH.replace('?P<', '?P<last_')}|\s{{0,3}}(?:{UNTIL_NOW})|今)?"
)
PERIOD = re.compile(PERIOD_TEXT)
ANY_PERIOD = re.sub(r"\?P<\w+>", "?:", PERIOD_TEXT)
# 其中 is a word of many texts: only with a period behind it does it say the same.
NESTED = re.compile(rf"[(【](?:(?:其间|期间):|(?:其间|期间|其中)[:，,、]?(?={ANY_PERIOD}))")
NEXT_NESTED = re.compile(rf";\s*(?:{PARTED_MONTH}|{ANY_PERIOD})")
BULLET = re.compile(
    rf"\s*(?:[●•·○◆◇■□▪◎★☆※►▶➢*-]|[①-⑳⑴-⒇]|\(?[0-9]{{1,2}}[.)、]|\(?[一二三四五六七八九十]{{1,3}}[)、.])\s*(?={ANY_PERIOD})"
)
START = re.compile(r"[\s:：；，,、]*")
# An end that was not read stands at the head of the text then; as it is written there, the text is further away.
LOST_END = re.compile(rf"[0-9]|[\s:;：；，,、~至到一ー>{DASHES[1:]}-]{{1,4}}{PARTED_MONTH}")
ATTACHABLE = re.compile(r"(?!月)[\u3400-\u9fff]")
OPEN_ATTACHABLE = re.compile(r"(?![月今至现目迄])[\u3400-\u9fff]")


@dataclass(frozen=True)
class ResumeLine:
    """A period from month to month (`end` None: until now), what was done, and the periods inside it."""

    start: date
    end: date | None
    text: str
    nested: tuple["ResumeLine", ...] = ()


@dataclass
class _Paragraph:
    """A line together with the lines that continue it; every character knows the number of its line."""

    text: str
    numbers: list[int]

    @property
    def plain(self) -> str:
        return self.text.translate(HALF_WIDTH)

    def add(self, text: str, number: int) -> None:
        if self.text and (self.text[-1] + text[0]).isascii() and (self.text[-1] + text[0]).isalnum():
            text = f" {text}"
        self.text += text
        self.numbers += [number] * len(text)

    def part(self, start: int, end: int | None = None) -> "_Paragraph":
        return _Paragraph(self.text[start:end], self.numbers[start:end])

    def without(self, start: int, end: int) -> "_Paragraph":
        return _Paragraph(self.text[:start] + self.text[end:], self.numbers[:start] + self.numbers[end:])


def parse(text: str) -> list[ResumeLine]:
    """Lines of a résumé; ValidationError names the number of each line that cannot be."""
    return [line for _number, line in _numbered(text)]


def _numbered(text: str) -> list[tuple[int, ResumeLine]]:
    if len(text) > LONGEST:
        raise ValidationError(
            _("The résumé is longer than %(count)d characters."), code="resume", params={"count": LONGEST}
        )
    errors: list[ValidationError] = []
    lines: list[tuple[int, ResumeLine]] = []
    for paragraph in _paragraphs(text):
        try:
            lines.append((paragraph.numbers[0], _line(paragraph)))
        except ValidationError as error:
            errors.append(error)
    errors = errors or list(_disorder(lines))
    if errors:
        raise ValidationError(errors)
    return lines


def write(lines: list[ResumeLine]) -> str:
    """Canonical text of what `parse` gave, with \\n between the lines (.lrmx itself wants CRLF)."""
    rows = []
    for line in lines:
        rows.append(f"{_period(line)}{'  ' if line.end else OPEN_GAP}{line.text}")
        for inner in line.nested:
            gap = "" if (ATTACHABLE if inner.end else OPEN_ATTACHABLE).match(inner.text) else OPEN_GAP
            rows.append(f"{INDENT}（其间：{_period(inner)}{gap}{inner.text}）")
    return "\n".join(rows)


def check(text: str, *, typed_on: date | None = None) -> str:
    """Canonical text of a résumé; ValidationError as `parse`, and for months after the day on which it is `typed_on`."""
    lines = _numbered(text)
    if typed_on is not None and (errors := list(_to_come(lines, typed_on))):
        raise ValidationError(errors)
    return write([line for _number, line in lines])


def with_days(text: str) -> list[int]:
    """The numbers of the lines in which days are named, of which `parse` keeps the months."""
    rows = enumerate(LINE_END.split(text.translate(HALF_WIDTH)), 1)
    names = ("first_day", "first_packed_day", "last_day", "last_packed_day")
    return [number for number, row in rows if any(found[name] for found in PERIOD.finditer(row) for name in names)]


def _to_come(lines: list[tuple[int, ResumeLine]], day: date) -> Iterator[ValidationError]:
    for number, line in lines:
        months = [month for each in (line, *line.nested) for month in (each.start, each.end) if month is not None]
        if months and max(months) > day:
            month = f"{max(months):%Y.%m}"
            yield _error(_("Line %(line)d: the month %(month)s is still to come."), number, month=month)


def _paragraphs(text: str) -> list[_Paragraph]:
    """A row that begins with a digit begins a line, an indented one only with months; inside （其间：…） none does."""
    found: list[_Paragraph] = []
    for number, row in enumerate(LINE_END.split(text.replace("\ufeff", "")), 1):
        stripped = row.strip()
        if not stripped:
            continue
        if bullet := BULLET.match(row.translate(HALF_WIDTH)):
            row = row[bullet.end() :]  # noqa: PLW2901  # what stands before the months says nothing
            stripped = row.strip()
        plain = row.translate(HALF_WIDTH)
        begins = plain[0] in "0123456789" or PERIOD.match(plain)
        if not found or (begins and not _is_inside(found[-1].plain)):
            found.append(_Paragraph("", []))
        found[-1].add(stripped, number)
    return found


def _is_inside(plain: str) -> bool:
    """Whether the last （其间： is still open."""
    groups = list(NESTED.finditer(plain))
    return bool(groups) and _group(plain, groups[-1])[1] is None


def _line(paragraph: _Paragraph) -> ResumeLine:
    start, end, body = _dated(paragraph)
    line = ResumeLine(start, end, "")
    nested = []
    while group := NESTED.search(body.plain):
        cuts, close = _group(body.plain, group)
        if close is None or NESTED.search(body.plain, group.end(), close):
            message = _("Line %(line)d: write each nested period as one （其间：…） with both brackets.")
            raise _error(message, body.numbers[group.start()])
        for first, last in pairwise(cuts):
            nested.append(_inner(body.part(first, last), line, body.numbers[group.start()]))
        body = body.without(group.start(), close)
    return ResumeLine(start, end, _text(body, paragraph.numbers[0]), tuple(nested))


def _inner(part: _Paragraph, line: ResumeLine, number: int) -> ResumeLine:
    blanks = len(part.plain) - len(part.plain.lstrip("; "))
    part = part.part(blanks) if part.text[blanks:] else _Paragraph(" ", [number])
    start, end, body = _dated(part)
    if start < line.start or (line.end and (end is None or end > line.end)):
        message = _("Line %(line)d: a nested period lies outside the period of its line.")
        raise _error(message, part.numbers[0])
    return ResumeLine(start, end, _text(body, part.numbers[0]))


def _group(plain: str, opening: re.Match[str]) -> tuple[list[int], int | None]:
    """Borders of the periods in a group that begins so, and its end: None if it is open, or its brackets cross each other."""
    start, is_square = opening.end(), plain[opening.start()] == "【"
    inside, square = (0, 1) if is_square else (1, 0)
    own, cuts = (inside, square), [start]
    for place in range(start, len(plain)):
        inside += {"(": 1, ")": -1}.get(plain[place], 0)
        square += {"【": 1, "】": -1}.get(plain[place], 0) if is_square else 0
        if (inside, square) == (0, 0):
            return [*cuts, place], place + 1
        if inside < 0 or (is_square and not square):
            break
        if (inside, square) == own and NEXT_NESTED.match(plain, place):
            cuts.append(place)
    return [*cuts, len(plain)], None


def _dated(paragraph: _Paragraph) -> tuple[date, date | None, _Paragraph]:
    """First and last month of a paragraph, and what follows them."""
    number = paragraph.numbers[0]
    period = PERIOD.match(paragraph.plain)
    if period is None:
        raise _error(_("Line %(line)d: begin with the months, for example 2015.09--2019.07."), number)
    start = _month(period, "first", number)
    end = _month(period, "last", number) if period["last_year"] else None
    if end and end < start:
        raise _error(_("Line %(line)d: the end lies before the start."), number)
    body = paragraph.part(period.end())
    if end is None and LOST_END.match(body.plain):
        raise _error(_("Line %(line)d: write both months as 2015.09--2019.07."), number)
    return start, end, body


def _month(period: re.Match[str], which: str, number: int) -> date:
    year, month = period[f"{which}_year"], period[f"{which}_month"] or period[f"{which}_packed"]
    try:
        day = date(int(year), int(month), 1)
    except ValueError:
        day = date.min
    if day.year < EARLIEST_YEAR:
        raise _error(_("Line %(line)d: there is no month %(month)s."), number, month=f"{year}.{month}")
    return day


def _text(body: _Paragraph, number: int) -> str:
    text = START.sub("", body.text, count=1).rstrip()
    if not text:
        raise _error(_("Line %(line)d: say what was done in this period."), number)
    return text


def _disorder(lines: list[tuple[int, ResumeLine]]) -> Iterator[ValidationError]:
    """Lines follow each other; two may share a month, and only the last may be without an end."""
    for (number, line), (next_number, following) in pairwise(lines):
        if line.end is None:
            yield _error(_("Line %(line)d: only the last line may be without an end."), number)
        elif following.start < line.end:
            yield _error(_("Line %(line)d: it begins before the line above ends."), next_number)


def _period(line: ResumeLine) -> str:
    return f"{line.start:%Y.%m}--" + (f"{line.end:%Y.%m}" if line.end else "")


def _error(message: str, number: int, **params: str) -> ValidationError:
    return ValidationError(message, code="resume", params={"line": number, **params})
