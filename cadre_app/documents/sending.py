"""A finished file on its way to a reader."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file_answer(content: bytes, content_type: str, name: str, *, saved: bool) -> HttpResponse:
    """Never guessed at and never kept by anything on the way; `saved`: offered to be saved, not shown in the page."""
    response = HttpResponse(content, content_type=content_type)
    disposition = content_disposition_header(as_attachment=saved, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
