"""Word and Excel files: no macros, no objects, nothing fetched from outside, no marking in what they say."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.core.markings import refuse_marked
from cadre_app.core.packages import MEGABYTE, WORDS, Package
from cadre_app.core.xmlstream import Attributes, elements, local, parse
from cadre_app.files.checks.families import other_content
from cadre_app.files.models import DOCUMENT, SHEET
from cadre_app.files.uploads import CheckedUpload

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACRO_ENDINGS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm")
OLD_ENDINGS = (".doc", ".dot", ".wps", ".rtf", ".odt", ".xls", ".et", ".ods", ".ofd", ".pages", ".numbers")
TYPES_PART = "[content_types].xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PART = 60 * MEGABYTE
MOST_ELEMENTS = 3_000_000
MOST_RELATIONS = 50_000
EMBEDDED = re.compile(r"/embeddings/(?!.*\.(?:docx|xlsx)$)")
READ_PARTS = re.compile(r"^(?:word|xl)/(?!theme/|styles|fonttable|settings|websettings|numbering|calcchain).*\.xml$")
HEADING_PARTS = re.compile(r"^word/(?:header|footer)[0-9]*\.xml$")
FIRST_PARAGRAPHS = 5
WHOLE = ("p", "si", "is", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
HEADINGS = WHOLE[3:]
# Left, middle and right of a page's head or foot, with fonts and sizes between the words.
SECTION = re.compile(r'&(?:[LCRBIUSXYEDTPNAFZGKO]|"[^"]*"|[0-9]+)')
FIELD = re.compile(r"(?i)\bDDE(?:AUTO)?\b")

ACTIVE = _("The file starts programs or carries other files in itself. Save it without them and upload it again.")
LINKED = _("The file fetches content from elsewhere. Save it without links to other files and upload it again.")


def look_at_document(name: str, content: bytes) -> CheckedUpload:
    """A .docx as it came."""
    _look(content, ".docx", "wordprocessingml.document.main")
    return CheckedUpload(name, DOCUMENT, WORD_TYPE, content)


def look_at_sheet(name: str, content: bytes) -> CheckedUpload:
    """An .xlsx as it came."""
    _look(content, ".xlsx", "spreadsheetml.sheet.main")
    return CheckedUpload(name, SHEET, SHEET_TYPE, content)


def _look(content: bytes, ending: str, main: str) -> None:
    if content.startswith(OLE) and ENCRYPTED in content:
        raise _refusal("protected")
    if not content.startswith(b"PK\x03\x04"):
        raise other_content(ending)
    package = Package(content)
    types = [
        attributes.get("ContentType", "").lower()
        for attributes in _elements(package, TYPES_PART, "Default", "Override")
    ]
    if any("macroenabled" in each or "vbaproject" in each for each in types):
        raise _refusal("macros")
    if not any(main in each for each in types):
        raise other_content(ending)
    if any(EMBEDDED.search(each) for each in package.names):
        raise ValidationError(ACTIVE, code="active")
    _refuse_links(package)
    _refuse_marked_texts(package)


def _refuse_links(package: Package) -> None:
    """Nothing but links that a reader presses may lead out of the file (a template there would bring its macros)."""
    for part in package.names:
        if part.endswith(".rels"):
            for relation in _elements(package, part, "Relationship"):
                if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
                    raise ValidationError(LINKED, code="linked")


def _refuse_marked_texts(package: Package) -> None:
    left = MOST_ELEMENTS
    for part in package.names:
        if READ_PARTS.search(part):
            reader = _Reader(is_heading=bool(HEADING_PARTS.search(part)), left=left)
            with package.chunks(part, MOST_PART) as pieces:
                parse(pieces, broken=_broken, start=reader.start, end=reader.end, text=reader.text)
            left = reader.left


class _Reader:
    """Puts texts together by paragraph, cell or line of a page's head and foot, and looks at each."""

    def __init__(self, *, is_heading: bool, left: int) -> None:
        self.is_heading = is_heading
        self.left = left
        self._open: list[list[str]] = []
        self._seen = 0

    def start(self, name: str, attributes: Attributes) -> None:
        self.left -= 1
        if self.left < 0:
            raise _refusal("too_large")
        plain = local(name)
        if plain in WHOLE:
            self._open.append([])
        if plain == "sheet":
            refuse_marked(attributes.get("name", ""))
        if plain == "fldSimple" and FIELD.search(next((v for k, v in attributes.items() if local(k) == "instr"), "")):
            raise ValidationError(ACTIVE, code="active")

    def end(self, name: str) -> None:
        plain = local(name)
        if plain not in WHOLE or not self._open:
            return
        text = "".join(self._open.pop())
        if text.strip():
            self._seen += 1
            in_position = self.is_heading or plain in HEADINGS or (plain == "p" and self._seen <= FIRST_PARAGRAPHS)
            refuse_marked(*(SECTION.split(text) if plain in HEADINGS else (text,)), bare=in_position)

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)


def _elements(package: Package, part: str, *names: str) -> list[Attributes]:
    if part not in package:
        return []
    with package.chunks(part, MOST_PART) as pieces:
        found = elements(pieces, *names, most=MOST_RELATIONS, broken=_broken, too_many=_too_large)
    return [attributes for _name, attributes in found]


def _refusal(code: str) -> ValidationError:
    return ValidationError(WORDS[code], code=code)


def _broken() -> ValidationError:
    return _refusal("damaged")


_too_large: Callable[[], ValidationError] = lambda: _refusal("too_large")  # noqa: E731
