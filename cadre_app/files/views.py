"""The one way to the bytes of an upload: its kind says who may read it. Not theirs and not there look the same."""

from uuid import UUID

import structlog
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from cadre_app.core.crypto import Unreadable
from cadre_app.core.http import UserRequest
from cadre_app.files import permissions, services
from cadre_app.files.checks.pdf import page_picture
from cadre_app.files.models import PDF, StoredFile
from cadre_app.history import services as history
from cadre_app.history.models import Entry

logger = structlog.get_logger("qinglan.files")

SMALL = "small"
PAGES_AT_ONCE = 10
JPEG = "image/jpeg"


@require_GET
def download(request: UserRequest, pk: UUID) -> HttpResponse:
    """The file, once its reading is on record."""
    file = _readable(request, pk)
    content = _content(file)
    history.record_reading("files.storedfile.downloaded", actor=request.user, obj=file)
    return _bytes(content, file.content_type, name=file.name)


@require_GET
def preview(request: UserRequest, pk: UUID) -> HttpResponse:
    """A picture in the page (`?size=small`: the small one); of a PDF the page that shows its pages, on record."""
    file = _readable(request, pk)
    if file.is_picture:
        small = request.GET.get("size") == SMALL
        return _bytes(_content(file, small=small), JPEG if small else file.content_type)
    if file.family != PDF:
        raise Http404
    history.record_reading("files.storedfile.opened", actor=request.user, obj=file)
    pages, first = file.pages or 0, _first_page(request, file)
    last = min(first + PAGES_AT_ONCE - 1, pages)
    context = {
        "file": file,
        "back_url": _page_of(file),
        "numbers": range(first, last + 1),
        "earlier": max(first - PAGES_AT_ONCE, 1) if first > 1 else None,
        "later": last + 1 if last < pages else None,
    }
    return render(request, "files/preview.html", context)


@require_GET
def page(request: UserRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of a PDF as a picture, for whoever opened it: without that reading on record nothing is sent."""
    file = _readable(request, pk)
    opened = Entry.objects.about(file).filter(verb="files.storedfile.opened", actor=request.user)
    if file.family != PDF or not opened.exists():
        raise Http404
    try:
        return _bytes(page_picture(_content(file), number), JPEG)
    except ValidationError as error:
        raise Http404 from error


def _readable(request: UserRequest, pk: UUID) -> StoredFile:
    file = get_object_or_404(StoredFile.objects.standing(), pk=pk)
    if not permissions.can_read(request.user, file):
        raise Http404
    return file


def _content(file: StoredFile, *, small: bool = False) -> bytes:
    try:
        return services.read_content(file, small=small)
    except (FileNotFoundError, Unreadable) as error:
        logger.exception("content of a file is gone or cannot be opened", file=str(file.pk))
        raise Http404 from error


def _page_of(file: StoredFile) -> str:
    """The page that shows the file, where its kind has one."""
    definition = file.definition
    return definition.page_of(file.owner_id) if definition is not None and definition.page_of is not None else ""


def _first_page(request: UserRequest, file: StoredFile) -> int:
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004 - no PDF here has more digits
    return min(max(number, 1), file.pages or 1)


def _bytes(content: bytes, content_type: str, *, name: str = "") -> HttpResponse:
    """Never run, never guessed at; to be saved where a `name` is given, else drawn in a page."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=bool(name), filename=name) if name else "inline"
    ) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
