"""Hints of rewards and admonitions from annual grades: 提示，不代替审批."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.conduct import hint_lists, tabs
from cadre_app.conduct.permissions import restricted
from cadre_app.conduct.permissions import rewards as permissions
from cadre_app.conduct.services import reading
from cadre_app.conduct.views.pages import require_desk
from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.core.phones import is_phone

REWARDS, ADMONITIONS = "conduct:hint_list", "conduct:admonition_hint_list"


@require_GET
def hint_list(request: UserRequest) -> HttpResponse:
    """Rewards that grades suggest, for business roles."""
    if not permissions.can_list_rewards(request.user):
        raise Http404
    context = {
        "table": hint_lists.reward_hint_table(request, request.user),
        "tabs": tabs.tabs_of(request.user, REWARDS),
        "other": ADMONITIONS if restricted.can_list_restricted(request.user) and not is_phone(request) else "",
        "is_restricted": False,
    }
    return render(request, page_or_fragment(request, "conduct/hint_list.html"), context)


@require_GET
def admonition_hint_list(request: UserRequest) -> HttpResponse:
    """Admonitions that grades suggest: what is gone from here was entered, so that opening it is on record first."""
    if not restricted.can_list_restricted(request.user):
        raise Http404
    require_desk(request)
    reading.read_list("admonitions", actor=request.user)
    context = {
        "table": hint_lists.admonition_hint_table(request, request.user),
        "tabs": tabs.tabs_of(request.user, REWARDS),
        "other": REWARDS,
        "is_restricted": True,
    }
    return render(request, page_or_fragment(request, "conduct/hint_list.html"), context)
