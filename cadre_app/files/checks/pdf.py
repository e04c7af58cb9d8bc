"""PDF: nothing that starts anything, nothing packed into it, no marking in a marking position of a page."""

import io
import zipfile

from cadre_app.core.markings import refuse_marked
from cadre_app.files.checks.aside import decode
from cadre_app.files.checks.families import other_content
from cadre_app.files.models import PDF
from cadre_app.files.uploads import CheckedUpload

START = b"%PDF-"
PAGE_EDGE = 1_600
FIRST_LINES, LAST_LINES = 5, 2


def look(name: str, content: bytes) -> CheckedUpload:
    """The file as it came; its pages are counted and their text is looked at."""
    if not content.startswith(START) or zipfile.is_zipfile(io.BytesIO(content)):
        raise other_content(".pdf")
    told, _parts = decode("pdf_look", content)
    for text in told["texts"]:
        lines = [line for line in text.splitlines() if line.strip()]
        refuse_marked(*lines[:FIRST_LINES], *lines[-LAST_LINES:])
        refuse_marked(*lines, bare=False)
    return CheckedUpload(name, PDF, "application/pdf", content, pages=told["pages"])


def page_count(content: bytes) -> int:
    """How many pages it has. Raises ValidationError for what is no PDF."""
    told, _parts = decode("pdf_look", content)
    pages: int = told["pages"]
    return pages


def page_picture(content: bytes, number: int) -> bytes:
    """One page (from 1) as JPEG. Raises ValidationError where there is none."""
    _told, (picture,) = decode("pdf_page", content, page=number, edge=PAGE_EDGE)
    return picture
