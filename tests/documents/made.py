"""Texts of papers, and Word templates for tests."""

import ctypes
import io
import itertools

import pypdfium2
from docx import Document


def template(*paragraphs: str) -> bytes:
    """A .docx with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def word_lines(content: bytes) -> list[str]:
    """What a .docx says: its paragraphs, then the cells of its tables, without empty ones."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text for text in ([paragraph.text for paragraph in document.paragraphs] + cells) if text.strip()]


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page without spaces and ends of lines."""
    document = pypdfium2.PdfDocument(content)
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return pages


def pdf_fonts(content: bytes) -> dict[str, str]:
    """Which font each character of the first page is drawn with, without the mark of a subset."""
    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage()
    units, names = b"", []
    for index in range(text.count_chars()):
        buffer = ctypes.create_string_buffer(200)
        pypdfium2.raw.FPDFText_GetFontInfo(text.raw, index, buffer, 200, None)
        code = pypdfium2.raw.FPDFText_GetUnicode(text.raw, index)
        units += code.to_bytes(2, "little") if code < 0x10000 else chr(code).encode("utf-16-le")
        names += [buffer.value.decode().rpartition("+")[2]] * (1 if code < 0x10000 else 2)
    document.close()
    letters = units.decode("utf-16-le")
    places = itertools.accumulate([len(letter.encode("utf-16-le")) // 2 for letter in letters], initial=0)
    return {letter: names[place] for letter, place in zip(letters, places, strict=False)}
