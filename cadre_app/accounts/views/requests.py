"""账号申请 requests for accounts: asked by staff, answered by the security administrator."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.accounts import exports, permissions, services
from cadre_app.accounts.columns import REQUEST_COLUMNS
from cadre_app.accounts.filters import RequestFilter
from cadre_app.accounts.forms import ActivateForm, DeclineForm, RequestForm
from cadre_app.accounts.models import AccountRequest
from cadre_app.accounts.views.slips import slip_page
from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.roles import Role
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet


@require_GET
def request_list(request: UserRequest) -> HttpResponse:
    """账号申请 Requests of one's own scope, or all for the security administrator."""
    require(permissions.can_see_requests(request.user))
    may_ask = permissions.can_request_accounts(request.user)
    rows = AccountRequest.objects.visible_to(request.user).select_related("unit", "requested_by")
    found = RequestFilter(request.GET, queryset=rows, request=request)
    empty = Empty(
        _("No account requests yet."),
        _("Staff ask for an account here; the security administrator activates it."),
        reverse("accounts:request_new") if may_ask else "",
        _("Request an account") if may_ask else "",
    )
    table = Table(
        request,
        found.qs,
        REQUEST_COLUMNS,
        name="requests",
        empty=empty,
        default_sort="-created",
        export_kind=exports.REQUESTS,
    )
    context = {"table": table, "filter": found, "may_ask": may_ask}
    return render(request, page_or_fragment(request, "accounts/request_list.html"), context)


@require_http_methods(["GET", "POST"])
def request_new(request: UserRequest) -> HttpResponse:
    """申请账号 Ask for an account in one's own scope."""
    require(permissions.can_request_accounts(request.user))
    form = RequestForm(request.POST or None, units=units_of_scope(request))
    done = submit(request, form, services.request_account)
    if done:
        messages.success(request, _("The request has been sent to the security administrator."))
        return redirect("accounts:request_list")
    return render(request, "accounts/request_form.html", {"form": form})


@require_GET
def request_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One request; post and reason only for those who hold the unit."""
    found = visible_request(request, pk)
    waiting = found.status == AccountRequest.Status.WAITING
    context = {
        "account_request": found,
        "may_read_text": permissions.can_read_request_text(request.user, found),
        "may_withdraw": waiting and permissions.can_withdraw(request.user, found),
        "may_answer": waiting and permissions.can_answer(request.user),
    }
    return render(request, "accounts/request_detail.html", context)


@require_http_methods(["GET", "POST"])
def request_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """撤回 Take back a request that waits."""
    found = visible_request(request, pk)
    require(permissions.can_withdraw(request.user, found))
    form = ChangeForm(request.POST or None, instance=found)
    if submit(request, form, services.withdraw_request, found):
        messages.success(request, _("The request has been withdrawn."))
        return redirect("accounts:request_list")
    return render(request, "accounts/request_withdraw.html", {"form": form, "account_request": found})


@require_http_methods(["GET", "POST"])
def request_activate(request: UserRequest, pk: UUID) -> HttpResponse:
    """启用 Create the account; the answer is the slip, shown this once."""
    found = visible_request(request, pk)
    require(permissions.can_answer(request.user))
    form = ActivateForm(request.POST or None, instance=found, initial={"valid_from": timezone.localdate()})
    temporary = services.temporary_password()
    done = submit(request, form, services.activate_request, found, password=temporary)
    if done and isinstance(done.result, AccountRequest) and done.result.account:
        return slip_page(request, done.result.account, "" if done.repeated else temporary)
    return render(request, "accounts/request_activate.html", {"form": form, "account_request": found})


@require_http_methods(["GET", "POST"])
def request_decline(request: UserRequest, pk: UUID) -> HttpResponse:
    """不予通过 Decline with a reason."""
    found = visible_request(request, pk)
    require(permissions.can_answer(request.user))
    form = DeclineForm(request.POST or None, instance=found)
    if submit(request, form, services.decline_request, found):
        messages.success(request, _("The request has been declined. The department sees the reason."))
        return redirect("accounts:request_list")
    return render(request, "accounts/request_decline.html", {"form": form, "account_request": found})


def visible_request(request: UserRequest, pk: UUID) -> AccountRequest:
    rows = AccountRequest.objects.visible_to(request.user).select_related(
        "unit", "role_unit", "requested_by", "account"
    )
    return get_object_or_404(rows, pk=pk)


def units_of_scope(request: UserRequest) -> "QuerySet[Unit]":
    """Open units that the staff member's roles cover."""
    today = timezone.localdate()
    return Unit.objects.standing().open_on(today).within(request.user.unit_ranges(Role.STAFF)).in_official_order()
