"""限定知悉: the restricted text of a symposium or visit. Each reading is on record before the first byte; never on a phone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.care import permissions
from cadre_app.care.forms.symposiums import NoteForm, NoteReadersForm
from cadre_app.care.models import CareVisit, Symposium
from cadre_app.care.services import notes as services
from cadre_app.care.views.meeting_pages import (
    about,
    changeable_symposium,
    changeable_visit,
    meeting_form,
    require_desk,
    shown,
    visible_symposium,
    visible_visit,
)
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require

Owner = Symposium | CareVisit


@require_POST
def symposium_read(request: UserRequest, pk: UUID) -> HttpResponse:
    """查阅 Author and named readers."""
    return _read(request, visible_symposium(request, pk))


@require_POST
def visit_read(request: UserRequest, pk: UUID) -> HttpResponse:
    """查阅 Author and named readers."""
    return _read(request, visible_visit(request, pk))


@require_http_methods(["GET", "POST"])
def symposium_reveal(request: UserRequest, pk: UUID) -> HttpResponse:
    """查阅（须填事由） Leaders."""
    return _reveal(request, visible_symposium(request, pk))


@require_http_methods(["GET", "POST"])
def visit_reveal(request: UserRequest, pk: UUID) -> HttpResponse:
    """查阅（须填事由） Leaders."""
    return _reveal(request, visible_visit(request, pk))


@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
def symposium_write(request: UserRequest, pk: UUID) -> HttpResponse:
    return _write(request, changeable_symposium(request, pk))


@sensitive_post_parameters("note")
@require_http_methods(["GET", "POST"])
def visit_write(request: UserRequest, pk: UUID) -> HttpResponse:
    return _write(request, changeable_visit(request, pk))


@require_http_methods(["GET", "POST"])
def symposium_readers(request: UserRequest, pk: UUID) -> HttpResponse:
    return _readers(request, changeable_symposium(request, pk))


@require_http_methods(["GET", "POST"])
def visit_readers(request: UserRequest, pk: UUID) -> HttpResponse:
    return _readers(request, changeable_visit(request, pk))


def _read(request: UserRequest, owner: Owner) -> HttpResponse:
    require(permissions.can_read_note(request.user, owner))
    require_desk(request, owner)
    return _opened(request, owner, services.read_note(owner, actor=request.user))


def _reveal(request: UserRequest, owner: Owner) -> HttpResponse:
    require(permissions.can_reveal_note(request.user, owner))
    require_desk(request, owner)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = services.reveal_note(owner, reason=form.cleaned_data["reason"], actor=request.user)
        return _opened(request, owner, found)
    page = Page(
        _("Open the restricted text"), "", _("Read the restricted text"), question=_("Open the restricted text?"),
        consequence=_("Your name, the time and the reason are put on record before it is shown."),
    )  # fmt: skip
    return shown(request, form, page, about(owner))


def _write(request: UserRequest, owner: Owner) -> HttpResponse:
    """A page that never holds the present text."""
    require(permissions.can_write_note(request.user, owner))
    require_desk(request, owner)
    form = NoteForm(request.POST or None, instance=owner)
    page = Page(
        _("Write the restricted text"), _("The restricted text was changed."),
        notices=(_("What you write here takes the place of the present text."),) if owner.has_note else (),
    )  # fmt: skip
    return meeting_form(request, owner, form, services.write_note, page)


def _readers(request: UserRequest, owner: Owner) -> HttpResponse:
    """Who else may read it."""
    require(permissions.can_write_note(request.user, owner))
    require_desk(request, owner)
    others = services.readers_for(owner).exclude(pk=request.user.pk)
    initial = {"readers": list(owner.readers.values_list("pk", flat=True))}
    form = NoteReadersForm(request.POST or None, instance=owner, workers=others, initial=initial)
    page = Page(_("Name the readers"), _("The readers are named."))
    return meeting_form(request, owner, form, services.name_readers, page)


def _opened(request: UserRequest, owner: Owner, text: str) -> HttpResponse:
    context: dict[str, Any] = {"text": text, "about": about(owner)}
    return render(request, "care/note_text.html", context)
