"""The lists of accounts and of requests, as their exports see them."""

from django.http import QueryDict

from cadre_app.accounts import permissions
from cadre_app.accounts.columns import ACCOUNT_COLUMNS, REQUEST_COLUMNS, with_states
from cadre_app.accounts.filters import AccountFilter, RequestFilter
from cadre_app.accounts.models import AccountRequest, User
from cadre_app.core.filtering import require_asked
from cadre_app.core.tables import Empty, Table, asked

ACCOUNTS = "accounts.users"
REQUESTS = "accounts.requests"


def may_export_accounts(user: User) -> bool:
    """Asked again when the export starts and when it is fetched."""
    return permissions.can_manage_accounts(user)


def may_export_requests(user: User) -> bool:
    """Asked again when the export starts and when it is fetched."""
    return permissions.can_see_requests(user)


def account_table(user: User, query: QueryDict) -> Table[User]:
    """The accounts of the list with these URL parameters. Raises ValidationError for what names nothing."""
    request = asked(query)
    found = AccountFilter(query, queryset=with_states(User.objects.visible_to(user)), request=request)
    require_asked(found)
    return Table(request, found.qs, ACCOUNT_COLUMNS, name="accounts", empty=Empty(""), default_sort="username")


def request_table(user: User, query: QueryDict) -> Table[AccountRequest]:
    """The requests of the list with these URL parameters, as `user` sees them. Raises ValidationError for what names nothing."""
    request = asked(query)
    rows = AccountRequest.objects.visible_to(user).select_related("unit", "requested_by")
    found = RequestFilter(query, queryset=rows, request=request)
    require_asked(found)
    return Table(request, found.qs, REQUEST_COLUMNS, name="requests", empty=Empty(""), default_sort="-created")
