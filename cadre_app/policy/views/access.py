"""Who gets past the door of these pages."""

from django.http import Http404

from cadre_app.core.http import UserRequest, require
from cadre_app.policy import permissions


def must_read(request: UserRequest) -> None:
    """404 for those whose menu has no settings: the address says nothing to them."""
    if not permissions.can_read_settings(request.user):
        raise Http404


def must_manage(request: UserRequest) -> None:
    """404 as above, 403 for those who may only read."""
    must_read(request)
    require(permissions.can_manage_settings(request.user))
