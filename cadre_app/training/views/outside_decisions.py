"""What is decided about an outside course: verified, returned, taken back, withdrawn, restored, a proof removed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.files.listing import files_of
from cadre_app.files.models import StoredFile
from cadre_app.people import permissions as people
from cadre_app.training.forms.hours import ReturnForm, VerifyForm, WithdrawForm
from cadre_app.training.models import OutsideCourse
from cadre_app.training.permissions import hours as permissions
from cadre_app.training.services import outside as services
from cadre_app.training.views.outside import visible_course


@require_http_methods(["GET", "POST"])
def outside_verify(request: UserRequest, pk: UUID) -> HttpResponse:
    """审核通过."""
    course = visible_course(request, pk)
    require(permissions.can_verify(request.user, course))
    form = VerifyForm(request.POST or None, instance=course)
    page = Page(
        _("Verify the course"),
        said=_("The course is verified: its hours count."),
        question=_("Verify this course?"),
        consequence=_("Its hours count from then on, on the last day of the course."),
    )
    return _decide(request, course, form, services.verify_course, page)


@require_http_methods(["GET", "POST"])
def outside_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """退回补充."""
    course = visible_course(request, pk)
    require(permissions.can_verify(request.user, course))
    form = ReturnForm(request.POST or None, instance=course)
    page = Page(
        _("Return the course for completion"),
        said=_("The course was returned."),
        question=_("Return this course?"),
        consequence=_("The person concerned reads what is to be completed, and submits it again."),
    )
    return _decide(request, course, form, services.return_course, page)


@require_http_methods(["GET", "POST"])
def outside_take_back(request: UserRequest, pk: UUID) -> HttpResponse:
    """A verification was a mistake."""
    course = visible_course(request, pk)
    require(permissions.can_take_back(request.user, course))
    form = ReasonForm(request.POST or None, instance=course)
    page = Page(
        _("Take the verification back"),
        said=_("The verification was taken back."),
        question=_("Take the verification of this course back?"),
        consequence=_("Its hours no longer count, and it waits to be verified again."),
        danger=True,
    )
    return _decide(request, course, form, services.take_back_verification, page)


@require_http_methods(["GET", "POST"])
def outside_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回, by the person concerned or by staff; back on the list, for the person no longer sees the course."""
    course = visible_course(request, pk)
    require(permissions.can_change(request.user, course))
    form = WithdrawForm(request.POST or None, instance=course)
    page = Page(
        _("Withdraw the course"),
        said=_("The course was withdrawn."),
        question=_("Withdraw this course?"),
        consequence=_("It leaves the lists. Staff can restore it."),
        danger=True,
    )
    own = people.is_own(request.user, course.trainee)
    back = "training:own_training" if own else "training:outside_list"
    return _decide(request, course, form, services.withdraw_course, page, back=back)


@require_http_methods(["GET", "POST"])
def outside_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    course = visible_course(request, pk)
    require(permissions.can_restore(request.user, course))
    form = RestoreForm(request.POST or None, instance=course)
    page = Page(
        pgettext("outside course", "Restore"),
        said=_("The course was restored."),
        question=_("Restore this course?"),
        consequence=_("It stands again as it was when it was withdrawn."),
    )
    return _decide(request, course, form, services.restore_course, page)


@require_http_methods(["GET", "POST"])
def proof_remove(request: UserRequest, pk: UUID, proof: UUID) -> HttpResponse:
    """Take one proof off a course that is not verified."""
    course = visible_course(request, pk)
    require(permissions.can_change(request.user, course))
    file = get_object_or_404(StoredFile.objects.of(services.PROOF, [course.pk]), pk=proof)
    form = ChangeForm(request.POST or None, instance=file)
    page = Page(
        _("Remove the proof"),
        said=_("The file was removed."),
        question=_("Remove this file from the course?"),
        consequence=_("Nobody sees it any more; its content is deleted later."),
        danger=True,
    )
    return _decide(request, course, form, services.remove_proof, page, file=file)


def _decide(
    request: UserRequest,
    course: OutsideCourse,
    form: ChangeForm,
    service: Callable[..., Any],
    page: Page,
    *,
    back: str = "",
    file: StoredFile | None = None,
) -> HttpResponse:
    """A page that asks once; on to the course (or to `back`) when it is done."""
    extra = {"proof": file} if file is not None else {}
    if submit(request, form, service, course, **extra):
        messages.success(request, page.said)
        return redirect(back) if back else redirect("training:outside_detail", pk=course.pk)
    proofs = files_of(services.PROOF, [course.pk])[course.pk]
    context = {"form": form, "course": course, "page": page, "proofs": [file] if file is not None else proofs}
    return render(request, "training/outside_confirm.html", context)
