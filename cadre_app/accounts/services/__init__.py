"""Changes of accounts, roles and requests; other apps and the demonstration data call these."""

from cadre_app.accounts.services.accounts import (
    change_account,
    create_first_administrators,
    create_user,
    disable_account,
    enable_account,
    end_sessions,
    set_preferences,
    unlock_account,
)
from cadre_app.accounts.services.grants import end_grant, grant_role, void_grant
from cadre_app.accounts.services.many_requests import WantedAccount, request_accounts, withdraw_requests
from cadre_app.accounts.services.passwords import (
    change_password,
    note_refused_password,
    reset_password,
    temporary_password,
)
from cadre_app.accounts.services.requests import (
    activate_request,
    decline_request,
    request_account,
    withdraw_request,
)

__all__ = [
    "WantedAccount",
    "activate_request",
    "change_account",
    "change_password",
    "create_first_administrators",
    "create_user",
    "decline_request",
    "disable_account",
    "enable_account",
    "end_grant",
    "end_sessions",
    "grant_role",
    "note_refused_password",
    "request_account",
    "request_accounts",
    "reset_password",
    "set_preferences",
    "temporary_password",
    "unlock_account",
    "void_grant",
    "withdraw_request",
    "withdraw_requests",
]
