"""职级晋升时间表: the list over units, and the reckoning of one person line by line."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.advancement import rank_page, tabs
from cadre_app.advancement.lists import ranks as lists
from cadre_app.advancement.permissions import ranks as permissions
from cadre_app.advancement.services import readings
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.phones import is_phone, says_phone
from cadre_app.people import permissions as people
from cadre_app.people.views.files import visible_trainee

LIST = "advancement:rank_list"


@require_GET
def rank_list(request: UserRequest) -> HttpResponse:
    """Over units, for staff and leaders; without periods of effect."""
    if not permissions.can_list_ranks(request.user):
        raise Http404
    table, found = lists.rank_table(request, request.user)
    context = {"table": table, "filter": found, "tabs": tabs.tabs_of(request.user, LIST)}
    return render(request, page_or_fragment(request, "advancement/rank_list.html"), context)


@require_GET
def rank_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One person's; periods of effect only for who reads them, at a desk, and then on record. Own readings go unrecorded."""
    user, trainee = request.user, visible_trainee(request, pk)
    require(permissions.can_read_rank(user, trainee))
    is_own = people.is_own(user, trainee)
    reads_periods, on_phone = permissions.reads_periods(user, trainee), is_phone(request)
    if is_own:
        on_phone = says_phone(request)
    with_periods = reads_periods and not on_phone
    if with_periods and not is_own:
        readings.read_rank(trainee, actor=user)
    context = {
        "trainee": trainee,
        "is_own": is_own,
        "with_periods": with_periods,
        "is_kept_off": reads_periods and on_phone,
        **rank_page.context_of(trainee, with_periods=with_periods),
    }
    return render(request, "advancement/rank_detail.html", context)
