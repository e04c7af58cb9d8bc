"""照片 The photo in the head of a growth file: staff upload, replace and remove it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.files.policies import KEEP_REMOVED_DAYS
from cadre_app.people.forms.photos import PhotoForm
from cadre_app.people.services import photos
from cadre_app.people.views.files import changeable_trainee


@require_http_methods(["GET", "POST"])
def photo_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Upload a photo, or another one in its place."""
    trainee = changeable_trainee(request, pk)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if submit(request, form, photos.set_photo, trainee):
        messages.success(request, _("The photo was saved."))
        return redirect("people:trainee_detail", pk=pk)
    context = {"form": form, "trainee": trainee, "photo": photos.photo_of(trainee)}
    return render(request, "people/photo_edit.html", context)


@require_http_methods(["GET", "POST"])
def photo_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    trainee = changeable_trainee(request, pk)
    photo = photos.photo_of(trainee)
    if photo is None and request.method == "GET":
        raise Http404
    form = ReasonForm(request.POST or None)
    if submit(request, form, photos.remove_photo, trainee):
        messages.success(request, _("The photo was removed."))
        return redirect("people:trainee_detail", pk=pk)
    context = {"form": form, "trainee": trainee, "keep_days": KEEP_REMOVED_DAYS.now()}
    return render(request, "people/photo_remove.html", context)
