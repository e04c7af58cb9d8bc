"""账号管理 the security administrator's pages."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.accounts import exports, permissions, services
from cadre_app.accounts.columns import ACCOUNT_COLUMNS, with_states
from cadre_app.accounts.filters import AccountFilter
from cadre_app.accounts.forms import AccountForm, EndGrantForm, GrantForm
from cadre_app.accounts.links import links_of
from cadre_app.accounts.models import AccountRequest, Grant, User
from cadre_app.accounts.views.slips import slip_page
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN_ENTRIES = 50


@require_GET
def account_list(request: UserRequest) -> HttpResponse:
    """账号管理 Accounts."""
    require(permissions.can_manage_accounts(request.user))
    found = AccountFilter(request.GET, queryset=with_states(User.objects.visible_to(request.user)), request=request)
    empty = Empty(_("No account matches."), _("Accounts are created from the requests of the department."))
    table = Table(
        request,
        found.qs,
        ACCOUNT_COLUMNS,
        name="accounts",
        empty=empty,
        default_sort="username",
        export_kind=exports.ACCOUNTS,
    )
    waiting = AccountRequest.objects.visible_to(request.user).filter(status=AccountRequest.Status.WAITING).count()
    context = {"table": table, "filter": found, "waiting": waiting}
    return render(request, page_or_fragment(request, "accounts/account_list.html"), context)


@require_GET
def account_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One account with its roles and history."""
    account = managed_account(request, pk)
    grants = account.grants.select_related("unit").order_by("voided_at", "-valid_from")
    context = {
        "account": account,
        "grants": grants,
        "today": timezone.localdate(),
        "may_act": permissions.can_act_on(request.user, account),
        "entries": history_of(account),
        "links": links_of(request.user, account),
    }
    return render(request, "accounts/account_detail.html", context)


@require_http_methods(["GET", "POST"])
def account_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """编辑 Name and unit."""
    account = managed_account(request, pk)
    form = AccountForm(request.POST or None, instance=account, units=open_units())
    if submit(request, form, services.change_account, account):
        messages.success(request, _("The account has been changed."))
        return redirect("accounts:detail", pk)
    return render(request, "accounts/account_form.html", {"form": form, "account": account})


@require_http_methods(["GET", "POST"])
def grant_add(request: UserRequest, pk: UUID) -> HttpResponse:
    """授予角色 Grant a role."""
    account = managed_account(request, pk)
    require(permissions.can_act_on(request.user, account))
    form = GrantForm(request.POST or None, instance=account, units=open_units())
    if submit(request, form, services.grant_role, account):
        messages.success(request, _("The role has been granted. The account's sessions have ended."))
        return redirect("accounts:detail", pk)
    return render(request, "accounts/grant_form.html", {"form": form, "account": account})


@require_http_methods(["GET", "POST"])
def grant_end(request: UserRequest, pk: UUID, grant: UUID) -> HttpResponse:
    """终止角色 Set the last day of a role."""
    account, found = managed_grant(request, pk, grant)
    form = EndGrantForm(request.POST or None, instance=found)
    if submit(request, form, services.end_grant, found):
        messages.success(request, _("The last day of the role has been set. The account's sessions have ended."))
        return redirect("accounts:detail", pk)
    return render(request, "accounts/grant_end.html", {"form": form, "account": account, "grant": found})


@require_http_methods(["GET", "POST"])
def grant_void(request: UserRequest, pk: UUID, grant: UUID) -> HttpResponse:
    """作废角色 Void a role granted in error."""
    account, found = managed_grant(request, pk, grant)
    form = ReasonForm(request.POST or None, instance=found)
    if submit(request, form, services.void_grant, found):
        messages.success(request, _("The role has been voided. The account's sessions have ended."))
        return redirect("accounts:detail", pk)
    return render(request, "accounts/grant_void.html", {"form": form, "account": account, "grant": found})


@require_http_methods(["GET", "POST"])
def disable(request: UserRequest, pk: UUID) -> HttpResponse:
    """停用 Disable."""
    return _confirm(request, pk, services.disable_account, "disable", _("The account has been disabled."))


@require_http_methods(["GET", "POST"])
def enable(request: UserRequest, pk: UUID) -> HttpResponse:
    """恢复 Enable again."""
    return _confirm(request, pk, services.enable_account, "enable", _("The account has been enabled."))


@require_http_methods(["GET", "POST"])
def unlock(request: UserRequest, pk: UUID) -> HttpResponse:
    """解除锁定 Unlock."""
    return _confirm(request, pk, services.unlock_account, "unlock", _("The account has been unlocked."))


@require_http_methods(["GET", "POST"])
def end_sessions(request: UserRequest, pk: UUID) -> HttpResponse:
    """结束登录 Sign the account out everywhere."""
    return _confirm(request, pk, services.end_sessions, "end_sessions", _("The account's sessions have ended."))


@require_http_methods(["GET", "POST"])
def reset_password(request: UserRequest, pk: UUID) -> HttpResponse:
    """重置密码 A new temporary password; the answer is the slip, shown this once."""
    account = managed_account(request, pk)
    require(permissions.can_act_on(request.user, account))
    form = ReasonForm(request.POST or None, instance=account)
    temporary = services.temporary_password()
    done = submit(request, form, services.reset_password, account, password=temporary)
    if done:
        return slip_page(request, done.result or account, "" if done.repeated else temporary)
    return render(request, "accounts/confirm/reset_password.html", {"form": form, "account": account})


def managed_account(request: UserRequest, pk: UUID) -> User:
    """404 if out of sight, 403 if it is not the caller's to manage."""
    account: User = get_object_or_404(with_states(User.objects.visible_to(request.user)), pk=pk)
    require(permissions.can_manage_accounts(request.user))
    return account


def managed_grant(request: UserRequest, pk: UUID, grant: UUID) -> tuple[User, Grant]:
    """A standing grant of exactly this account."""
    account = managed_account(request, pk)
    require(permissions.can_act_on(request.user, account))
    return account, get_object_or_404(account.grants.standing().select_related("unit", "user"), pk=grant)


def history_of(account: User) -> list[Entry]:
    """Changes of the account and of its roles, newest first."""
    about = Q(object_label=User._meta.label_lower, object_id=account.pk)
    roles = Q(object_label=Grant._meta.label_lower, object_id__in=account.grants.values("pk"))
    return Entry.objects.filter(about | roles).select_related("actor").told(SHOWN_ENTRIES)


def open_units() -> "QuerySet[Unit]":
    return Unit.objects.standing().open_on(timezone.localdate()).in_official_order()


def _confirm(request: UserRequest, pk: UUID, service: Any, page: str, done: str) -> HttpResponse:
    account = managed_account(request, pk)
    require(permissions.can_act_on(request.user, account))
    form: ChangeForm = ReasonForm(request.POST or None, instance=account)
    if submit(request, form, service, account):
        messages.success(request, done)
        return redirect("accounts:detail", pk)
    return render(request, f"accounts/confirm/{page}.html", {"form": form, "account": account})
