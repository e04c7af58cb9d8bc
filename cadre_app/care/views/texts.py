"""限定知悉: the restricted texts of a talk. Each reading is on record before the first byte; never on a phone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.care import permissions
from cadre_app.care.forms.talks import ReadersForm, TextsForm
from cadre_app.care.models import Talk
from cadre_app.care.services import recording
from cadre_app.care.services.checks import workers_for
from cadre_app.care.views.pages import changeable_talk, talk_form, visible_talk
from cadre_app.core import phones
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require


@require_POST
def talk_read(request: UserRequest, pk: UUID) -> HttpResponse:
    """查阅 Author and named readers."""
    talk = visible_talk(request, pk)
    require(permissions.can_read_texts(request.user, talk))
    require_desk(request, talk)
    return _opened(request, talk, recording.read_texts(talk, actor=request.user))


@require_http_methods(["GET", "POST"])
def talk_reveal(request: UserRequest, pk: UUID) -> HttpResponse:
    """查阅（须填事由） Leaders."""
    talk = visible_talk(request, pk)
    require(permissions.can_reveal_texts(request.user, talk))
    require_desk(request, talk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = recording.reveal_texts(talk, reason=form.cleaned_data["reason"], actor=request.user)
        return _opened(request, talk, found)
    page = Page(
        _("Open the restricted text"), "", _("Read the restricted text"), question=_("Open the restricted text of this talk?"),
        consequence=_("Your name, the time and the reason are put on record before it is shown."),
    )  # fmt: skip
    context = {"form": form, "page": page, "talk": talk, "trainee": talk.trainee, "back": back_to(talk)}
    return render(request, "care/confirm.html", context)


@sensitive_post_parameters("content", "response")
@require_http_methods(["GET", "POST"])
def talk_write(request: UserRequest, pk: UUID) -> HttpResponse:
    """The author writes the texts anew; a page that never holds the present ones."""
    talk = _own_record(request, pk)
    form = TextsForm(request.POST or None, instance=talk)
    page = Page(
        _("Write the restricted text"), _("The restricted text was changed."),
        notices=(_("What you write here takes the place of the present text. What is left empty stays as it is."),),
    )  # fmt: skip
    return talk_form(request, talk, form, recording.write_texts, page)


@require_http_methods(["GET", "POST"])
def talk_readers(request: UserRequest, pk: UUID) -> HttpResponse:
    """Who else may read them."""
    talk = _own_record(request, pk)
    initial = {"readers": list(talk.readers.values_list("pk", flat=True))}
    others = workers_for(talk.trainee).exclude(pk=request.user.pk)
    form = ReadersForm(request.POST or None, instance=talk, workers=others, initial=initial)
    return talk_form(
        request, talk, form, recording.name_readers, Page(_("Name the readers"), _("The readers are named."))
    )


def _own_record(request: UserRequest, pk: UUID) -> Talk:
    talk = changeable_talk(request, pk)
    require(permissions.can_write_texts(request.user, talk))
    require_desk(request, talk)
    return talk


def _opened(request: UserRequest, talk: Talk, texts: recording.Texts) -> HttpResponse:
    context: dict[str, Any] = {"talk": talk, "trainee": talk.trainee, "texts": texts, "back": back_to(talk)}
    return render(request, "care/talk_text.html", context)


def require_desk(request: UserRequest, talk: Talk) -> None:
    """Raises Refused: 403 with the reason on a phone; nothing is read there, and nothing is put on record."""
    back = back_to(talk), _("Back to the talk")
    phones.require_desk(request, title=_("Restricted text does not open on a phone"), back=back)


def back_to(talk: Talk) -> str:
    """The page of the talk."""
    return reverse("care:talk_detail", kwargs={"pk": talk.pk})
