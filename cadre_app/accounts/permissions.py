"""Who may act on accounts, roles and requests (ACCESS.md, row "accounts, roles, locks")."""

from cadre_app.accounts.models import AccountRequest, User
from cadre_app.core.roles import Role


def can_manage_accounts(user: User) -> bool:
    """Accounts are the security administrator's; sees sign-in name, display name, unit, never business content."""
    return user.has_role(Role.SECURITY)


def can_act_on(user: User, account: User) -> bool:
    """Roles, disabling, resetting and ending sessions: never one's own account."""
    return can_manage_accounts(user) and account.pk != user.pk


def can_request_accounts(user: User) -> bool:
    """Department staff ask for accounts in their own scope."""
    return user.has_role(Role.STAFF)


def can_see_requests(user: User) -> bool:
    return can_request_accounts(user) or can_manage_accounts(user)


def can_read_request_text(user: User, request: AccountRequest) -> bool:
    """Post and reason are business content: the department's staff only."""
    return user.holds(request.unit, Role.STAFF)


def can_withdraw(user: User, request: AccountRequest) -> bool:
    return user.holds(request.unit, Role.STAFF)


def can_answer(user: User) -> bool:
    """Activate or decline."""
    return user.has_role(Role.SECURITY)
