"""What accounts announce to the registries: lines of the navigation, parts of desks, words of the history, sweeps."""

from django.utils.translation import gettext_lazy as _

from cadre_app.accounts import exports, lockout, panels, permissions
from cadre_app.accounts.services.drafts import sweep_drafts
from cadre_app.core.registries import DeskPanel, JobKind, NavItem, desk_panels, job_kinds, nav, sweeps, verbs

VERBS = {
    "accounts.user.created": _("Account created"),
    "accounts.user.changed": _("Account changed"),
    "accounts.user.disabled": _("Account disabled"),
    "accounts.user.enabled": _("Account enabled"),
    "accounts.user.unlocked": _("Account unlocked"),
    "accounts.user.sessions_ended": _("Sessions ended"),
    "accounts.user.roles_changed": _("Roles changed; sessions ended"),
    "accounts.user.preferences_set": _("Language or text size changed"),
    "accounts.user.password_reset": _("Temporary password issued"),
    "accounts.user.password_changed": _("Password changed"),
    "accounts.user.password_refused": _("Wrong current password"),
    "accounts.user.signed_in": _("Signed in"),
    "accounts.user.signed_out": _("Signed out"),
    "accounts.user.sign_in_failed": _("Sign-in failed"),
    "accounts.user.locked": _("Locked after failed sign-ins"),
    "accounts.user.slip_expired": _("Sign-in with an expired temporary password"),
    "accounts.grant.created": _("Role granted"),
    "accounts.grant.ended": _("Last day of the role set"),
    "accounts.grant.voided": _("Role voided"),
    "accounts.request.created": _("Account requested"),
    "accounts.request.withdrawn": _("Account request withdrawn"),
    "accounts.request.activated": _("Account request activated"),
    "accounts.request.declined": _("Account request declined"),
}


def announce() -> None:
    """Called once, when the app is ready."""
    for verb, label in VERBS.items():
        verbs.register(verb, label)
    _navigation()
    desk_panels.register("accounts.requests", DeskPanel(200, permissions.can_answer, items=panels.waiting_requests))
    desk_panels.register(
        "accounts.locked", DeskPanel(210, permissions.can_manage_accounts, items=panels.locked_accounts)
    )
    desk_panels.register(
        "accounts.answers", DeskPanel(220, permissions.can_request_accounts, items=panels.answered_requests)
    )
    job_kinds.register(
        exports.ACCOUNTS,
        JobKind(label=_("List of accounts"), may_run=exports.may_export_accounts, table=exports.account_table),
    )
    job_kinds.register(
        exports.REQUESTS,
        JobKind(label=_("Account requests"), may_run=exports.may_export_requests, table=exports.request_table),
    )
    sweeps.register("accounts.drafts", sweep_drafts)
    sweeps.register("accounts.attempts", lockout.forget_attempts)


def _navigation() -> None:
    nav.register(
        "accounts",
        NavItem(
            label=_("Accounts"),
            short=_("Accounts"),
            icon="person-gear",
            url_name="accounts:list",
            group="system",
            order=900,
            visible=permissions.can_manage_accounts,
        ),
    )
    nav.register(
        "account_requests",
        NavItem(
            label=_("Account requests"),
            short=_("Requests"),
            icon="person-plus",
            url_name="accounts:request_list",
            group="system",
            order=910,
            visible=permissions.can_see_requests,
        ),
    )
