"""待审核、待签批: what waits for whom, and the two steps."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.assignments.compliance import notes_on, with_compliance
from cadre_app.assignments.forms.postings import DeclineForm, SignOffForm
from cadre_app.assignments.models import Posting
from cadre_app.assignments.panels import approvals as panels
from cadre_app.assignments.permissions import postings as permissions
from cadre_app.assignments.services import approvals as services
from cadre_app.assignments.tabs import posting_tabs
from cadre_app.assignments.views.posting_pages import page_of, posting_form, visible_posting
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import require_step, submit


@require_GET
def approval_list(request: UserRequest) -> HttpResponse:
    """Proposals in one's scope by the step that they wait for, the oldest first."""
    user = request.user
    if not permissions.can_see_queue(user):
        raise Http404
    context = {
        "to_check": panels.lines_of(user, panels.to_check(user)),
        "to_sign": panels.lines_of(user, panels.to_sign(user)),
        "tabs": posting_tabs("assignments:approval_list"),
        "may_propose": permissions.can_open_proposal(user),
    }
    return render(request, "assignments/approval_list.html", context)


@require_POST
def posting_check(request: UserRequest, pk: UUID) -> HttpResponse:
    """审核 passed: on to the leader."""
    posting = visible_posting(request, pk)
    user = request.user
    duty = permissions.checks(user, posting)
    require_step(request, permissions.can_check(user, posting), posting, duty=duty, page=page_of(posting))
    form = ChangeForm(request.POST, instance=posting)
    if submit(request, form, services.check_posting, posting):
        messages.success(request, _("Checked. The posting waits for the sign-off by a leader."))
    else:
        for errors in form.errors.values():
            for error in errors:
                messages.error(request, str(error))
    return redirect("assignments:posting_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def posting_sign_off(request: UserRequest, pk: UUID) -> HttpResponse:
    """签批, with the document where it is there already."""
    posting = visible_posting(request, pk)
    user = request.user
    duty = permissions.signs(user, posting)
    require_step(
        request, permissions.can_sign_off(user, posting), posting, duty=duty, page=page_of(posting),
        own_check=permissions.has_only_checked(user, posting),
    )  # fmt: skip
    today = timezone.localdate()
    notes = notes_on(with_compliance(Posting.objects.visible_to(request.user), today).get(pk=pk), today)
    form = SignOffForm(request.POST or None, request.FILES or None, instance=posting, initial={"signed_on": today})
    page = Page(
        _("Sign off the posting"), _("The posting is signed off."), _("Sign off"),
        extra={"shows_facts": True, "notes": notes},
    )  # fmt: skip
    return posting_form(request, posting, form, services.sign_off_posting, page)


@require_http_methods(["GET", "POST"])
def posting_decline(request: UserRequest, pk: UUID) -> HttpResponse:
    posting = visible_posting(request, pk)
    user = request.user
    duty = permissions.checks(user, posting) or permissions.signs(user, posting)
    require_step(request, permissions.can_decline(user, posting), posting, duty=duty, page=page_of(posting))
    page = Page(
        _("Decline the posting"), _("The posting is declined."), _("Decline"),
        question=_("Decline this posting?"), danger=True,
        consequence=_("Whoever proposed it reads the reason. It no longer takes any days."),
    )  # fmt: skip
    form = DeclineForm(request.POST or None, instance=posting)
    return posting_form(request, posting, form, services.decline_posting, page)
