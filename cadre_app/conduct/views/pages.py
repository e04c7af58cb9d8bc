"""What the pages of rewards, decisions and admonitions share: the entry they are about, their forms, the desk they need."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.core import phones
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest
from cadre_app.core.models import BaseModel
from cadre_app.core.submit import submit
from cadre_app.people.models import Trainee

RELATED = ("trainee__person", "trainee__home_unit")


def require_desk(request: UserRequest) -> None:
    """403 with the reason on a phone; nothing is read there, and nothing is put on record."""
    back = reverse("desk:home"), _("Back to the desk")
    phones.require_desk(request, title=_("This does not open on a phone"), back=back)


def entry_form(
    request: UserRequest, entry: Any, form: BaseForm, service: Callable[..., Any], page: Page, name: str
) -> HttpResponse:
    """A page with one form about an entry; back on its page `name` when it is done."""
    if submit(request, form, service, entry):
        messages.success(request, page.said)
        return redirect(name, pk=entry.pk)
    return shown(request, form, page, entry.trainee, reverse(name, kwargs={"pk": entry.pk}))


def file_form(
    request: UserRequest,
    trainee: Trainee,
    form: BaseForm,
    service: Callable[..., Any],
    page: Page,
    name: str,
    back: str,
) -> HttpResponse:
    """A page with one form about somebody; on to the entry that it made."""
    if done := submit(request, form, service, trainee):
        messages.success(request, page.said)
        if isinstance(done.result, BaseModel):
            return redirect(name, pk=done.result.pk)
        return redirect(back)
    return shown(request, form, page, trainee, reverse(back))


def shown(request: UserRequest, form: BaseForm, page: Page, trainee: Trainee, back: str) -> HttpResponse:
    template = "conduct/confirm.html" if page.question else "conduct/form.html"
    return render(request, template, {"form": form, "page": page, "trainee": trainee, "back": back} | page.extra)


def asked_key(request: UserRequest, name: str) -> UUID | None:
    """The key that a parameter of the address gives; nobody's where it is none, None where there is no parameter."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
