"""An upload taken apart: one .lrmx or .lrm, or an archive of them; a .pic beside an .lrm is its photo."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cadre_app.appointment.lrmx.old import read_lrm
from cadre_app.appointment.lrmx.reading import LARGEST, Read, read_lrmx
from cadre_app.core.fields import HIDDEN
from cadre_app.core.markings import CLASSIFIED, refuse_marked
from cadre_app.core.packages import MEGABYTE, Package

NEW, OLD, PHOTO, ARCHIVE = ".lrmx", ".lrm", ".pic", ".zip"
KINDS = (NEW, OLD, ARCHIVE)
MOST_FORMS = 200
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class FormPackage(Package):
    """Forms are text with a photo each: few entries, and never far larger than they are packed."""

    most_entries: ClassVar[int] = 2 * MOST_FORMS + 50
    most_unpacked: ClassVar[int] = 200 * MEGABYTE


@dataclass(frozen=True)
class Found:
    """One form of an upload: what was read of it, or why it could not be."""

    name: str
    read: Read | None
    problem: str = ""
    is_marked: bool = False


def forms_in(name: str, content: bytes) -> list[Found]:
    """Every form of an upload. Raises ValidationError where the upload itself cannot be taken."""
    ending = _ending(name)
    if ending in (NEW, OLD):
        return [_found(name, content)]
    if ending != ARCHIVE:
        raise ValidationError(_("Choose an .lrmx, an .lrm or a .zip that holds them."), code="other_kind")
    package = FormPackage(content)
    names = [each for each in package.names if _ending(each) in (NEW, OLD)]
    if not names:
        raise ValidationError(_("There is no appointment form in this archive."), code="none")
    if len(names) > MOST_FORMS:
        message = _("There are more than %(most)d forms in this archive. Send them in several ones.")
        raise ValidationError(message, code="too_many", params={"most": MOST_FORMS})
    return [_unpacked(package, each) for each in names]


def shown_name(name: str) -> str:
    """The name of a file inside an archive; Chinese Windows writes it in GBK without saying so."""
    last = PurePosixPath(name.replace("\\", "/")).name
    with suppress(UnicodeError):
        last = last.encode("cp437").decode("gb18030")
    return HIDDEN.sub("", last)[:200]


def _unpacked(package: FormPackage, name: str) -> Found:
    shown = shown_name(package.written(name))
    try:
        content = _bytes(package, name)
        photo = b""
        beside = name[: -len(OLD)] + PHOTO
        if _ending(name) == OLD and beside in package:
            photo = _bytes(package, beside)
    except ValidationError as error:
        return Found(shown, None, " ".join(error.messages))
    return _found(shown, content, photo)


def _bytes(package: FormPackage, name: str) -> bytes:
    with package.chunks(name, LARGEST) as pieces:
        return b"".join(pieces)


def _found(name: str, content: bytes, photo: bytes = b"") -> Found:
    try:
        read = read_lrm(content, photo) if _ending(name) == OLD else read_lrmx(content)
        _check(name, read)
    except ValidationError as error:
        return Found(name, None, " ".join(error.messages), is_marked=error.code == CLASSIFIED)
    return Found(name, read)


def _check(name: str, read: Read) -> None:
    refuse_marked(name, *_texts(read))
    if read.form.photo and not read.form.photo.startswith(PICTURES):
        raise ValidationError(_("The photo in the file is neither JPEG nor PNG."), code="photo_damaged")


def _texts(read: Read) -> Iterator[str]:
    for value in read.form.texts().values():
        if isinstance(value, str):
            yield value
        else:
            yield from (text for row in value for text in row.values())


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
