"""Education: adding, correcting and voiding a stretch of schooling."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people.forms.parts import EducationForm
from cadre_app.people.models import Education
from cadre_app.people.services import family
from cadre_app.people.views.files import back_to, changeable_trainee, require_edit


@require_http_methods(["GET", "POST"])
def education_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """A further stretch of schooling on this file."""
    trainee = changeable_trainee(request, pk)
    form = EducationForm(request.POST or None)
    if submit(request, form, family.add_education, trainee.person):
        messages.success(request, _("The education was added."))
        return back_to(trainee, "education")
    return render(request, "people/education_add.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def education_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    education = _changeable(request, pk)
    trainee = education.person.trainee
    form = EducationForm(request.POST or None, instance=education)
    if submit(request, form, family.change_education, education):
        messages.success(request, _("The education was changed."))
        return back_to(trainee, "education")
    return render(request, "people/education_edit.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def education_void(request: UserRequest, pk: UUID) -> HttpResponse:
    education = _changeable(request, pk)
    trainee = education.person.trainee
    form = ReasonForm(request.POST or None, instance=education)
    if submit(request, form, family.void_education, education):
        messages.success(request, _("The education was voided."))
        return back_to(trainee, "education")
    return render(request, "people/education_void.html", {"form": form, "trainee": trainee, "education": education})


def _changeable(request: UserRequest, pk: UUID) -> Education:
    found = Education.objects.visible_to(request.user).standing()
    education = get_object_or_404(found.select_related("person__trainee__home_unit"), pk=pk)
    require_edit(request, education.person.trainee)
    return education
