"""谈心谈话登记表 with what was said: on paper or as Word, for whoever may read it and says what the copy is for."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.care import permissions
from cadre_app.care.forms.talks import SheetForm
from cadre_app.care.models import Talk
from cadre_app.care.papers.talks import SHEET, lines_of
from cadre_app.care.services import recording
from cadre_app.care.views.pages import visible_talk
from cadre_app.care.views.texts import back_to, require_desk
from cadre_app.core.documents import Mark
from cadre_app.core.form_pages import Page
from cadre_app.core.http import UserRequest, require
from cadre_app.documents.making import Opened, open_paper
from cadre_app.documents.sending import file_answer
from cadre_app.files.checks.office import WORD_TYPE


@require_http_methods(["GET", "POST"])
def talk_sheet(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask what the copy is for; then the filled form, once its printing is on record."""
    talk = visible_talk(request, pk)
    require(permissions.can_print_texts(request.user, talk))
    require_desk(request, talk)
    form = SheetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = _opened(request, talk, reason=form.cleaned_data["reason"])
        if form.cleaned_data["shape"] == SheetForm.WORD:
            return _word(request, talk, opened)
        return render(request, "care/talk_sheet.html", {"opened": opened, "back": back_to(talk), **opened.context})
    page = Page(
        _("Form with the restricted text"), "", _("Make the copy"), question=_("Put the restricted text on paper?"),
        consequence=_("Your name, the time and the reason are put on record first. Keep the copy locked away, and destroy it when it has served."),
    )  # fmt: skip
    context = {"form": form, "page": page, "talk": talk, "trainee": talk.trainee, "back": back_to(talk)}
    return render(request, "care/confirm.html", context)


def _opened(request: UserRequest, talk: Talk, *, reason: str) -> Opened:
    """The form of the documents room with the texts in it, marked across as whatever stays inside the office."""
    opened = open_paper(SHEET, talk.pk, request.user, timezone.now())
    if opened is None:
        raise Http404
    texts = recording.print_texts(talk, reason=reason, actor=request.user)
    said = {"content": lines_of(texts.content), "response": lines_of(texts.response)}
    paper = replace(opened.paper, values={**opened.paper.values, **said})
    return replace(opened, definition=replace(opened.definition, mark=Mark.ACROSS), paper=paper)


def _word(request: UserRequest, talk: Talk, opened: Opened) -> HttpResponse:
    try:
        content = opened.word()
    except ValidationError as error:
        messages.error(
            request, _("The Word template of this paper cannot be used: %(why)s") % {"why": error.messages[0]}
        )
        return redirect(back_to(talk))
    return file_answer(content, WORD_TYPE, f"{opened.paper.name}.docx", saved=True)
