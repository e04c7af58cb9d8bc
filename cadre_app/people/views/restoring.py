"""恢复 Restoring what was voided in a growth file: whoever may void it may restore it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import RestoreForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.files.models import StoredFile
from cadre_app.people.file.voided import voided_part
from cadre_app.people.models import ArrivalCheck, Education, Interruption, PostRecord, Relative, Trainee, VillageTerm
from cadre_app.people.services import arrival, family, interruptions, photos, posts, terms
from cadre_app.people.views.files import back_to, require_edit
from cadre_app.people.views.relatives import after_declaring


@require_http_methods(["GET", "POST"])
def education_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    found = Education.objects.visible_to(request.user).select_related("person__trainee__home_unit")
    education = get_object_or_404(found, pk=pk)
    trainee = education.person.trainee
    return _restored(request, education, family.restore_education, trainee) or back_to(trainee, "education")


@require_http_methods(["GET", "POST"])
def relative_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    found = Relative.objects.visible_to(request.user).select_related("person__trainee__home_unit", "other")
    relative = get_object_or_404(found, pk=pk)
    trainee = relative.person.trainee
    consequence = _("Neither then works on the other’s file.") if relative.other_id else ""
    page = _restored(request, relative, family.restore_relative, trainee, consequence=consequence)
    return page or after_declaring(request, trainee)


@require_http_methods(["GET", "POST"])
def post_record_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    found = PostRecord.objects.visible_to(request.user).select_related("trainee__person", "trainee__home_unit")
    record = get_object_or_404(found, pk=pk)
    consequence = _("The latest record holds as the present post and rank.")
    page = _restored(request, record, posts.restore_post_record, record.trainee, consequence=consequence)
    return page or back_to(record.trainee, "posts")


@require_http_methods(["GET", "POST"])
def term_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    found = VillageTerm.objects.visible_to(request.user)
    term = get_object_or_404(found.select_related("village", "trainee__person", "trainee__home_unit"), pk=pk)
    consequence = _("The stage follows from its dates again.")
    page = _restored(request, term, terms.restore_term, term.trainee, consequence=consequence)
    return page or back_to(term.trainee, "terms")


@require_http_methods(["GET", "POST"])
def interruption_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    found = Interruption.objects.visible_to(request.user)
    related = ("term__village", "term__trainee__person", "term__trainee__home_unit")
    item = get_object_or_404(found.select_related(*related), pk=pk)
    trainee, consequence = item.term.trainee, _("Its days move the end of the term again.")
    page = _restored(request, item, interruptions.restore_interruption, trainee, consequence=consequence)
    return page or back_to(trainee, "terms")


@require_http_methods(["GET", "POST"])
def arrival_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    found = ArrivalCheck.objects.visible_to(request.user).select_related("trainee__person", "trainee__home_unit")
    check = get_object_or_404(found, pk=pk)
    consequence = _("The item counts as done again.")
    page = _restored(request, check, arrival.restore_tick, check.trainee, consequence=consequence)
    return page or back_to(check.trainee, "arrival")


@require_http_methods(["GET", "POST"])
def photo_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    photo = get_object_or_404(StoredFile, pk=pk, kind=photos.PHOTO, emptied_at=None)
    found = Trainee.objects.visible_to(request.user).select_related("person", "home_unit")
    trainee = get_object_or_404(found, person=photo.owner_id)
    page = _restored(request, photo, photos.restore_photo, trainee)
    return page or back_to(trainee)


def _restored(
    request: UserRequest, part: Any, service: Callable[..., Any], trainee: Trainee, *, consequence: str = ""
) -> HttpResponse | None:
    """The question whether to restore `part` of a file; None once it is restored."""
    require_edit(request, trainee)
    form = RestoreForm(request.POST or None, instance=part, initial={"reason": ""})
    if submit(request, form, service, part):
        messages.success(request, _("The entry was restored."))
        return None
    context = {
        "form": form,
        "part": voided_part(part),
        "about": f"{trainee.person.name} · {trainee.file_number}",
        "consequence": consequence,
        "cancel_url": reverse("people:trainee_detail", kwargs={"pk": trainee.pk}),
    }
    return render(request, "people/part_restore.html", context)
