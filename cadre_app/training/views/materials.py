"""课程材料 The materials of a course: added, taken away, brought back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile
from cadre_app.files.policies import KEEP_REMOVED_DAYS
from cadre_app.training.forms.courses import MaterialForm
from cadre_app.training.models import Course
from cadre_app.training.services import courses as services
from cadre_app.training.views.courses import changeable_course


@require_http_methods(["GET", "POST"])
def material_new(request: UserRequest, pk: UUID) -> HttpResponse:
    course = changeable_course(request, pk)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if submit(request, form, services.add_materials, course):
        messages.success(request, _("The materials were kept."))
        return redirect("training:course_detail", pk=pk)
    return render(request, "training/material_new.html", {"form": form, "course": course})


@require_http_methods(["GET", "POST"])
def material_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    course, file = _material(request, pk, removed=False)
    form = ReasonForm(request.POST or None, instance=file)
    if submit(request, form, services.remove_material, file):
        messages.success(request, _("The file was removed."))
        return redirect("training:course_detail", pk=course.pk)
    context = {"form": form, "course": course, "file": file, "keep_days": KEEP_REMOVED_DAYS.now()}
    return render(request, "training/material_remove.html", context)


@require_http_methods(["GET", "POST"])
def material_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    course, file = _material(request, pk, removed=True)
    form = RestoreForm(request.POST or None, instance=file)
    if submit(request, form, services.restore_material, file):
        messages.success(request, _("The file was restored."))
        return redirect("training:course_detail", pk=course.pk)
    return render(request, "training/material_restore.html", {"form": form, "course": course, "file": file})


def _material(request: UserRequest, pk: UUID, *, removed: bool) -> tuple[Course, StoredFile]:
    """A file of a course that one may change; a course out of sight looks like no file at all."""
    found = StoredFile.objects.filter(kind=services.MATERIAL, emptied_at=None, voided_at__isnull=not removed)
    file = get_object_or_404(found, pk=pk)
    return changeable_course(request, file.owner_id), file
