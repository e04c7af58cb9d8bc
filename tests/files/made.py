"""Files for tests, good ones and hostile ones, made as bytes."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image


def picture(form: str = "JPEG", size: tuple[int, int] = (120, 80), *, exif: Any = None, **options: Any) -> bytes:
    """White with a red left third."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 20, 20), (0, 0, size[0] // 3, size[1]))
    target = io.BytesIO()
    image.save(target, form, **({"exif": exif} if exif is not None else {}), **options)
    return target.getvalue()


def phone_photo(orientation: int = 1) -> bytes:
    """A JPEG as a phone writes it: maker, place and turn in its EXIF, a comment and XMP."""
    exif = Image.Exif()
    exif[0x010F] = "Qinglan Phone"
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (25.0, 1.0, 2.0), 3: "E", 4: (119.0, 3.0, 4.0)}
    return picture(exif=exif, comment=b"shot by Qinglan Phone", xmp=b"<x:xmpmeta>Qinglan Phone</x:xmpmeta>")


def png_head(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(*texts: str, extra: bytes = b"", catalog: bytes = b"") -> bytes:
    """A PDF with one page for each of `texts` (Latin letters, or Chinese by a font that viewers bring along)."""
    texts = texts or ("Hello",)
    objects: list[bytes] = []
    pages = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(texts)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>")
    objects.append(b"<< /Type /Pages /Kids [" + pages + b"] /Count %d >>" % len(texts))
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 >>"
    )
    for text in texts:
        lines = b" ".join(b"<%s> Tj T*" % line.encode("utf-16-be").hex().encode() for line in text.splitlines())
        stream = b"BT /F1 16 Tf 20 TL 72 760 Td " + lines + b" ET"
        number = len(objects) + 2
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % number
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    if extra:
        objects.append(extra)
    return _numbered(objects)


def _numbered(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def types(main: str, part: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )


def word(
    *paragraphs: str, header: str = "", main: str = WORD_MAIN, parts: dict[str, bytes | str] | None = None
) -> bytes:
    """A .docx with these paragraphs; each text is split over two runs, as Word does after a correction."""
    body = "".join(
        f"<w:p><w:r><w:t>{text[:1]}</w:t></w:r><w:r><w:t>{text[1:]}</w:t></w:r></w:p>" for text in paragraphs
    )
    found: dict[str, bytes | str] = {
        "[Content_Types].xml": types(main, "word/document.xml"),
        "word/document.xml": f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>",
    }
    if header:
        text = f"<w:p><w:r><w:t>{header}</w:t></w:r></w:p>"
        found["word/header1.xml"] = f"<w:hdr {NAMESPACE}>{text}</w:hdr>"
    return zipped({**found, **(parts or {})})


def sheet(*cells: str, name: str = "Sheet1", header: str = "", parts: dict[str, bytes | str] | None = None) -> bytes:
    """An .xlsx with these texts in its shared strings."""
    strings = "".join(f"<si><t>{cell}</t></si>" for cell in cells)
    head = f"<headerFooter><oddHeader>{header}</oddHeader></headerFooter>" if header else ""
    return zipped(
        {
            "[Content_Types].xml": types(SHEET_MAIN, "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook><sheets><sheet name="{name}" sheetId="1"/></sheets></workbook>',
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData/>{head}</worksheet>",
            **(parts or {}),
        }
    )
