"""Tables of an official form as PDF, on A4 or A3 across or A4 upright: the page's own sheet of styles and the papers' letters."""

from pathlib import Path

from django.conf import settings

from cadre_app.documents import pdf

STYLES = (Path(settings.BASE_DIR) / "static/css/roster.css", Path(pdf.__file__).with_name("paper_pdf.css"))


def make_table_pdf(html: str) -> bytes:
    """Raises documents.pdf.NoPdfError."""
    return pdf.make_pdf(html, html, styles=STYLES)
