"""From raw cells to the values of an ImportColumn, by its kind."""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from cadre_app.core.cells import (
    Day,
    Precision,
    as_text,
    holds_two_days,
    is_nothing,
    plain,
    read_choice,
    read_day,
    read_int,
    read_month,
    read_text,
    read_yes_no,
    refuse_lost_digits,
)
from cadre_app.core.cells.texts import shortened
from cadre_app.core.fields import validate_plain_text
from cadre_app.core.importing import ImportColumn, ImportRow
from cadre_app.imports.reading.data import Odd, Value, is_blank
from cadre_app.imports.reading.words import ENDINGS, FEW, SPOKEN
from cadre_app.people.writing import id_numbers, phones

LANGUAGES = ("zh-hans", "en")
MOST_REMEMBERED = 5_000
REPEATED = ("choice", "code", "bool", "date", "month", "int")
GRADED = re.compile(r"[等档]次$")
CHINESE_DIGITS = str.maketrans("1234", "一二三四")

Reader = Callable[[Any], Any]


class CellReader:
    """Reads the cells of one column; build it once for all rows, the choices are asked for here.

    `months_only` counts the cells of a day in which only a month stood.
    """

    def __init__(self, column: ImportColumn, *, uses_1904: bool = False) -> None:
        self.column = column
        self._uses_1904 = uses_1904
        self._read = column.read or self._reader()
        self.months_only = 0
        self._known: dict[Hashable, Any] = {}
        self._remembers = column.read is None and column.kind in REPEATED

    def read_again(self, row: ImportRow, raw: Value) -> None:
        """As `read`, replacing what `row` held of this cell."""
        key = self.column.key
        row.cells.pop(key, None)
        row.values.pop(key, None)
        row.unread = [(each, message) for each, message in row.unread if each != key]
        self.read(row, raw)

    def read(self, row: ImportRow, raw: Value) -> None:
        """Put into `row` the text of this cell, and what it means or why it cannot be read; a blank cell adds nothing."""
        if is_blank(raw):
            return
        key = self.column.key
        if isinstance(raw, Odd):
            row.cells[key] = raw.text
            row.unread.append((key, raw.message))
            return
        row.cells[key] = as_text(raw).strip()
        try:
            value = self._value(raw)
        except ValidationError as error:
            row.unread.append((key, self._why(raw, error)))
            return
        if isinstance(value, Day):
            self.months_only += value.precision is Precision.MONTH
            value = value.last if self.column.is_end else value.value
        if value is not None and value != "":
            row.values[key] = value

    def _why(self, raw: Any, error: ValidationError) -> str:
        if self.column.until and error.error_list[0].code == "not_a_date" and holds_two_days(raw):
            text = _(
                "“%(text)s” cannot be read as a first and a last day. Write the two days in two columns, as 2025.06.09 and "
                "2025.06.13."
            )
            return text % {"text": shortened(raw)}
        return " ".join(error.messages)

    def _value(self, raw: Any) -> Any:
        """What the cell means; None for one that says there is nothing."""
        if not self._remembers:
            return None if is_nothing(raw) else self._read(raw)
        remembered = (type(raw), raw)
        if remembered not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[remembered] = self._meant(raw)
        return self._known[remembered]

    def _meant(self, raw: Any) -> Any:
        if not is_nothing(raw):
            return self._read(raw)
        try:
            return self._read(raw) if self.column.kind in ("choice", "code") else None
        except ValidationError:
            return None

    def _reader(self) -> Reader:
        column = self.column
        readers: dict[str, Reader] = {
            "text": lambda raw: read_text(raw, longest=column.longest, lines=column.lines),
            "date": lambda raw: read_day(raw, uses_1904=self._uses_1904),
            "month": lambda raw: read_month(raw, uses_1904=self._uses_1904),
            "id_number": _id_number,
            "phone": _phone,
            "int": lambda raw: read_int(raw, low=column.low, high=column.high),
            "bool": read_yes_no,
        }
        return readers.get(column.kind) or choice_reader(column)


def choice_reader(column: ImportColumn) -> Reader:
    """A function from a cell to the value of one of the column's choices: by value, name in either language, or speech."""
    offered = [(value, str(label)) for value, label in column.choices()] if column.choices is not None else []
    meanings: dict[str, str] = {}
    vague: dict[str, list[str]] = {}
    names = {value: {plain(label)} for value, label in offered}
    for language in LANGUAGES:
        with translation.override(language):
            for value, label in column.choices() if column.choices is not None else ():
                for word in (value, str(label)):
                    meanings.setdefault(plain(word), value)
                if language == LANGUAGES[0]:  # what a Chinese word is part of is asked for on an English page too
                    names[value].add(plain(str(label)))
                _collect(str(label), value, vague)
    for word, values in vague.items():
        if len(values) == 1:
            meanings.setdefault(word, values[0])

    def read(raw: Any) -> str:
        text = as_text(raw)
        validate_plain_text(text)
        word = _known_word(plain(text), meanings)
        if word not in meanings:
            _refuse_elsewhere(column, word)
            said = vague.get(word) or [value for value, known in names.items() if any(word in name for name in known)]
            _refuse_vague(text, [label for value, label in offered if word and value in said])
        meant, labels = word if word in meanings else text, [label for _value, label in offered]
        return read_choice(meant, meanings, offered=labels, names_all=column.names_all)

    return read


def _known_word(word: str, meanings: Mapping[str, str]) -> str:
    """The word as it is known: 4级 as 四级, 优秀等次 as 优秀; else with Chinese figures."""
    if word in meanings:
        return word
    word = word.translate(CHINESE_DIGITS)
    grade = GRADED.sub("", word)
    return grade if word not in meanings and grade in meanings else word


def _collect(label: str, value: str, vague: dict[str, list[str]]) -> None:
    """Ways of speaking of one choice; a word that two of them share means neither."""
    words = set(SPOKEN.get(label, ()))
    words |= {label.removesuffix(ending) for ending in ENDINGS if label.endswith(ending)}
    for word in words:
        if value not in vague.setdefault(plain(word), []):
            vague[plain(word)].append(value)


def _refuse_elsewhere(column: ImportColumn, word: str) -> None:
    """What is no choice of this column, as it is entered in another way."""
    for each, why in column.elsewhere.items():
        if plain(each) == word:
            raise ValidationError(str(why), code="elsewhere")


def _refuse_vague(text: str, meant: list[str]) -> None:
    """硕士 as a degree is the name of a group of codes: say which there are."""
    if len(meant) >= FEW:
        shown = [*meant[:6], *(["…"] if len(meant) > 6 else [])]  # noqa: PLR2004  # a line's worth
        raise ValidationError(
            _("“%(text)s” can be several things. Choose one of: %(names)s"),
            code="vague",
            params={"text": text.strip(), "names": _(", ").join(shown)},
        )


def _id_number(raw: Any) -> str:
    refuse_lost_digits(raw)
    return id_numbers.check(as_text(raw))


def _phone(raw: Any) -> str:
    return phones.check(as_text(raw))
