""".lrmx tolerantly: any order, a BOM, unknown elements, dates and dashes as others write them; hostile files not at all."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.appointment.lrmx import dates
from cadre_app.appointment.lrmx.fields import (
    ELEMENTS,
    FAMILY,
    FAMILY_ELEMENTS,
    MONTHS,
    MOST_RELATIVES,
    PHOTO,
    ROOT,
    ROW,
    FamilyRow,
    FormFields,
    tidy,
)
from cadre_app.appointment.wording import FAMILY_LABELS, LABELS
from cadre_app.core import xmlstream
from cadre_app.people.writing import resume as resumes

MEGABYTE = 1024 * 1024
# A file as it is sent, and without a photo that is too large.
LARGEST_SENT = 48 * MEGABYTE
LARGEST = 16 * MEGABYTE
LARGEST_PHOTO = 10 * MEGABYTE
LONGEST = 20_000
DEEPEST = 8
MOST_ELEMENTS = 2_000
MOST_ROWS = 100
PIECE = 1 << 16
UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
HEAD = re.compile(r"\s*<\?xml\b[^>]*\?>")
# What stands inside of a text and lays it out within its line; every other element there begins and ends a line.
INLINE = frozenset({"a", "b", "em", "font", "i", "span", "strong", "sub", "sup", "u"})


@dataclass(frozen=True)
class Read:
    """A form as it was read; `others` are elements that the form does not know and what it holds twice, with their text;
    `remarks` are told, in the language in which it was read.
    """

    form: FormFields
    others: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


def read_lrmx(content: bytes) -> Read:
    """The form in a file. Raises ValidationError, and nothing else, for what is none or cannot be taken."""
    form = _without_large_photo(content)
    check_size(len(form))
    taken, plain = _Taken(), _as_utf8(form)
    pieces = (plain[start : start + PIECE] for start in range(0, len(plain), PIECE))
    xmlstream.parse(pieces, broken=broken, start=taken.start, end=taken.end, text=taken.text)
    remarks = taken.remarks()
    photo = read_photo(taken.values.pop("photo", ""), remarks)
    if len(form) < len(content):
        remarks.append(large_photo())
    return finished(taken.values, taken.rows, taken.others, photo, remarks)


def _without_large_photo(content: bytes) -> bytes:
    """What is left of a large file without its photo, if that alone makes it large: nothing is decoded before.

    Only what stands in one element goes, so that no text of the form is lost with it.
    """
    if not LARGEST < len(content) <= LARGEST_SENT:
        return content
    codec = UTF_16.get(content[:2], "ascii")
    name, opening, closing = (mark.encode(codec) for mark in (PHOTO, "<", ">"))
    first, last = content.find(name), content.rfind(name)
    start = content.find(closing, first + len(name), last)
    end = content.rfind(opening, start, last)
    if first < 0 or start < 0 or end < 0 or content.find(opening, start, end) >= 0:
        return content
    return content[: start + len(closing)] + content[end:]


def check_size(size: int) -> None:
    """Raises ValidationError for an empty file and one far larger than any form."""
    if size == 0:
        raise ValidationError(_("The file is empty."), code="empty")
    if size > LARGEST:
        raise oversize(LARGEST)


def oversize(most: int) -> ValidationError:
    """What is said of a file that is too large even without its photo."""
    message = gettext_lazy("The file is larger than %(most)d MB and was not read.")
    return ValidationError(message, code="oversize", params={"most": most // MEGABYTE})


def large_photo() -> str:
    """What is said of a photo that is left out for its size, in the language of this moment."""
    return _("The photo is larger than %(most)d MB and was left out.") % {"most": LARGEST_PHOTO // MEGABYTE}


def broken() -> ValidationError:
    """What is said of a file that is no form."""
    text = _("This is no appointment form that can be read: the file is damaged, or holds what no form holds.")
    return ValidationError(text, code="damaged")


def read_photo(text: str, remarks: list[str]) -> bytes:
    """The bytes of a photo. One that is damaged or far too large is left out and told; the form is read without it."""
    plain = "".join(text.split())
    if len(plain) * 3 // 4 > LARGEST_PHOTO:
        remarks.append(large_photo())
        return b""
    try:
        return base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        remarks.append(_("The photo is damaged and was left out."))
        return b""


def finished(
    values: dict[str, str],
    rows: list[dict[str, str]],
    others: list[tuple[str, str]],
    photo: bytes,
    remarks: list[str] | None = None,
) -> Read:
    """The form in its one way of writing, with what has to be looked at, `remarks` among it."""
    remarks = list(remarks or ())
    texts = {name: tidy(text) for name, text in values.items()}
    for name in MONTHS:
        texts[name] = _dated(texts.get(name, ""), dates.as_month, remarks)
    texts["age_day"] = _dated(texts.get("age_day", ""), dates.as_day, remarks)
    texts["party"] = dates.as_party(texts.get("party", ""))
    texts["resume"] = _resume(texts.get("resume", ""), remarks)
    family = [_family_row(row, remarks) for row in rows]
    known = tuple(row for row in family if not row.is_empty)
    if len(known) > MOST_RELATIVES:
        text = ngettext(
            "The family has %(count)d row; the form takes %(most)d.",
            "The family has %(count)d rows; the form takes %(most)d.",
            len(known),
        )
        remarks.append(text % {"count": len(known), "most": MOST_RELATIVES})
    filled = {name: text for name, text in texts.items() if text}
    form = FormFields(**filled, family=known, photo=photo)
    return Read(form, tuple(others), tuple(dict.fromkeys(remarks)))


def _dated(text: str, read: Any, remarks: list[str]) -> str:
    found: str | None = read(text)
    if found is None:
        remarks.append(_("“%(text)s” is no month that can be read.") % {"text": text[:40]})
    return text if found is None else found


def _resume(text: str, remarks: list[str]) -> str:
    """In its canonical form; as it is written where it cannot be read."""
    try:
        written = resumes.write(resumes.parse(text))
    except ValidationError as error:
        remarks.extend(_("Résumé: %(text)s") % {"text": message} for message in error.messages)
        return text
    if days := resumes.with_days(text):
        told = _("Résumé: the months were taken without the days, in lines: %(lines)s")
        remarks.append(told % {"lines": _(", ").join(map(str, days))})
    return written


def _family_row(row: dict[str, str], remarks: list[str]) -> FamilyRow:
    texts = {name: tidy(text) for name, text in row.items()}
    texts["birth"] = _dated(texts.get("birth", ""), dates.as_month, remarks)
    return FamilyRow(**texts)


def _as_utf8(content: bytes) -> bytes:
    """In UTF-8 and without the head that names an encoding: programs name GB2312 or GBK, and some write another one."""
    if content[:2] in UTF_16:
        codes: tuple[str, ...] = ("utf-16",)
    else:
        codes = ("utf-8-sig", "gb18030")
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        head = HEAD.match(text)
        return text[head.end() if head is not None else 0 :].lstrip().encode()
    raise broken()


@dataclass
class _Open:
    """An element that has not ended: its text so far, and the elements inside of it whose text is part of it."""

    name: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    is_cut: bool = False
    inner: list[str] = field(default_factory=list)

    def add(self, text: str, most: int | None) -> None:
        self.length += len(text)
        if most is not None and self.length > most:
            raise broken()
        self.pieces.append(text)

    def add_cut(self, text: str) -> None:
        """As much of it as is kept of what the form does not know."""
        kept = text[: LONGEST - self.length]
        self.is_cut = self.is_cut or len(kept) < len(text)
        self.length += len(kept)
        self.pieces.append(kept)


@dataclass
class _Taken:
    """What the stream of elements gave so far."""

    values: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    inside: list[tuple[str, str]] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    count: int = 0

    @property
    def path(self) -> list[str]:
        """The names of what is open, below the root."""
        return [each.name for each in self.open[1:]]

    def start(self, name: str, _attributes: xmlstream.Attributes) -> None:
        plain = xmlstream.local(name)
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= DEEPEST or (not self.open and plain != ROOT):
            raise broken()
        if len(self.open) > 1 and self.path == [FAMILY] and plain == ROW:
            self.rows.append({})
            if len(self.rows) > MOST_ROWS:
                raise broken()
        self.open.append(_Open(plain))

    def text(self, text: str) -> None:
        path = self.path
        if path in ([], [FAMILY], [FAMILY, ROW]) and not text.strip():
            return
        if _in_field(path) or _field_of(path) is not None:
            self.open[-1].add(text, None if path == [PHOTO] else LONGEST)
        else:
            self.open[-1].add_cut(text)

    def end(self, _name: str) -> None:
        place = self.path
        ended = self.open.pop()
        text = "".join(ended.pieces)
        if _in_field(place):
            self._fold(ended, text)
            return
        target = _field_of(place)
        if target is None:
            self._keep("/".join(place) or ROOT, text)
            if ended.is_cut:
                self.cut.append("/".join(place)[:100] or ROOT)
            return
        self.inside += [(name, "/".join(place)) for name in ended.inner]
        self._take(self.rows[-1] if len(place) > 1 else self.values, target, "/".join(place), text)

    def remarks(self) -> list[str]:
        """What has to be told of how the elements stood, in the language of this moment."""
        return [
            *(
                _("“%(name)s” stands inside of “%(field)s”: its text was read as part of it.")
                % {"name": name, "field": _said(outer)}
                for name, outer in self.inside
            ),
            *(
                _("“%(name)s” stands more than once: the first one was read.") % {"name": _said(name)}
                for name in self.twice
            ),
            *(
                _("“%(name)s” is longer than %(most)d characters: the rest of it was left out.")
                % {"name": name, "most": LONGEST}
                for name in self.cut
            ),
        ]

    def _fold(self, ended: _Open, text: str) -> None:
        """Into the text around it, in its place."""
        outer = self.open[-1]
        most = None if self.path == [PHOTO] else LONGEST
        is_inline = ended.name.lower() in INLINE
        if not is_inline and text.strip() and outer.pieces and not outer.pieces[-1].endswith("\n"):
            text = f"\n{text}"
        outer.add(text if is_inline else f"{text}\n", most)
        outer.inner += ended.inner
        if text.strip():
            outer.inner.append(ended.name[:100])

    def _take(self, values: dict[str, str], target: str, name: str, text: str) -> None:
        held = tidy(values.get(target, ""))
        if not held:
            values[target] = text
        elif tidy(text) not in ("", held):
            self.twice.append(name)
            if target != "photo":
                self._keep(name, text)

    def _keep(self, name: str, text: str) -> None:
        kept = tidy(text)
        if kept:
            self.others.append((name[:100], kept))


def _field_of(place: list[str]) -> str | None:
    """The field of the form whose text an element is, by the names on the way to it; None for none."""
    match place:
        case [name] if name != FAMILY:
            return ELEMENTS.get(name)
        case [family, row, name] if (family, row) == (FAMILY, ROW):
            return FAMILY_ELEMENTS.get(name)
    return None


def _said(place: str) -> str:
    """The name of a field as the printed form has it, by the names of the elements on the way to it."""
    parts = place.split("/")
    name = _field_of(parts) or ""
    return str((LABELS if len(parts) == 1 else FAMILY_LABELS).get(name, place))


def _in_field(place: list[str]) -> bool:
    return any(_field_of(place[:depth]) is not None for depth in range(1, len(place)))
