"""What is done with a note: void and restore, a photo removed, read, answered, the next step done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile
from cadre_app.mentorship.forms.notes import AnswerForm, StepForm
from cadre_app.mentorship.permissions import notes as permissions
from cadre_app.mentorship.services import answers, notes
from cadre_app.mentorship.views.notes import visible_note


@require_http_methods(["GET", "POST"])
def note_void(request: UserRequest, pk: UUID) -> HttpResponse:
    note = visible_note(request, pk)
    require(permissions.can_void(request.user, note))
    form = ReasonForm(request.POST or None, instance=note)
    if submit(request, form, notes.void_note, note):
        messages.success(request, _("The note was voided."))
        return redirect("mentorship:note_detail", pk=pk)
    return render(request, "mentorship/note_void.html", {"form": form, "note": note})


@require_http_methods(["GET", "POST"])
def note_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    note = visible_note(request, pk)
    require(permissions.can_restore(request.user, note))
    form = RestoreForm(request.POST or None, instance=note)
    if submit(request, form, notes.restore_note, note):
        messages.success(request, _("The note was restored."))
        return redirect("mentorship:note_detail", pk=pk)
    return render(request, "mentorship/note_restore.html", {"form": form, "note": note})


@require_http_methods(["GET", "POST"])
def photo_remove(request: UserRequest, pk: UUID, photo: UUID) -> HttpResponse:
    """Take one photo off a note that can still be changed."""
    note = visible_note(request, pk)
    require(permissions.can_change(request.user, note))
    file = get_object_or_404(StoredFile.objects.of(notes.PHOTO, [note.pk]), pk=photo)
    form = ChangeForm(request.POST or None, instance=file)
    if submit(request, form, notes.remove_photo, note, photo=file):
        messages.success(request, _("The photo was removed."))
        return redirect("mentorship:note_edit", pk=pk)
    return render(request, "mentorship/photo_remove.html", {"form": form, "note": note, "file": file})


@require_POST
def note_acknowledge(request: UserRequest, pk: UUID) -> HttpResponse:
    """知道了 The trainee has read it."""
    note = visible_note(request, pk)
    require(permissions.can_answer(request.user, note))
    form = ChangeForm(request.POST, instance=note)
    if submit(request, form, answers.acknowledge_note, note):
        messages.success(request, _("Your mentor now sees that you have read it."))
    _say_errors(request, form)
    return redirect("mentorship:note_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def note_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    """Answer once; the answer can be corrected for a few days."""
    note = visible_note(request, pk)
    require(permissions.writes_answer(request.user, note))
    form = AnswerForm(request.POST or None, instance=note)
    if submit(request, form, answers.answer_note, note):
        messages.success(request, _("Your answer was sent."))
        return redirect("mentorship:note_detail", pk=pk)
    return render(request, "mentorship/note_answer.html", {"form": form, "note": note})


@require_POST
def note_step(request: UserRequest, pk: UUID) -> HttpResponse:
    """The next step is done; or it is not, after all."""
    note = visible_note(request, pk)
    require(permissions.can_tick_step(request.user, note))
    form = StepForm(request.POST, instance=note)
    if done := submit(request, form, answers.tick_step, note):
        is_done = done.result is not None and done.result.next_step_done_on is not None
        messages.success(request, _("The next step is done.") if is_done else _("The next step is open again."))
    _say_errors(request, form)
    return redirect("mentorship:note_detail", pk=pk)


def _say_errors(request: UserRequest, form: ChangeForm) -> None:
    """A single button has no page of its own on which a refusal could stand."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
