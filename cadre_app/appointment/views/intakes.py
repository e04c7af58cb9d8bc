"""Forms of other programs brought in: the upload, whose forms they are, the difference to a file, undoing all of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.appointment import permissions
from cadre_app.appointment.differing import seen_as
from cadre_app.appointment.forms import IntakeForm, TakeForm
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile
from cadre_app.appointment.papers import PHOTO_SIZE
from cadre_app.appointment.portraits import portrait
from cadre_app.appointment.services import intakes, readings
from cadre_app.appointment.services.taking import undo_intake
from cadre_app.appointment.views.forms import require_desk
from cadre_app.core.documents import Picture
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.imports.policies import KEEP_DAYS
from cadre_app.people.models import Trainee

BOTH = require_http_methods(["GET", "POST"])
MARKS = {FileState.MATCHED: "soon", FileState.UNMATCHED: "idle", FileState.REFUSED: "over", FileState.TAKEN: "ok"}
SHOWN = 100


@BOTH
def intake_list(request: UserRequest) -> HttpResponse:
    """Bring a file in; and one's own uploads, the latest first."""
    if not permissions.can_bring_in(request.user):
        raise Http404
    require_desk(request)
    form = IntakeForm(request.POST or None, request.FILES or None)
    if done := submit(request, form, intakes.bring_in):
        return redirect("appointment:intake_detail", pk=done.result.pk)
    context = {
        "form": form,
        "intakes": list(FormIntake.objects.visible_to(request.user)[:SHOWN]),
        "keep_days": KEEP_DAYS.now(),
    }
    return render(request, "appointment/intake_list.html", context)


@require_GET
def intake_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The forms of one upload with who each is."""
    intake = _visible(request, pk)
    files = list(intake.files.select_related("trainee__person", "trainee__home_unit"))
    seen = set(
        Trainee.objects.visible_to(request.user)
        .filter(pk__in=[each.trainee_id for each in files if each.trainee_id is not None])
        .values_list("pk", flat=True)
    )
    context: dict[str, Any] = {
        "intake": intake,
        "rows": [(each, MARKS[FileState(each.state)], each.trainee_id in seen) for each in files],
        "may_undo": permissions.can_undo(request.user, intake),
    }
    return render(request, "appointment/intake_detail.html", context)


@sensitive_post_parameters()
@BOTH
def intake_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """The difference of one form to the growth file; what is chosen is taken over."""
    file = _visible_file(request, pk)
    trainee = file.trainee
    if trainee is None or not permissions.can_read_forms(request.user, trainee):
        raise Http404
    readings.read_file(file, actor=request.user)
    found = intakes.compared(file, trainee, user=request.user)
    may_take = permissions.can_take_over(request.user, file)
    form = TakeForm(request.POST or None, instance=file, found=found)
    if request.method == "POST":
        require(may_take)
    if done := submit(request, form, intakes.take_over, file):
        count = len(done.result.effects) if isinstance(done.result, IntakeFile) else 0
        said = ngettext("%(count)d change was taken over.", "%(count)d changes were taken over.", count)
        messages.success(request, said % {"count": count})
        return redirect("appointment:intake_detail", pk=file.intake_id)
    photo, problem = _photo(file)
    context = {
        "file": file, "trainee": trainee, "found": found, "form": form, "may_take": may_take, "read": file.read,
        "photo": photo, "photo_problem": problem, "chosen": form["keys"].value() or [],
        "seen": seen_as(found),
    }  # fmt: skip
    return render(request, "appointment/intake_file.html", context)


@BOTH
def intake_undo(request: UserRequest, pk: UUID) -> HttpResponse:
    intake = _visible(request, pk)
    require(permissions.can_undo(request.user, intake))
    form = ReasonForm(request.POST or None, instance=intake)
    back = reverse("appointment:intake_detail", kwargs={"pk": intake.pk})
    if submit(request, form, undo_intake, intake):
        messages.success(request, _("Everything that was taken over is as it was before."))
        return redirect(back)
    page = Page(
        _("Undo this import"), "", _("Undo this import"), question=_("Undo this import?"),
        consequence=_("All of it is taken back, or nothing where something was changed since."), danger=True,
    )  # fmt: skip
    return render(request, "appointment/intake_undo.html", {"form": form, "page": page, "intake": intake, "back": back})


def _photo(file: IntakeFile) -> tuple[Picture | None, str]:
    """The photo in the form as it would be kept, or why it cannot be."""
    if not file.read.get(intakes.PHOTO):
        return None, ""
    try:
        return Picture(portrait(intakes.checked_photo(file).content), *PHOTO_SIZE), ""
    except ValidationError as error:
        return None, error.messages[0]


def _visible(request: UserRequest, pk: UUID) -> FormIntake:
    intake = get_object_or_404(FormIntake.objects.visible_to(request.user), pk=pk)
    require_desk(request)
    return intake


def _visible_file(request: UserRequest, pk: UUID) -> IntakeFile:
    files = IntakeFile.objects.visible_to(request.user)
    file = get_object_or_404(files.select_related("intake", "trainee__person", "trainee__home_unit"), pk=pk)
    require_desk(request)
    return file
