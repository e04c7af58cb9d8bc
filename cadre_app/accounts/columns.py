"""Columns of the lists of accounts and requests."""

from typing import Any

from django.db.models import Case, CharField, Prefetch, QuerySet, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cadre_app.accounts import lockout
from cadre_app.accounts.models import AccountRequest, Grant, User
from cadre_app.core.tables import Column, joined


def with_states(accounts: "QuerySet[User]") -> "QuerySet[Any]":
    """Accounts with unit, roles of today and `state` (active, disabled, locked), in three queries for any number."""
    today = Grant.objects.in_force(timezone.localdate()).select_related("unit")
    return (
        accounts.select_related("unit")
        .prefetch_related(Prefetch("grants", queryset=today, to_attr="roles_today"))
        .annotate(
            state=Case(
                When(is_active=False, then=Value("disabled")),
                When(username__in=lockout.locked_usernames(), then=Value("locked")),
                default=Value("active"),
                output_field=CharField(),
            )
        )
    )


def roles_text(account: Any) -> str:
    return joined(grant.get_role_display() for grant in account.roles_today)


def state_text(account: Any) -> str:
    return str({"active": _("Active"), "disabled": _("Disabled"), "locked": _("Locked")}[account.state])


def day_and_time(value: Any) -> str:
    """A moment as the viewer's language writes it; nothing for none."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else ""


def day(value: Any) -> str:
    return date_format(timezone.localtime(value), "DATE_FORMAT") if value else ""


ACCOUNT_COLUMNS: tuple[Column[User], ...] = (
    Column(
        "name",
        _("Full name"),
        lambda row: row.display_name,
        sort=("display_name",),
        template="accounts/cells/account.html",
    ),
    Column("username", _("Sign-in name"), lambda row: row.username, sort=("username",)),
    Column("unit", _("Unit"), lambda row: row.unit.name, sort=("unit__path",)),
    Column("kind", _("Account kind"), lambda row: row.get_kind_display(), sort=("kind",)),
    Column("roles", _("Roles"), roles_text),
    Column("state", _("State"), state_text, template="accounts/cells/state.html"),
    Column("last_login", _("Last sign-in"), lambda row: day_and_time(row.last_login), sort=("last_login",)),
)

REQUEST_COLUMNS: tuple[Column[AccountRequest], ...] = (
    Column(
        "name",
        _("Full name"),
        lambda row: row.display_name,
        sort=("display_name",),
        template="accounts/cells/request.html",
    ),
    Column("username", _("Sign-in name"), lambda row: row.username, sort=("username",)),
    Column("unit", _("Unit"), lambda row: row.unit.name, sort=("unit__path",)),
    Column("kind", _("Account kind"), lambda row: row.get_kind_display()),
    Column("role", _("Role"), lambda row: row.get_role_display() if row.role else ""),
    Column("status", _("Status"), lambda row: row.get_status_display(), template="accounts/cells/request_status.html"),
    Column("created", _("Requested on"), lambda row: day(row.created_at), sort=("created_at",)),
    Column("by", _("Requested by"), lambda row: row.requested_by.display_name),
)
