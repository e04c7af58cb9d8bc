"""The slip with a temporary password: answered once, never stored."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_variables

from cadre_app.accounts import limits
from cadre_app.accounts.models import User
from cadre_app.core.http import UserRequest


@sensitive_variables("password")
def slip_page(request: UserRequest, account: User, password: str) -> HttpResponse:
    """The printable slip; without `password` it says that the slip was already shown."""
    set_at = account.password_set_at or timezone.now()
    period: timedelta = limits.slip_period()
    context = {"account": account, "password": password, "valid_until": set_at + period, "days": period.days}
    response = render(request, "accounts/slip.html", context)
    add_never_cache_headers(response)
    return response
