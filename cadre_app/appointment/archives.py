"""An upload taken apart: .lrmx and .lrm one by one, or an archive of them; a .pic beside an .lrm is its photo."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cadre_app.appointment.lrmx.old import read_lrm
from cadre_app.appointment.lrmx.reading import LARGEST_PHOTO, LARGEST_SENT, Read, large_photo, oversize, read_lrmx
from cadre_app.core.fields import HIDDEN
from cadre_app.core.markings import CLASSIFIED, REFUSED, is_marked, refuse_marked
from cadre_app.core.packages import MEGABYTE, Package
from cadre_app.imports.services.rows import in_every_language

NEW, OLD, PHOTO, ARCHIVE = ".lrmx", ".lrm", ".pic", ".zip"
FORMS = (NEW, OLD)
KINDS = (*FORMS, PHOTO, ARCHIVE)
MOST_FORMS = 200
UTF_8_FLAG = 0x800
# A Mac and many programs write names in UTF-8, Chinese Windows in GBK, both without saying so.
ENCODINGS = ("utf-8", "gb18030")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# What a Mac puts beside each file of an archive.
APPLE_FOLDER, APPLE_FILE = "__macosx", "._"
# What systems and office programs put there by themselves (`_.` is what `plain_name` makes of a name that begins with a
# dot); every other file was sent by somebody.
OF_SYSTEMS, HIDDEN_FILES = ("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"), (".", "_.", "~$")
MOST_NAMED = 100
OTHER_KIND = gettext_lazy("Only .lrmx and .lrm are read: this file was left out.")
LONE_PHOTO = gettext_lazy("The .lrm of this name is missing: the photo was left out.")


class FormPackage(Package):
    """Forms are text with a photo each: few entries, and never far larger than they are packed."""

    most_entries: ClassVar[int] = 4 * MOST_FORMS + 50
    most_unpacked: ClassVar[int] = 200 * MEGABYTE
    folds_case: ClassVar[bool] = False

    def raw(self, name: str) -> bytes | None:
        """The bytes of a name of which the archive does not say how they are written; None where it says UTF-8."""
        entry = self._names[name]
        if entry.flag_bits & UTF_8_FLAG:
            return None
        try:
            return entry.filename.encode("cp437")
        except UnicodeError:
            return None  # another field of the archive gave the name


@dataclass(frozen=True)
class Sent:
    """One file as it was sent; None for the content of one that is too large to be read."""

    name: str
    content: bytes | None


@dataclass(frozen=True)
class Found:
    """One form of an upload: what was read of it, or why it could not be; what is told of it by language.

    A name that bears a marking is not kept.
    """

    name: str
    read: Read | None
    remarks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    problem: Mapping[str, str] = field(default_factory=dict)
    marked_sha256: str = ""


@dataclass(frozen=True)
class _Outcome:
    read: Read | None
    problem: str = ""
    code: str = ""


@dataclass(frozen=True)
class _Piece:
    """What lies in an upload under one name: its bytes, and those of the photo beside it; None where they cannot be had.

    `readings` are the other ways to read the name, and the names of the folders: a marking is looked for in them too.
    """

    name: str
    content: bytes | None
    photo: bytes | None = b""
    readings: tuple[str, ...] = ()
    damage: ValidationError | None = None


def forms_in(files: Sequence[Sent]) -> list[Found]:
    """Every form of an upload. Raises ValidationError where the upload itself cannot be taken."""
    archives = [each for each in files if _ending(each.name) == ARCHIVE]
    if archives and len(files) > 1:
        raise ValidationError(_("Send an archive alone, without other files."), code="archive_alone")
    if archives:
        content = archives[0].content
        if content is None:
            raise oversize(LARGEST_SENT)
        return [_found(piece) for piece in _unpacked(content)]
    names = [each.name for each in files]
    pictures = {each.name: each.content or None for each in files if _ending(each.name) == PHOTO}
    beside = _photos_of(names, pictures)
    forms = [each for each in files if _ending(each.name) in FORMS]
    others = _others(names, beside.values())
    if not forms and others:
        message = _("%(name)s: choose .lrmx and .lrm, or a .zip that holds them.")
        raise ValidationError(message, code="other_kind", params={"name": others[0]})
    _check_count(len(forms), _("There is no appointment form among these files."))
    photos = [pictures[beside[each.name]] if each.name in beside else b"" for each in forms]
    damage = oversize(LARGEST_SENT)
    found = [
        _found(_Piece(each.name, each.content, photo, damage=damage if each.content is None else None))
        for each, photo in zip(forms, photos, strict=True)
    ]
    return [*found, *(_found(piece) for piece in _left_out(others, lambda name: (name, ())))]


def shown_name(name: str) -> str:
    """The name of a file, without its folders."""
    return HIDDEN.sub("", PurePosixPath(name.replace("\\", "/")).name)[:200]


def _written(package: FormPackage, name: str) -> str:
    """The path of a part as people read it."""
    raw = package.raw(name)
    if raw is None:
        return package.written(name)
    return "/".join(map(_decoded, raw.split(b"/")))


def _decoded(part: bytes) -> str:
    """One step of a path: GBK is hardly ever UTF-8 by chance, the contrary often."""
    for encoding in ENCODINGS:
        try:
            return part.decode(encoding)
        except UnicodeError:
            continue
    return part.decode("cp437")


def _readings(package: FormPackage, name: str, written: str) -> tuple[str, ...]:
    """The steps of the path, and each way in which an office could read their bytes, whatever is damaged among them."""
    raw = package.raw(name) or b""
    paths = [written, *(raw.decode(encoding, errors="ignore") for encoding in ENCODINGS)]
    steps = [HIDDEN.sub("", step) for path in paths for step in path.replace("\\", "/").split("/")]
    return (*steps, *map(_stem, steps))


def _check_count(count: int, nothing: str) -> None:
    if count == 0:
        raise ValidationError(nothing, code="none")
    if count > MOST_FORMS:
        message = _("There are more than %(most)d forms in this archive. Send them in several ones.")
        raise ValidationError(message, code="too_many", params={"most": MOST_FORMS})


def _unpacked(content: bytes) -> Iterator[_Piece]:
    package = FormPackage(content)
    names = [each for each in package.names if _ending(each) in FORMS and not _is_apple(each)]
    _check_count(len(names), _("There is no appointment form in this archive."))
    beside = _photos_of(names, [each for each in package.names if _ending(each) == PHOTO])
    for name in names:
        written = _written(package, name)
        try:
            form, damage = _bytes(package, name, LARGEST_SENT), None
        except ValidationError as error:
            form, damage = None, error
        photo = _photo(package, beside[name]) if name in beside else b""
        yield _Piece(shown_name(written), form, photo, _readings(package, name, written), damage)

    def named(name: str) -> tuple[str, tuple[str, ...]]:
        written = _written(package, name)
        return shown_name(written), _readings(package, name, written)

    yield from _left_out(_others(package.names, beside.values()), named)


def _others(names: Iterable[str], photos: Iterable[str]) -> list[str]:
    """What lies in an upload beside its forms and their `photos`, but for what systems put there."""
    own = set(photos)
    return [each for each in names if not (_ending(each) in FORMS or _is_of_system(each) or each in own)]


def _left_out(names: Sequence[str], named: Callable[[str], tuple[str, tuple[str, ...]]]) -> Iterator[_Piece]:
    """Told by name, so that nobody believes that they were read; `named` gives a name as it is shown, and its readings."""
    for name in names[:MOST_NAMED]:
        shown, readings = named(name)
        why = LONE_PHOTO if _ending(name) == PHOTO else OTHER_KIND
        yield _Piece(shown, None, readings=readings, damage=ValidationError(why, code="left_out"))
    if (more := len(names) - MOST_NAMED) > 0:
        text = ngettext_lazy("%(count)d more file was left out.", "%(count)d more files were left out.", "count")
        yield _Piece("", None, damage=ValidationError(text, code="left_out", params={"count": more}))


def _photos_of(forms: Iterable[str], photos: Iterable[str]) -> dict[str, str]:
    """The .pic of each .lrm: of the same name, else of that name in other letters, where it is no other form's."""
    left, beside = list(photos), dict[str, str]()
    keys: tuple[Callable[[str], str], ...] = (_base, lambda name: _base(name).lower())
    for key in keys:
        for form in forms:
            if _ending(form) != OLD or form in beside:
                continue
            if found := next((each for each in left if key(each) == key(form)), None):
                beside[form] = found
                left.remove(found)
    return beside


def _base(name: str) -> str:
    """A path without its ending."""
    return name[: len(name) - len(_ending(name))]


def _photo(package: FormPackage, name: str) -> bytes | None:
    try:
        return _bytes(package, name, LARGEST_PHOTO) or None
    except ValidationError:
        return None


def _bytes(package: FormPackage, name: str, most: int) -> bytes:
    with package.chunks(name, most) as pieces:
        return b"".join(pieces)


def _found(piece: _Piece) -> Found:
    """Read in each language: what is told of a form is kept in all of them."""
    has_marked_name = any(map(is_marked, (piece.name, _stem(piece.name), *piece.readings)))
    said = in_every_language(lambda: _outcome(piece, has_marked_name=has_marked_name))
    first = next(iter(said.values()))
    return Found(
        "" if has_marked_name else piece.name,
        first.read,
        remarks={language: each.read.remarks for language, each in said.items() if each.read and each.read.remarks},
        problem={language: each.problem for language, each in said.items() if each.problem},
        marked_sha256=hashlib.sha256(piece.content or b"").hexdigest() if first.code == CLASSIFIED else "",
    )


def _outcome(piece: _Piece, *, has_marked_name: bool) -> _Outcome:
    """In the language of this moment."""
    try:
        read = None if has_marked_name or piece.damage is not None else _read(piece)
    except ValidationError as error:
        return _refused(error)
    if read is not None:
        return _Outcome(read)
    marked = ValidationError(REFUSED, code=CLASSIFIED)
    return _refused(marked if has_marked_name or piece.damage is None else piece.damage)


def _refused(error: ValidationError) -> _Outcome:
    return _Outcome(None, " ".join(error.messages), str(error.code))


def _read(piece: _Piece) -> Read:
    """Without a photo that cannot be one: whoever got the form from elsewhere has no program to take it out."""
    content, photo, remark = piece.content or b"", piece.photo or b"", ""
    if len(photo) > LARGEST_PHOTO:
        photo, remark = b"", large_photo()
    elif piece.photo is None:
        remark = _("The photo beside the form cannot be read and was left out.")
    read = read_lrm(content, photo) if _ending(piece.name) == OLD else read_lrmx(content)
    refuse_marked(*_texts(read))
    if read.form.photo and not read.form.photo.startswith(PICTURES):
        read = replace(read, form=replace(read.form, photo=b""))
        remark = _("The photo is neither JPEG nor PNG and was left out.")
    return replace(read, remarks=(*read.remarks, remark)) if remark else read


def _texts(read: Read) -> Iterator[str]:
    """Everything that was read, what the form does not know among it."""
    for value in read.form.texts().values():
        if isinstance(value, str):
            yield value
        else:
            yield from (text for row in value for text in row.values())
    for name, text in read.others:
        yield from (name, text)


def _is_apple(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return APPLE_FOLDER in parts[:-1] or parts[-1].startswith(APPLE_FILE)


def _is_of_system(name: str) -> bool:
    """Folders and hidden files too."""
    last = PurePosixPath(name.replace("\\", "/")).name.lower()
    return name.endswith(("/", "\\")) or last in ("", *OF_SYSTEMS) or last.startswith(HIDDEN_FILES) or _is_apple(name)


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem.lower()


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
