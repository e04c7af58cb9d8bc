"""Classification markings (PRODUCT.md, "No state secrets"): told apart from ordinary talk about secrecy."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WORD = "(?:绝密|机密|秘密)"
STAR = "[★☆✩✪✭✮⭐🌟]"
PERIOD = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月|月|日|天)(?!级|度|代|级)|长期|永久|启封前|公开前"
# With a star it is a marking wherever it stands; with a bare period only where no other word leads into it.
STARRED = re.compile(rf"{WORD}{STAR}")
DATED = re.compile(rf"(?<![\u4e00-\u9fff]){WORD}[:：·•*＊/\-—]?(?:{PERIOD})")
ALONE = re.compile(rf"(?:密级[:：]?)?{WORD}(?:{STAR}+(?:{PERIOD})?|[:：·•*＊/\-—]*(?:{PERIOD}))")
BARE = re.compile(rf"(?:密级[:：]?)?{WORD}")
BLANK = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")

REFUSED = _(
    "This file bears a classification marking, so it was not accepted and not kept. "
    "Handle classified material on classified carriers, as the rules on secrecy say."
)

REFUSED_TEXT = _(
    "This text bears a classification marking, so it was not accepted and not kept. "
    "Handle classified material on classified carriers, as the rules on secrecy say."
)
CLASSIFIED = "classified"


def is_marked(text: str, *, bare: bool = True) -> bool:
    """True for a marking in a marking position (file name, title, heading, corner): 秘密★1年, 机密★, 绝密 10年.

    `bare`: a class word that is the whole text counts too. Ordinary words (保密法, 商业秘密, 保密教育) never do
    (demo-texts B19).
    """
    plain = _plain(text)
    return bool(STARRED.search(plain) or DATED.search(plain) or (bare and BARE.fullmatch(plain)))


def is_marking_alone(text: str) -> bool:
    """True where the whole text is a marking with its star or period: that is no running text in any position."""
    return ALONE.fullmatch(_plain(text)) is not None


def refuse_marked(*texts: str, bare: bool = True) -> None:
    """Raises ValidationError (code `classified`) if one of `texts`, each in a marking position, bears a marking."""
    if any(is_marked(text, bare=bare) for text in texts):
        raise ValidationError(REFUSED, code="classified")


def validate_unmarked(text: str) -> None:
    """For a field of running text: raises ValidationError (code `classified`) where a marking stands in it."""
    if is_marked(text, bare=False):
        raise ValidationError(REFUSED_TEXT, code=CLASSIFIED)


def _plain(text: str) -> str:
    return BLANK.sub("", unicodedata.normalize("NFKC", text))
