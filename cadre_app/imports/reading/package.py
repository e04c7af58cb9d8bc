"""The zip around a workbook: its table of contents is checked before anything is unpacked, and kept to afterwards."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.imports.reading import limits
from cadre_app.imports.reading.limits import damaged, too_large
from cadre_app.imports.reading.sniff import MACROS, PROTECTED

DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, KeyError, IndexError,
    NotImplementedError, RuntimeError, OverflowError, TypeError,
)  # fmt: skip
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED_FLAG = 0x1
PIECE = 1 << 16
MACRO_PART = re.compile(r"(?i)(?:^|/)(?:vba[^/]*\.(?:bin|xml)|macrosheets/|activex/)")
UNSAFE = _("The file contains names that point outside of it, so it is not read.")


class Package:
    """Reads parts by name; every byte that leaves counts against one budget."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
            _check(entries, len(content))
        except DAMAGE as error:
            raise damaged() from error
        self._names = {entry.filename.lower(): entry for entry in entries}
        self._left = limits.MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)

    def size(self, name: str) -> int:
        """Unpacked bytes as the table of contents says."""
        return self._names[name.lower()].file_size

    @contextmanager
    def chunks(self, name: str, most: int) -> Iterator[Iterator[bytes]]:
        """The bytes of a part, in pieces. Raises ValidationError if it is missing, damaged or longer than `most`."""
        entry = self._names.get(name.lower())
        if entry is None:
            raise damaged()
        try:
            stream = self._zip.open(entry)
        except DAMAGE as error:
            raise damaged() from error
        with stream:
            yield self._pieces(stream, most)

    def _pieces(self, stream: IO[bytes], most: int) -> Iterator[bytes]:
        while piece := _read(stream):
            most -= len(piece)
            self._left -= len(piece)
            if most < 0 or self._left < 0:
                raise too_large()
            yield piece


def _read(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(PIECE)
    except DAMAGE as error:
        raise damaged() from error


def _check(entries: list[zipfile.ZipInfo], length: int) -> None:
    if not entries or min(entry.header_offset for entry in entries) != 0:
        raise damaged()
    if len(entries) > limits.MOST_ENTRIES or sum(entry.file_size for entry in entries) > limits.MOST_UNPACKED:
        raise too_large()
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise damaged()
    if sum(entry.compress_size for entry in entries) > length:
        raise damaged()  # parts that lie over each other
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/") or "\x00" in entry.orig_filename:
        raise ValidationError(UNSAFE, code="unsafe_name")
    if entry.flag_bits & ENCRYPTED_FLAG:
        raise ValidationError(PROTECTED, code="protected")
    if entry.compress_type not in PACKED:
        raise damaged()
    if MACRO_PART.search(name):
        raise ValidationError(MACROS, code="macros")
    if entry.file_size > limits.SMALL_ENTRY and entry.file_size > limits.MOST_RATIO * max(entry.compress_size, 1):
        raise too_large()
