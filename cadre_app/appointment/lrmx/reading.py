""".lrmx tolerantly: any order, a BOM, unknown elements, dates and dashes as others write them; hostile files not at all."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from cadre_app.core import xmlstream
from cadre_app.people.writing import resume as resumes

MEGABYTE = 1024 * 1024
LARGEST = 16 * MEGABYTE
LARGEST_PHOTO = 10 * MEGABYTE
LONGEST = 20_000
DEEPEST = 8
MOST_ELEMENTS = 2_000
MOST_ROWS = 100
PIECE = 1 << 16


@dataclass(frozen=True)
class Read:
    """A form as it was read; `others` are elements that the form does not know, with their text; `remarks` are told."""

    form: FormFields
    others: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


def read_lrmx(content: bytes) -> Read:
    """The form in a file. Raises ValidationError, and nothing else, for what is none or cannot be taken."""
    check_size(len(content))
    taken = _Taken()
    pieces = (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    xmlstream.parse(_without_mark(pieces), broken=broken, start=taken.start, end=taken.end, text=taken.text)
    return finished(taken.values, taken.rows, taken.others, read_photo(taken.values.pop("photo", "")))


def check_size(size: int) -> None:
    """Raises ValidationError for an empty file and one far larger than any form."""
    if size == 0:
        raise ValidationError(_("The file is empty."), code="empty")
    if size > LARGEST:
        message = _("The file is larger than %(most)d MB: the photo in it is too large. Make it smaller first.")
        raise ValidationError(message, code="oversize", params={"most": LARGEST // MEGABYTE})


def broken() -> ValidationError:
    """What is said of a file that is no form."""
    text = _("This is no appointment form that can be read: the file is damaged, or holds what no form holds.")
    return ValidationError(text, code="damaged")


def read_photo(text: str) -> bytes:
    """The bytes of a photo. Raises ValidationError for what is no base64, and for far too much of it."""
    plain = "".join(text.split())
    if len(plain) * 3 // 4 > LARGEST_PHOTO:
        message = _("The photo in the file is larger than %(most)d MB. Make it smaller and save the form again.")
        raise ValidationError(message, code="photo_oversize", params={"most": LARGEST_PHOTO // MEGABYTE})
    try:
        return base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError):
        raise ValidationError(
            _("The photo in the file is damaged. Put it in once more, or take it out."), code="photo_damaged"
        ) from None


def finished(values: dict[str, str], rows: list[dict[str, str]], others: list[tuple[str, str]], photo: bytes) -> Read:
    """The form in its one way of writing, with what has to be looked at."""
    remarks: list[str] = []
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
    for name, _text in others:
        remarks.append(_("“%(name)s” is no part of the form: it was kept and not used.") % {"name": name})
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
        return resumes.write(resumes.parse(text))
    except ValidationError as error:
        remarks.extend(_("Résumé: %(text)s") % {"text": message} for message in error.messages)
        return text


def _family_row(row: dict[str, str], remarks: list[str]) -> FamilyRow:
    texts = {name: tidy(text) for name, text in row.items()}
    texts["birth"] = _dated(texts.get("birth", ""), dates.as_month, remarks)
    return FamilyRow(**texts)


def _without_mark(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Without blanks before the head, which the parser would not take; a BOM it takes itself."""
    first = next(pieces, b"")
    mark = b"\xef\xbb\xbf"
    yield first.removeprefix(mark).lstrip() if first.startswith(mark) else first.lstrip(b" \t\r\n")
    yield from pieces


@dataclass
class _Taken:
    """What the stream of elements gave so far."""

    values: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    count: int = 0
    length: int = 0

    def start(self, name: str, _attributes: xmlstream.Attributes) -> None:
        plain = xmlstream.local(name)
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.path) >= DEEPEST or (not self.path and plain != ROOT):
            raise broken()
        if self.path == [ROOT, FAMILY] and plain == ROW:
            self.rows.append({})
            if len(self.rows) > MOST_ROWS:
                raise broken()
        self.path.append(plain)
        self.pieces, self.length = [], 0

    def text(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST and self.path[1:] != [PHOTO]:
            raise broken()
        self.pieces.append(text)

    def end(self, _name: str) -> None:
        place, text = self.path[1:], "".join(self.pieces)
        self.path.pop()
        self.pieces, self.length = [], 0
        match place:
            case [name] if name in ELEMENTS:
                if name != FAMILY:
                    self.values[ELEMENTS[name]] = text
            case [family, row, name] if (family, row) == (FAMILY, ROW) and name in FAMILY_ELEMENTS:
                self.rows[-1][FAMILY_ELEMENTS[name]] = text
            case [] | [_, _] if place in ([], [FAMILY, ROW]):
                pass
            case _:
                self._keep("/".join(place), text)

    def _keep(self, name: str, text: str) -> None:
        kept = tidy(text)
        if kept:
            self.others.append((name[:100], kept))
