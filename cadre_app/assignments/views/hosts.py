"""鉴定 The host's own page and the appraisal, as the host writes it and staff enter and confirm it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments.forms.hosts import AppraisalForm, CompletionForm
from cadre_app.assignments.forms.postings import RestoringForm, WhyForm
from cadre_app.assignments.panels.hosts import hosted_rows
from cadre_app.assignments.permissions import hosts as permissions
from cadre_app.assignments.permissions.rooms import is_host
from cadre_app.assignments.posting_page import appraisal_of
from cadre_app.assignments.services import appraisals as services
from cadre_app.assignments.views.posting_pages import posting_form, visible_appraisal, visible_posting
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit


@require_GET
def host_list(request: UserRequest) -> HttpResponse:
    """Those whom one supervises on site, and what is to be written; nothing else of them."""
    if not is_host(request.user):
        raise Http404
    return render(request, "assignments/host_list.html", {"lines": hosted_rows(request.user, timezone.localdate())})


@require_http_methods(["GET", "POST"])
def appraisal_write(request: UserRequest, pk: UUID) -> HttpResponse:
    """填写鉴定 of a posting: by its host, or by staff from paper."""
    posting = visible_posting(request, pk)
    appraisal = appraisal_of(posting, request.user)
    require(permissions.can_write(request.user, posting, appraisal))
    form = AppraisalForm(request.POST or None, instance=appraisal or posting)
    if submit(request, form, services.write_appraisal, posting):
        messages.success(request, _("The appraisal is handed in. It can be changed until the department confirms it."))
        return redirect("assignments:posting_detail", pk=pk)
    context = {"form": form, "posting": posting, "appraisal": appraisal}
    context["is_host"] = permissions.hosts(request.user, posting)
    return render(request, "assignments/appraisal_write.html", context)


@require_http_methods(["GET", "POST"])
def appraisal_return(request: UserRequest, pk: UUID) -> HttpResponse:
    appraisal = visible_appraisal(request, pk)
    require(permissions.can_return(request.user, appraisal))
    page = Page(_("Return for completion"), _("The host is asked to complete it."), _("Return for completion"))
    form = CompletionForm(request.POST or None, instance=appraisal)
    return posting_form(request, appraisal.posting, form, services.return_appraisal, page, appraisal)


@require_http_methods(["GET", "POST"])
def appraisal_confirm(request: UserRequest, pk: UUID) -> HttpResponse:
    appraisal = visible_appraisal(request, pk)
    require(permissions.can_confirm(request.user, appraisal))
    page = Page(
        _("Confirm the appraisal"), _("The appraisal is confirmed, the posting is closed."), _("Confirm"),
        question=_("Confirm this appraisal?"),
        consequence=_("The posting is closed. The person can read the appraisal in their growth file."),
        extra={"appraisal": appraisal},
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=appraisal)
    return posting_form(request, appraisal.posting, form, services.confirm_appraisal, page, appraisal)


@require_http_methods(["GET", "POST"])
def appraisal_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    appraisal = visible_appraisal(request, pk)
    require(permissions.can_reopen(request.user, appraisal))
    page = Page(
        _("Take the confirmation back"), _("The posting waits for its appraisal again."), _("Take back"),
        question=_("Take the confirmation back?"), consequence=_("The appraisal can then be changed or voided."),
    )  # fmt: skip
    form = WhyForm(request.POST or None, instance=appraisal)
    return posting_form(request, appraisal.posting, form, services.reopen_appraisal, page, appraisal)


@require_http_methods(["GET", "POST"])
def appraisal_void(request: UserRequest, pk: UUID) -> HttpResponse:
    appraisal = visible_appraisal(request, pk)
    require(permissions.can_return(request.user, appraisal))
    page = Page(
        _("Void the appraisal"), _("The appraisal was voided."), _("Void"),
        question=_("Void this appraisal?"), danger=True, consequence=_("It can be restored until another one is written."),
    )  # fmt: skip
    form = WhyForm(request.POST or None, instance=appraisal)
    return posting_form(request, appraisal.posting, form, services.void_appraisal, page, appraisal)


@require_http_methods(["GET", "POST"])
def appraisal_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    appraisal = visible_appraisal(request, pk, voided=True)
    require(permissions.can_restore(request.user, appraisal))
    page = Page(
        _("Restore the appraisal"), _("The appraisal stands again."), _("Restore"),
        question=_("Restore this appraisal?"), consequence=_("It then waits to be confirmed."),
    )  # fmt: skip
    form = RestoringForm(request.POST or None, instance=appraisal)
    return posting_form(request, appraisal.posting, form, services.restore_appraisal, page, appraisal)
