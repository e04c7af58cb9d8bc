"""What a file is, by its content and its name; everything but workbooks and tables of text is refused in words."""

import unicodedata
from enum import Enum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.core.fields import HIDDEN
from cadre_app.core.markings import refuse_marked
from cadre_app.imports.reading.limits import MEGABYTE, MOST_BYTES

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TEXT_NAMES = (".csv", ".txt", ".tsv")
MACRO_NAMES = (".xlsm", ".xltm", ".xlam")
OTHER_TABLES = (".xls", ".xlsb", ".xlt", ".ods", ".et", ".ett", ".numbers", ".dbf")
NO_TABLES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF",
    b"RIFF", b"{\\rtf", b"II*\x00", b"MM\x00*", b"SQLite", b"BZh", b"\xfd7zXZ", b"ID3", b"OggS",
)  # fmt: skip
MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg", b"<script", b"<head", b"<body")
LOOKED_AT = 4096

SAVE_AS = _("Files of this kind are not read. Open it and save it as “Excel workbook (.xlsx)”.")
OLD = _("This is an old .xls file. Open it and save it as “Excel workbook (.xlsx)”.")
PROTECTED = _("The file is protected by a password. Take the password off, save it and upload it again.")
MACROS = _("The file can contain macros. Save it as “Excel workbook (.xlsx)” without macros.")
EMPTY = _("The file is empty.")
OVERSIZE = _("The file is larger than %(most)s MB. Split it into several files.")
NO_TABLE = _("The file is no table. Upload an Excel workbook (.xlsx) or a CSV file.")
OTHER_NAME = _("The file is a workbook, but is not called so. Give its name the ending .xlsx.")
OTHER_CONTENT = _("The name says workbook, but the file is none. Open it and save it as “Excel workbook (.xlsx)”.")


class Form(Enum):
    WORKBOOK = "workbook"
    TEXT = "text"


def recognise(content: bytes, name: str) -> Form:
    """What to read `content` as. Raises ValidationError for anything that is neither .xlsx nor a text table.

    A name that bears a classification marking is refused first, whatever the file is.
    """
    refuse_marked(name)
    ending = _ending(name)
    if not content:
        raise ValidationError(EMPTY, code="empty")
    if len(content) > MOST_BYTES:
        raise ValidationError(OVERSIZE, code="oversize", params={"most": MOST_BYTES // MEGABYTE})
    if content.startswith(OLE):
        protected = ENCRYPTED in content
        raise ValidationError(PROTECTED if protected else OLD, code="protected" if protected else "old")
    if ending in MACRO_NAMES:
        raise ValidationError(MACROS, code="macros")
    if content.startswith((ZIP, EMPTY_ZIP)):
        return _as_workbook(ending)
    return _as_text(content, ending)


def _as_workbook(ending: str) -> Form:
    if ending == ".xlsx":
        return Form.WORKBOOK
    if ending in OTHER_TABLES:
        raise ValidationError(SAVE_AS, code="other_table")
    if ending in TEXT_NAMES:
        raise ValidationError(OTHER_NAME, code="other_name")
    raise ValidationError(NO_TABLE, code="no_table")


def _as_text(content: bytes, ending: str) -> Form:
    start = content[:LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending == ".xlsx":
        raise ValidationError(OTHER_CONTENT, code="other_content")
    if ending in OTHER_TABLES:
        raise ValidationError(SAVE_AS, code="other_table")
    if ending not in TEXT_NAMES or content.startswith(NO_TABLES) or start.startswith(MARKUP):
        raise ValidationError(NO_TABLE, code="no_table")
    return Form.TEXT


def _ending(name: str) -> str:
    plain = HIDDEN.sub("", unicodedata.normalize("NFKC", name)).strip().lower()
    dot = plain.rfind(".")
    return plain[dot:] if dot >= 0 else ""
