"""A finished file on its way to a reader."""

import base64
import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from cadre_app.files.checks.pdf import page_count, page_picture

IN_WECHAT = re.compile(r"MicroMessenger", re.IGNORECASE)
DOWNLOAD = "download"


def file_answer(content: bytes, content_type: str, name: str, *, saved: bool) -> HttpResponse:
    """Never guessed at and never kept by anything on the way; `saved`: offered to be saved, not shown in the page."""
    response = HttpResponse(content, content_type=content_type)
    disposition = content_disposition_header(as_attachment=saved, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def is_saved(request: HttpRequest) -> bool:
    """The reader asks for the file itself, not for something to look at (`?download`)."""
    return DOWNLOAD in request.GET


def shows_no_pdf(request: HttpRequest) -> bool:
    """WeChat, which shows pictures of pages alone."""
    return IN_WECHAT.search(request.headers.get("User-Agent", "")) is not None


def pictures_of(content: bytes) -> list[str]:
    """The pages of a PDF as JPEG, in base64 as a page holds them."""
    numbers = range(1, page_count(content) + 1)
    return [base64.b64encode(page_picture(content, number)).decode() for number in numbers]
