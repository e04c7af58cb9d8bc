"""The zip around a document: its table of contents is checked before anything is unpacked, and kept to afterwards."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, KeyError, IndexError,
    NotImplementedError, RuntimeError, OverflowError, TypeError,
)  # fmt: skip
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED_FLAG = 0x1
PIECE = 1 << 16
MEGABYTE = 1024 * 1024
MACRO_PART = re.compile(r"(?i)(?:^|/)(?:vba[^/]*\.(?:bin|xml)|macrosheets/|activex/)")
WORDS = {
    "unsafe_name": _("The file contains names that point outside of it, so it is not read."),
    "protected": _("The file is protected by a password. Take the password off, save it and upload it again."),
    "macros": _("The file contains macros. Save it without macros and upload it again."),
    "too_large": _("The file unpacks to more than can be read. Make it smaller and upload it again."),
    "damaged": _("The file is damaged and cannot be read. Open it, save it once more and upload it again."),
}


class Package:
    """Reads parts by name; every byte that leaves counts against one budget.

    Everything is refused by `refusal`, whose codes are those of WORDS; a room with other words or limits overrides them.
    """

    most_entries: ClassVar[int] = 2_000
    most_unpacked: ClassVar[int] = 100 * MEGABYTE
    most_ratio: ClassVar[int] = 150
    small_entry: ClassVar[int] = 4 * MEGABYTE
    # Parts of a document have one name however it is written; files that people pack are told apart by A and a.
    folds_case: ClassVar[bool] = True

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
            self._check(entries, len(content))
        except DAMAGE as error:
            raise self.refusal("damaged") from error
        self._names = {self._key(entry.filename): entry for entry in entries}
        self._left = self.most_unpacked

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._names

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)

    def written(self, name: str) -> str:
        """The name of a part as the archive writes it."""
        return self._names[self._key(name)].filename

    @classmethod
    def refusal(cls, code: str) -> ValidationError:
        """What is said of a package that is not read."""
        return ValidationError(WORDS[code], code=code)

    def size(self, name: str) -> int:
        """Unpacked bytes as the table of contents says."""
        return self._names[self._key(name)].file_size

    @classmethod
    def _key(cls, name: str) -> str:
        return name.lower() if cls.folds_case else name

    @contextmanager
    def chunks(self, name: str, most: int) -> Iterator[Iterator[bytes]]:
        """The bytes of a part, in pieces. Raises ValidationError if it is missing, damaged or longer than `most`."""
        entry = self._names.get(self._key(name))
        if entry is None:
            raise self.refusal("damaged")
        try:
            stream = self._zip.open(entry)
        except DAMAGE as error:
            raise self.refusal("damaged") from error
        with stream:
            yield self._pieces(stream, most)

    def _pieces(self, stream: IO[bytes], most: int) -> Iterator[bytes]:
        while piece := self._read(stream):
            most -= len(piece)
            self._left -= len(piece)
            if most < 0 or self._left < 0:
                raise self.refusal("too_large")
            yield piece

    def _read(self, stream: IO[bytes]) -> bytes:
        try:
            return stream.read(PIECE)
        except DAMAGE as error:
            raise self.refusal("damaged") from error

    def _check(self, entries: list[zipfile.ZipInfo], length: int) -> None:
        if not entries or min(entry.header_offset for entry in entries) != 0:
            raise self.refusal("damaged")
        if len(entries) > self.most_entries or sum(entry.file_size for entry in entries) > self.most_unpacked:
            raise self.refusal("too_large")
        if len({self._key(entry.filename) for entry in entries}) != len(entries):
            raise self.refusal("damaged")
        if sum(entry.compress_size for entry in entries) > length:
            raise self.refusal("damaged")  # parts that lie over each other
        for entry in entries:
            self._check_entry(entry)

    def _check_entry(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/") or "\x00" in entry.orig_filename:
            raise self.refusal("unsafe_name")
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise self.refusal("protected")
        if entry.compress_type not in PACKED:
            raise self.refusal("damaged")
        if MACRO_PART.search(name):
            raise self.refusal("macros")
        if entry.file_size > self.small_entry and entry.file_size > self.most_ratio * max(entry.compress_size, 1):
            raise self.refusal("too_large")
