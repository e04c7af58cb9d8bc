"""六线一览 The board of the six fronts, and the list of all postings."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cadre_app.assignments.addresses import address
from cadre_app.assignments.board import board_of
from cadre_app.assignments.forms.board import AskedForm
from cadre_app.assignments.lists.posting_list import posting_table
from cadre_app.assignments.permissions import board as permissions
from cadre_app.assignments.permissions import postings
from cadre_app.assignments.tabs import posting_tabs
from cadre_app.core.http import UserRequest, page_or_fragment


@require_GET
def board(request: UserRequest) -> HttpResponse:
    """Six columns, one a front; above them what there is to do, below them the other postings."""
    user, today = request.user, timezone.localdate()
    if not permissions.can_see_board(user):
        raise Http404
    form = AskedForm(request.GET, user=user)
    unit = form.asked["unit"]
    context = {
        "tabs": posting_tabs("assignments:board"),
        "board": board_of(user, today, unit),
        "filter": form,
        "unit": unit,
        "leave_url": address("leave_list"),
        "terms_url": address("term_list"),
        "new_url": new_url(request),
    }
    return render(request, "assignments/board.html", context)


@require_GET
def posting_list(request: UserRequest) -> HttpResponse:
    """All postings in scope as a table."""
    if not permissions.can_see_board(request.user):
        raise Http404
    table, found = posting_table(request, request.user)
    context = {
        "tabs": posting_tabs("assignments:posting_list"),
        "table": table,
        "filter": found,
        "new_url": new_url(request),
    }
    return render(request, page_or_fragment(request, "assignments/posting_list.html"), context)


def new_url(request: UserRequest) -> str:
    """The page on which somebody is proposed, for those who have it: leaders decide on what others propose."""
    return address("posting_new") if postings.can_open_proposal(request.user) else ""
