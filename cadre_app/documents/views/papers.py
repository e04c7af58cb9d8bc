"""One paper: print view, Word, PDF and its number. Each reading is on record before the first byte leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, require
from cadre_app.core.phones import require_desk
from cadre_app.core.submit import submit
from cadre_app.documents.forms import NumberForm
from cadre_app.documents.making import Opened, open_paper
from cadre_app.documents.pdf import NoPdfError
from cadre_app.documents.sending import file_answer, pdf_answer
from cadre_app.documents.services.numbers import give_number
from cadre_app.files.checks.office import WORD_TYPE
from cadre_app.history import services as history


@require_GET
def paper(request: UserRequest, kind: str, pk: UUID) -> HttpResponse:
    """The paper on A4, with what can be made of it."""
    opened = _opened(request, kind, pk)
    _keep_reading(request, opened, "documents.paper.opened")
    return render(request, "documents/paper.html", _context(request, opened) | opened.context)


@require_GET
def paper_word(request: UserRequest, kind: str, pk: UUID) -> HttpResponse:
    """The paper as .docx, to be saved; back to the print view where the office's own template cannot be filled."""
    opened = _opened(request, kind, pk)
    try:
        content = opened.word()
    except ValidationError as error:
        messages.error(
            request, _("The Word template of this paper cannot be used: %(why)s") % {"why": error.messages[0]}
        )
        return redirect("documents:paper", kind=kind, pk=pk)
    _keep_reading(request, opened, "documents.paper.word")
    return file_answer(content, WORD_TYPE, f"{opened.paper.name}.docx", saved=True)


@require_GET
def paper_pdf(request: UserRequest, kind: str, pk: UUID) -> HttpResponse:
    """The PDF in the page (`?download`: to be saved); in WeChat, which shows no PDF, pictures of its pages."""
    opened = _opened(request, kind, pk)
    try:
        content = opened.pdf()
    except NoPdfError as error:
        messages.error(request, str(error))
        return redirect("documents:paper", kind=kind, pk=pk)
    _keep_reading(request, opened, "documents.paper.pdf")
    back_to = reverse("documents:paper", kwargs={"kind": kind, "pk": pk})
    return pdf_answer(request, content, opened.paper.name, title=str(opened.definition.label), back_to=back_to)


@require_http_methods(["GET", "POST"])
def paper_number(request: UserRequest, kind: str, pk: UUID) -> HttpResponse:
    """Ask once more, then give the paper its number for good."""
    opened = _opened(request, kind, pk)
    require(_may_number(request, opened))
    form = NumberForm(request.POST or None)
    done = submit(request, form, give_number, opened.paper.owner, kind=kind)
    if done:
        messages.success(request, _("The paper bears the number %(number)s.") % {"number": done.result})
        return redirect("documents:paper", kind=kind, pk=pk)
    return render(request, "documents/number.html", _context(request, opened) | {"form": form})


def _opened(request: UserRequest, kind: str, pk: UUID) -> Opened:
    opened = open_paper(kind, pk, request.user, timezone.now())
    if opened is None:
        raise Http404
    if opened.definition.desk_alone:
        back = opened.definition.page_of(pk), _("Back")
        require_desk(request, title=_("This does not open on a phone"), back=back)
    return opened


def _keep_reading(request: UserRequest, opened: Opened, verb: str) -> None:
    """On record before the first byte leaves; the room that owns the paper counts it in its own way."""
    history.record_reading(verb, actor=request.user, obj=opened.paper.owner)
    opened.definition.opened(request.user, opened.paper.owner)


def _context(request: UserRequest, opened: Opened) -> dict[str, Any]:
    owner_id = opened.paper.owner.pk
    return {
        "opened": opened,
        "kind": opened.kind,
        "pk": owner_id,
        "back_url": opened.definition.page_of(owner_id),
        "may_number": opened.number is None and _may_number(request, opened),
    }


def _may_number(request: UserRequest, opened: Opened) -> bool:
    definition = opened.definition
    return definition.series is not None and definition.may_number(request.user, opened.paper.owner.pk)
