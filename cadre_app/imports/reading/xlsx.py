"""Workbooks: which sheets there are, their texts and styles, then every visible sheet up to the limit of rows."""

import posixpath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.core.markings import refuse_marked
from cadre_app.imports.reading import limits
from cadre_app.imports.reading.data import SheetData
from cadre_app.imports.reading.limits import damaged, too_large
from cadre_app.imports.reading.markup import Attributes, elements, local, parse
from cadre_app.imports.reading.package import Package
from cadre_app.imports.reading.sheetxml import SheetReader, unescape
from cadre_app.imports.reading.sniff import MACROS, NO_TABLE
from cadre_app.imports.reading.styles import Style, styles_of

TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
WORKSHEET, STRINGS, STYLES, OFFICE = "/worksheet", "/sharedStrings", "/styles", "/officeDocument"
TRUE = ("1", "true")
NAMED = 5
FILLED = (b"v>", b"t>", b"f>")


def read_workbook(content: bytes, *, most_rows: int, most_texts: int | None = None) -> list[SheetData]:
    """The visible sheets of an .xlsx, in order; hidden ones are named in a note of each.

    Raises ValidationError for what is damaged, hostile, protected, with macros, too large, or marked as classified.
    """
    package = Package(content)
    _check_kind(package)
    workbook = _workbook_part(package)
    relations = _relations(package, workbook)
    listed = _listed(package, workbook)
    entries, uses_1904 = [], False
    for name, attributes in listed:
        if name == "sheet":
            entries.append(attributes)
        else:
            uses_1904 = attributes.get("date1904") in TRUE
    if len(entries) > limits.MOST_SHEETS:
        raise too_large()
    refuse_marked(*(entry.get("name", "") for entry in entries))
    visible = [entry for entry in entries if entry.get("state", "visible") == "visible"]
    hidden = [entry.get("name", "") for entry in entries if entry not in visible]
    tables = [(entry, target) for entry in visible if (target := _sheet_target(entry, relations))]
    if not tables:
        raise ValidationError(_("The workbook has no visible sheet."), code="no_sheet")
    texts = _Texts(package, relations, most_texts)
    sheets, seen = [], 0
    for entry, target in tables:
        sheet = SheetData(entry.get("name", ""), target, uses_1904=uses_1904, is_only=len(tables) == 1)
        seen += _read_sheet(package, target, sheet, texts, most_rows=most_rows, seen=seen)
        sheets.append(sheet)
    if texts.are_too_many and not any(sheet.is_cut for sheet in sheets):
        raise too_large()
    _note_hidden(sheets, hidden)
    return sheets


def count_filled(content: bytes, part: str) -> int:
    """The rows of a worksheet in which some cell has a value."""
    count, rest = 0, b""
    with Package(content).chunks(part, limits.MOST_UNPACKED) as pieces:
        for piece in pieces:
            *rows, rest = (rest + piece).split(b"row>")
            count += sum(any(mark in row for mark in FILLED) for row in rows)
            rest = rest[-limits.MOST_PART :]
    return count


class _Texts:
    """The texts and styles that the sheets share. `are_too_many`: they were left out for their size."""

    def __init__(self, package: Package, relations: "list[tuple[str, str, str]]", most: int | None) -> None:
        paths = {kind: target for _key, kind, target in relations}
        strings = next((path for kind, path in paths.items() if kind.endswith(STRINGS)), "")
        styles = next((path for kind, path in paths.items() if kind.endswith(STYLES)), "")
        self.are_too_many = strings in package and package.size(strings) > limits.MOST_STRINGS
        self.strings = _strings(package, strings, most) if strings in package and not self.are_too_many else []
        self.styles: list[Style] = []
        if styles in package:
            with package.chunks(styles, limits.MOST_PART) as pieces:
                self.styles = styles_of(elements(pieces, "numFmt", "cellStyleXfs", "cellXfs", "cellStyles", "xf"))


def _check_kind(package: Package) -> None:
    """A workbook without macros, by its table of contents; other documents of the office suite are none."""
    if TYPES not in package:
        raise ValidationError(NO_TABLE, code="no_table")
    with package.chunks(TYPES, limits.MOST_PART) as pieces:
        types = [attributes.get("ContentType", "") for _name, attributes in elements(pieces, "Default", "Override")]
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in types):
        raise ValidationError(MACROS, code="macros")
    if not any("spreadsheetml" in kind for kind in types):
        raise ValidationError(NO_TABLE, code="no_table")


def _workbook_part(package: Package) -> str:
    found = [target for _key, kind, target in _read_relations(package, ROOT_RELATIONS, "") if kind.endswith(OFFICE)]
    part = found[0] if found else "xl/workbook.xml"
    if part not in package:
        raise damaged()
    return part


def _relations(package: Package, part: str) -> list[tuple[str, str, str]]:
    folder, name = posixpath.split(part)
    return _read_relations(package, posixpath.join(folder, "_rels", f"{name}.rels"), folder)


def _read_relations(package: Package, path: str, folder: str) -> list[tuple[str, str, str]]:
    """(id, type, part) of each relation inside the package."""
    if path not in package:
        return []
    with package.chunks(path, limits.MOST_PART) as pieces:
        found = [attributes for _name, attributes in elements(pieces, "Relationship")]
    return [
        (each.get("Id", ""), each.get("Type", ""), _path(folder, each.get("Target", "")))
        for each in found
        if each.get("TargetMode") != "External"
    ]


def _path(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined)


def _listed(package: Package, part: str) -> list[tuple[str, Attributes]]:
    with package.chunks(part, limits.MOST_PART) as pieces:
        return elements(pieces, "sheet", "workbookPr")


def _sheet_target(entry: Attributes, relations: list[tuple[str, str, str]]) -> str:
    """The part of a worksheet; empty for charts and other sheets without cells."""
    key = next((value for name, value in entry.items() if local(name) == "id" and ":" in name), "")
    return next((path for each, kind, path in relations if each == key and kind.endswith(WORKSHEET)), "")


def _read_sheet(package: Package, part: str, sheet: SheetData, texts: _Texts, *, most_rows: int, seen: int) -> int:
    """Fill `sheet` from its part; returns how many elements it took."""
    reader = SheetReader(sheet, texts.strings, texts.styles, most_rows=most_rows)
    reader.elements = seen
    with package.chunks(part, limits.MOST_UNPACKED) as pieces:
        parse(pieces, start=reader.start, end=reader.end, text=reader.text, enough=reader.enough)
    refuse_marked(*reader.page_texts)
    return reader.elements - seen


def _strings(package: Package, part: str, most: int | None) -> list[str]:
    """The shared texts: of rich text its runs, without readings."""
    found: list[str] = []
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "si":
            pieces.clear()
        elif name in inside:
            inside[name] = True

    def end(name: str) -> None:
        name = local(name)
        if name == "si":
            if len(found) >= limits.MOST_TEXTS:
                raise too_large()
            found.append(unescape("".join(pieces)[: limits.LONGEST_TEXT + 1]))
        elif name in inside:
            inside[name] = False

    def text(text: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(text)

    with package.chunks(part, limits.MOST_STRINGS) as stream:
        parse(stream, start=start, end=end, text=text, enough=lambda: most is not None and len(found) >= most)
    return found


def _note_hidden(sheets: list[SheetData], hidden: list[str]) -> None:
    if not hidden:
        return
    names = _(", ").join(hidden[:NAMED]) + ("…" if len(hidden) > NAMED else "")
    note = ngettext(
        "%(count)s hidden sheet was not read: %(names)s",
        "%(count)s hidden sheets were not read: %(names)s",
        len(hidden),
    ) % {"count": len(hidden), "names": names}
    for sheet in sheets:
        sheet.notes.append(note)
