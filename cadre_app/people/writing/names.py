"""What follows from a name: keys for sorting by pinyin and by strokes, its surname, a sign-in name, what was typed.

`name_pinyin` is stored as syllables joined by an apostrophe (`zheng'guo'feng`), which sorts before every letter: 李安
stays with 李 and not among 连. Nothing in here raises, whatever the text.
"""

import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext_lazy

from cadre_app.core.typed import narrow
from cadre_app.people.writing.strokes import stroke_key
from cadre_app.people.writing.surnames import COMPOUND, GIVEN, SINGLE

PINYIN_LENGTH = 200
INITIALS_LENGTH = 40
STROKES_LENGTH = 240
USERNAME_LENGTHS = (3, 28)

SEPARATOR = "'"
UNREADABLE = "~"  # after every letter
HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
GAP = re.compile(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
DOTS = re.compile(f"(?<=[{HAN}])\\s*[.．・•‧∙·]\\s*(?=[{HAN}])")
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
NOT_A_NAME = gettext_lazy("Only the name: leave out brackets, signs and notes.")
NO_NAME = re.compile(r"[^\w\s'’·.-]")
TOKEN = re.compile(f"[{HAN}]|[^{HAN}]+")
ALL_HAN = re.compile(f"[{HAN}]+")
LETTERS = re.compile(r"[a-z0-9]+")
LONG_U = re.compile("(?<=[ln])ü")
TYPED_BREAK = re.compile(r"[\s'’·.-]+")
WORD_BREAK = re.compile(r"[\W_]+")
TYPED_AT_MOST = 40
WAYS_AT_MOST = 8

INITIAL_SOUNDS = ["", *"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh"]
FINAL_SOUNDS = (
    "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue v ve"
)
SYLLABLES = frozenset(initial + final for initial in INITIAL_SOUNDS for final in FINAL_SOUNDS.split())
SYLLABLE_LENGTH = max(map(len, SYLLABLES))
BEGINNINGS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable) + 1))


def tidy_name(text: str) -> str:
    """A name without what only lays it out: 王　㛃 is 王㛃, 阿依努尔・艾山 has its one dot, nothing unseen is left."""
    plain = " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
    return DOTS.sub("·", GAP.sub("", plain))


def is_name(text: str) -> bool:
    """True without brackets and other signs that no name has: what stands in them is a note."""
    return NO_NAME.search(text) is None


@dataclass(frozen=True)
class SortKeys:
    """Columns of a person, ASCII, compared bytewise: `name_pinyin`, `name_initials`, `name_stroke_key`."""

    pinyin: str
    initials: str
    strokes: str


def sort_keys(name: str) -> SortKeys:
    """Keys of a name of any script, cut to the columns' lengths; empty for a name without letters."""
    words = _words(name)
    tokens = _tokens(words)
    return SortKeys(
        pinyin=SEPARATOR.join(tokens)[:PINYIN_LENGTH],
        initials="".join(token[0] for token in tokens)[:INITIALS_LENGTH],
        strokes="".join(stroke_key(character.lower()[0]) for word in words for character in word)[:STROKES_LENGTH],
    )


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name; names of other forms (阿依努尔·艾山, Latin) have no surname."""
    words = _words(name)
    if len(words) != 1 or not ALL_HAN.fullmatch(words[0]):
        return "", " ".join(name.split())
    length = len(_compound(words[0])) or 1
    return words[0][:length], words[0][length:]


def username_base(name: str) -> str:
    """Pinyin of a name as the beginning of a sign-in name: 3 to 28 characters of a-z and 0-9."""
    shortest, longest = USERNAME_LENGTHS
    tokens = [token for token in _tokens(_words(name)) if token != UNREADABLE] or ["user"]
    base = tokens[0][:longest]
    for token in tokens[1:]:
        if len(base) + len(token) > longest:
            break
        base += token
    return base.ljust(shortest, "0")


def name_matches(typed: str, path: str = "") -> Q:
    """Condition for persons (over the relation `path`): a name from its beginning; of letters alone, pinyin or initials."""
    text = narrow(typed)
    if text.isascii():
        return pinyin_matches(text, path)
    return Q(**{f"{path}__name__startswith" if path else "name__startswith": tidy_name(text)})


def pinyin_matches(typed: str, path: str = "") -> Q:
    """Condition for persons (over the relation `path`) whose name is what was typed: zgf, zheng, zhengguof, zhenggf.

    Other readings of a surname are found too (danyiming for 单一鸣). Text with other letters matches nobody.
    """
    words = [word for word in TYPED_BREAK.split(_latin(typed)[:TYPED_AT_MOST]) if word]
    letters = "".join(words)
    fields = f"{path}__" if path else ""
    if not LETTERS.fullmatch(letters):
        return Q(pk__in=[])
    found = Q(**{f"{fields}name_initials__startswith": letters})
    for pinyin, initials in _ways(letters, words):
        wanted = {f"{fields}name_initials__startswith": initials} if initials else {}
        found |= Q(**{f"{fields}name_pinyin__startswith": pinyin}, **wanted)
        first, separator, rest = pinyin.partition(SEPARATOR)
        for surname, reading in _misread(first):
            other = wanted and {f"{fields}name_initials__startswith": reading[0] + initials[1:]}
            start = {f"{fields}name_pinyin__startswith": reading + separator + rest}
            found |= Q(**{f"{fields}name__startswith": surname}, **start, **other)
    return found


def _words(name: str) -> list[str]:
    """Parts of a name; blanks inside a Chinese name (王　宁) are only layout."""
    text = unicodedata.normalize("NFKC", name)
    joined = "".join(text.split())
    if ALL_HAN.fullmatch(joined):
        return [joined]
    return [word for word in WORD_BREAK.split(text) if word]


def _tokens(words: list[str]) -> list[str]:
    """One syllable for each Chinese character, one token for each run of other letters; never an empty one."""
    if len(words) == 1 and ALL_HAN.fullmatch(words[0]):
        return _chinese(words[0])
    return [
        _syllable(token) if ALL_HAN.fullmatch(token) else _plain(token)
        for word in words
        for token in TOKEN.findall(word)
    ]


def _chinese(name: str) -> list[str]:
    compound = _compound(name)
    if compound:
        surname = COMPOUND[compound].split()
    else:
        surname = [SINGLE[name[0]].split()[0] if name[0] in SINGLE else _syllable(name[0])]
    return surname + [_syllable(character) for character in name[len(surname) :]]


def _compound(name: str) -> str:
    return next((name[:length] for length in (4, 2) if name[:length] in COMPOUND), "")


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    if character in GIVEN:
        return GIVEN[character]
    # The dictionary of phrases takes 50 MB in every process and knows few given names.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return _plain("".join(lazy_pinyin(character, errors="ignore")))


def _latin(text: str) -> str:
    """Lower-case text without accents; lü and nü are lv and nv, as they are typed."""
    lower = LONG_U.sub("v", unicodedata.normalize("NFKC", text).lower())
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def _plain(text: str) -> str:
    return "".join(LETTERS.findall(_latin(text))) or UNREADABLE


def _ways(letters: str, words: list[str]) -> list[tuple[str, str]]:
    """Beginnings of `name_pinyin` that the letters can stand for, some with a beginning of `name_initials`."""
    ways = [(letters, ""), *((SEPARATOR.join(pieces), "") for pieces in _segments(letters))]
    if len(words) > 1:
        ways.append((SEPARATOR.join(words), ""))
    surnames = [[letters[:length]] for length in range(1, SYLLABLE_LENGTH + 1) if letters[:length] in SYLLABLES]
    surnames += [reading.split() for reading in COMPOUND.values()]
    for surname in surnames:
        rest = letters.removeprefix("".join(surname))
        if rest and rest != letters:
            start = SEPARATOR.join(surname) + SEPARATOR
            ways.append((start, "".join(syllable[0] for syllable in surname) + rest))
    return list(dict.fromkeys(ways))


def _segments(letters: str) -> list[list[str]]:
    """Ways to part letters into syllables of which the last may be begun only; a few at most."""
    ends: dict[int, list[list[str]]] = {len(letters): []}
    for start in range(len(letters) - 1, -1, -1):
        rest = letters[start:]
        found = [[rest]] if rest in BEGINNINGS else []
        for length in range(min(SYLLABLE_LENGTH, len(rest)), 0, -1):
            if rest[:length] in SYLLABLES:
                found += [[rest[:length], *tail] for tail in ends[start + length]]
        ends[start] = found[:WAYS_AT_MOST]
    return ends[0]


def _misread(syllable: str) -> list[tuple[str, str]]:
    """Surnames that are also, or by mistake, read like this, with the reading they are stored under."""
    spoken = ((surname, readings.split()) for surname, readings in SINGLE.items())
    return [(surname, readings[0]) for surname, readings in spoken if syllable in readings[1:]]
