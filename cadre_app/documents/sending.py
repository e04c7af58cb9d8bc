"""A finished file on its way to a reader."""

import base64
import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from cadre_app.documents.pdf import PDF_TYPE
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


def pdf_answer(request: HttpRequest, content: bytes, name: str, *, title: str, back_to: str) -> HttpResponse:
    """The PDF to look at, or to save where that is asked for (`?download`); in WeChat pictures of its pages."""
    is_saved = DOWNLOAD in request.GET
    if not is_saved and IN_WECHAT.search(request.headers.get("User-Agent", "")):
        context = {"title": title, "back_to": back_to, "pages": _pictures_of(content)}
        return render(request, "documents/pdf_pages.html", context)
    return file_answer(content, PDF_TYPE, f"{name}.pdf", saved=is_saved)


def _pictures_of(content: bytes) -> list[str]:
    """The pages as JPEG, in base64 as a page holds them."""
    numbers = range(1, page_count(content) + 1)
    return [base64.b64encode(page_picture(content, number)).decode() for number in numbers]
