"""请销假: asked for, changed, decided, ended, corrected."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cadre_app.assignments.forms.leaves import CorrectForm, DeclineForm, LeaveForm, ReturnForm, WithdrawForm
from cadre_app.assignments.models import Leave, LeaveState
from cadre_app.assignments.panels import leaves as panels
from cadre_app.assignments.permissions import leaves as permissions
from cadre_app.assignments.services import leave_returns
from cadre_app.assignments.services import leaves as services
from cadre_app.assignments.services.leave_counting import counted
from cadre_app.assignments.views.leaves import visible_leave
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys

if TYPE_CHECKING:
    from collections.abc import Callable

BOTH = require_http_methods(["GET", "POST"])


@BOTH
def leave_new(request: UserRequest) -> HttpResponse:
    """For oneself; staff and liaisons choose somebody first (`?trainee=`)."""
    user = request.user
    if not (permissions.can_enter_leaves(user) or permissions.can_see_own_leaves(user)):
        raise Http404
    trainee = _asked_trainee(request)
    if trainee is None:
        return render(request, "assignments/leave_choose.html", panels.choice(request))
    require(permissions.can_enter_leave(user, trainee))
    form = LeaveForm(request.POST or None)
    if done := submit(request, form, services.ask_for_leave, trainee):
        messages.success(request, _said(done.result))
        return redirect("assignments:leave_detail", pk=done.result.pk)
    is_own = people.is_own(user, trainee)
    back = reverse("assignments:leave_mine" if is_own else "assignments:leave_list")
    context = {"form": form, "trainee": trainee, "is_own": is_own, "back": back, **panels.rules_of(user, trainee)}
    return render(request, "assignments/leave_new.html", context)


@BOTH
def leave_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    leave = visible_leave(request, pk)
    require(permissions.can_change_leave(request.user, leave))
    again = people.is_own(request.user, leave.trainee) and leave.state != LeaveState.REQUESTED
    notices = (_("It was confirmed already: after the change it has to be confirmed again."),) if again else ()
    page = Page(_("Change the leave"), _("The leave was changed."), notices=notices)
    return _form(request, leave, LeaveForm(request.POST or None, instance=leave), services.change_leave, page)


@BOTH
def leave_confirm(request: UserRequest, pk: UUID) -> HttpResponse:
    """单位确认."""
    leave = visible_leave(request, pk)
    require(permissions.can_confirm_leave(request.user, leave))
    goes_on = services.waits_for_department(leave)
    page = Page(
        _("Confirm the leave"), _("The leave is confirmed."), _("Confirm"), question=_("Confirm this leave?"),
        consequence=_("It then waits for the organization department to approve it.") if goes_on
        else _("The confirmation of the unit is the approval: it is short enough for that."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=leave)
    return _form(request, leave, form, services.confirm_leave, page)


@BOTH
def leave_approve(request: UserRequest, pk: UUID) -> HttpResponse:
    """审核通过."""
    leave = visible_leave(request, pk)
    require(permissions.can_approve_leave(request.user, leave))
    unconfirmed = leave.state == LeaveState.REQUESTED
    page = Page(
        _("Approve the leave"), _("The leave is approved."), _("Approve"), question=_("Approve this leave?"),
        consequence=_("The unit has not confirmed it yet.") if unconfirmed else _("The unit has confirmed it."),
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=leave)
    return _form(request, leave, form, services.approve_leave, page)


@BOTH
def leave_decline(request: UserRequest, pk: UUID) -> HttpResponse:
    """不予通过."""
    leave = visible_leave(request, pk)
    require(permissions.can_decline_leave(request.user, leave))
    page = Page(
        _("Decline the leave"), _("The leave is declined."), _("Decline"), question=_("Decline this leave?"),
        danger=True,
    )  # fmt: skip
    return _form(request, leave, DeclineForm(request.POST or None, instance=leave), services.decline_leave, page)


@BOTH
def leave_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回."""
    leave = visible_leave(request, pk)
    require(permissions.can_withdraw_leave(request.user, leave))
    page = Page(
        _("Withdraw the leave"), _("The leave is withdrawn."), _("Withdraw"), question=_("Withdraw this leave?"),
        consequence=_("Its days are free again. A new leave can be asked for at any time."),
    )  # fmt: skip
    return _form(request, leave, WithdrawForm(request.POST or None, instance=leave), services.withdraw_leave, page)


@BOTH
def leave_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """销假."""
    leave = visible_leave(request, pk)
    require(permissions.can_return_leave(request.user, leave))
    initial = {"ended_on": min(leave.due_on, timezone.localdate())}
    form = ReturnForm(request.POST or None, instance=leave, initial=initial)
    page = Page(_("Record the return"), "", _("Record the return"), notices=(counted(leave).text,))
    return _form(request, leave, form, leave_returns.return_from_leave, page, said=_returned)


@BOTH
def leave_confirm_return(request: UserRequest, pk: UUID) -> HttpResponse:
    """The last day that the person reported, compared with what was approved."""
    leave = visible_leave(request, pk)
    require(permissions.can_confirm_return(request.user, leave))
    page = Page(
        _("Confirm the return"), "", _("Confirm"), question=_("Confirm the last day away?"),
        consequence=counted(leave).text,
    )  # fmt: skip
    form = ChangeForm(request.POST or None, instance=leave)
    return _form(request, leave, form, leave_returns.confirm_return, page, said=_returned)


@BOTH
def leave_correct(request: UserRequest, pk: UUID) -> HttpResponse:
    """Other days or another kind of a leave that ended; the village term follows."""
    leave = visible_leave(request, pk)
    require(permissions.can_correct_leave(request.user, leave))
    form = CorrectForm(request.POST or None, instance=leave)
    page = Page(_("Correct the leave"), "", notices=(counted(leave).text,))
    return _form(request, leave, form, leave_returns.correct_leave, page, said=_returned)


@BOTH
def leave_unreturn(request: UserRequest, pk: UUID) -> HttpResponse:
    leave = visible_leave(request, pk)
    require(permissions.can_correct_leave(request.user, leave))
    page = Page(
        pgettext("leave", "Take the return back"), _("The leave runs again."),
        pgettext("leave", "Take the return back"),
        question=_("Take the return from leave back?"), consequence=_taken_out(leave) or _("The leave then runs again."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=leave)
    return _form(request, leave, form, leave_returns.take_return_back, page)


@BOTH
def leave_void(request: UserRequest, pk: UUID) -> HttpResponse:
    leave = visible_leave(request, pk)
    require(permissions.can_void_leave(request.user, leave))
    page = Page(
        _("Void the leave"), _("The leave was voided."), _("Void"), question=_("Void this leave?"), danger=True,
        consequence=_taken_out(leave) or _("It no longer counts anywhere. It can be restored."),
    )  # fmt: skip
    return _form(request, leave, ReasonForm(request.POST or None, instance=leave), leave_returns.void_leave, page)


@BOTH
def leave_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    leave = visible_leave(request, pk)
    require(permissions.can_restore_leave(request.user, leave))
    page = Page(
        _("Restore the leave"), _("The leave stands again."), _("Restore"), question=_("Restore this leave?"),
        consequence=_("What counted against the village term is added to it again."),
    )  # fmt: skip
    return _form(request, leave, RestoreForm(request.POST or None, instance=leave), leave_returns.restore_leave, page)


def _form(
    request: UserRequest,
    leave: Leave,
    form: ChangeForm,
    service: "Callable[..., Any]",
    page: Page,
    said: "Callable[[Leave], str] | None" = None,
) -> HttpResponse:
    """A page with one form about a leave, or one question."""
    if done := submit(request, form, service, leave):
        messages.success(request, said(done.result) if said is not None and done.result is not None else page.said)
        return redirect("assignments:leave_detail", pk=leave.pk)
    template = "assignments/leave_confirm.html" if page.question else "assignments/leave_form.html"
    return render(request, template, {"form": form, "leave": leave, "page": page})


def _asked_trainee(request: UserRequest) -> Trainee | None:
    """Who is in the address, else oneself; None where somebody is to be chosen first. 404 for whom one does not see."""
    asked = request.GET.get("trainee", "")
    files = Trainee.objects.select_related("person", "home_unit").standing()
    if not asked:
        if permissions.can_enter_leaves(request.user):
            return None
        return get_object_or_404(files, pk=own_keys(request.user)[1])
    try:
        key = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(files.filter(pk__in=panels.enterable(request.user).values("pk")), pk=key)


def _said(leave: Leave) -> str:
    texts = {
        LeaveState.REQUESTED: _("The leave is asked for. The liaison of the unit confirms it."),
        LeaveState.CONFIRMED: _("The leave is entered and confirmed. It waits for the organization department."),
        LeaveState.APPROVED: _("The leave is entered and approved."),
    }
    return texts[LeaveState(leave.state)]


def _returned(leave: Leave) -> str:
    """What the term says to it, after the return or a correction."""
    fresh = Leave.objects.select_related("term", "interruption").get(pk=leave.pk)
    return _("%(first)s %(second)s") % {"first": _("The return is recorded."), "second": counted(fresh).text}


def _taken_out(leave: Leave) -> str:
    """Said before a leave that counted is taken back."""
    days = counted(leave).days if leave.state == LeaveState.RETURNED else 0
    return _("The days that it added to the village term are taken out again.") if days else ""
