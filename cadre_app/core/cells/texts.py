"""Text in cells: cleaned of what a spreadsheet adds, never cut, never changed in its words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.core.fields import validate_plain_text
from cadre_app.core.sheets import DANGEROUS

V = TypeVar("V")

EDGES = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
NOTHING = frozenset({"", "无", "暂无", "—", "——", "-", "--", "/", "\\", "n/a", "none", "null"})
LONGEST_NOTHING = 8
CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff\u3000-\u303f"
BROKEN_LINE = re.compile(rf"(?<=[{CHINESE}])[ \t\u3000]*[\r\n]+[ \t\u3000]*(?=[{CHINESE}])")
BLANKS = re.compile(r"[ \t\r\n\u00a0\u3000]+")
UNSEEN = re.compile(r"[\u200b\u2060\ufeff]")
QUOTED_DANGER = tuple("'" + mark for mark in DANGEROUS)
SHOWN = 30
NAMED = 6
ALL_NAMED = 12  # so many choices are read at a glance: nobody has to look the others up


def as_text(value: Any) -> str:
    """The cell as its reader sees it: whole numbers without a fraction, days as 1996-07-05."""
    if type(value) is str:
        return value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != time.min else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def plain(value: Any) -> str:
    """For comparing: compatible forms made one (full-width digits), no blanks at all, small letters."""
    return BLANKS.sub("", UNSEEN.sub("", unicodedata.normalize("NFKC", as_text(value)))).lower()


def is_nothing(value: Any) -> bool:
    """Blank, or one of the ways to say that there is nothing (无, —, /)."""
    return value is None or (isinstance(value, str) and len(value) <= LONGEST_NOTHING and plain(value) in NOTHING)


def read_text(value: Any, *, longest: int, lines: bool = False) -> str:
    """Text without blanks at its ends; line breaks are kept only with `lines`, else a wrapped line is made one.

    Raises ValidationError for invisible control characters and for more than `longest` characters.
    """
    text = as_text(value).strip(EDGES)
    if text.isprintable() and "\ufffd" not in text and "  " not in text and len(text) <= longest and text[:1] != "'":
        return text  # nearly all cells
    if text.startswith(QUOTED_DANGER):
        text = text[1:]  # our own exports put it there
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else BLANKS.sub(" ", BROKEN_LINE.sub("", text))
    text = UNSEEN.sub("", text)
    validate_plain_text(text)
    if len(text) > longest:
        raise ValidationError(
            _("At most %(longest)s characters; these are %(count)s."),
            code="too_long",
            params={"longest": longest, "count": len(text)},
        )
    return text


def read_choice(value: Any, meanings: Mapping[str, V], *, offered: Iterable[str], names_all: bool = False) -> V:
    """What `value` means; `meanings` is keyed by `plain()` words. Raises ValidationError naming what is `offered`, of many the
    first ones or, with `names_all`, all.
    """
    key = plain(value)
    if key in meanings:
        return meanings[key]
    names = [str(name) for name in offered]
    # Merit, third class is one name, not two.
    between = "; " if any(", " in name for name in names) else _(", ")
    shown = between.join(names) if names_all or len(names) <= ALL_NAMED else between.join(names[:NAMED]) + "…"
    raise ValidationError(
        _("“%(text)s” is not known here. Choose one of: %(names)s"),
        code="not_offered",
        params={"text": shortened(value), "names": shown},
    )


def shortened(value: Any) -> str:
    """The beginning of a cell, for a message."""
    text = BLANKS.sub(" ", as_text(value)).strip()
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text[:SHOWN] + ("…" if len(text) > SHOWN else "")
