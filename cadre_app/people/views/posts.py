"""Post and rank: adding, correcting and voiding a record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people.forms.parts import PostRecordForm
from cadre_app.people.models import PostRecord
from cadre_app.people.services import posts as services
from cadre_app.people.views.files import back_to, changeable_trainee, require_edit

REPEATED = ("post", "post_level", "rank", "post_grade")


@require_http_methods(["GET", "POST"])
def post_record_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """A further record; it begins with what holds now, of which mostly one thing changes."""
    trainee = changeable_trainee(request, pk)
    initial = {name: getattr(trainee, name) for name in REPEATED}
    form = PostRecordForm(request.POST or None, initial=initial)
    if submit(request, form, services.add_post_record, trainee):
        messages.success(request, _("Post and rank were recorded."))
        return back_to(trainee, "posts")
    return render(request, "people/post_record_add.html", {"form": form, "trainee": trainee})


@require_http_methods(["GET", "POST"])
def post_record_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    record = _changeable(request, pk)
    form = PostRecordForm(request.POST or None, instance=record)
    if submit(request, form, services.change_post_record, record):
        messages.success(request, _("The record was corrected."))
        return back_to(record.trainee, "posts")
    return render(request, "people/post_record_edit.html", {"form": form, "trainee": record.trainee})


@require_http_methods(["GET", "POST"])
def post_record_void(request: UserRequest, pk: UUID) -> HttpResponse:
    record = _changeable(request, pk)
    form = ReasonForm(request.POST or None, instance=record)
    if submit(request, form, services.void_post_record, record):
        messages.success(request, _("The record was voided."))
        return back_to(record.trainee, "posts")
    return render(request, "people/post_record_void.html", {"form": form, "trainee": record.trainee, "record": record})


def _changeable(request: UserRequest, pk: UUID) -> PostRecord:
    found = PostRecord.objects.visible_to(request.user).standing()
    record = get_object_or_404(found.select_related("trainee__person", "trainee__home_unit"), pk=pk)
    require_edit(request, record.trainee)
    return record
