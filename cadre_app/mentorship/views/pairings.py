"""结对一览 Pairings: the board, the list, and one pairing with everything that happened in it."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.mentorship import board, course, pairing_lists, review_panels
from cadre_app.mentorship.changes import changes_of
from cadre_app.mentorship.documents import papers_of
from cadre_app.mentorship.handover_panels import handing_of
from cadre_app.mentorship.health import as_known_to, limits_on
from cadre_app.mentorship.models import Pairing, PairingGoal
from cadre_app.mentorship.open_items import open_items
from cadre_app.mentorship.pairing_columns import mark_of, office_text
from cadre_app.mentorship.permissions import notes as note_permissions
from cadre_app.mentorship.permissions import pairings as permissions
from cadre_app.mentorship.services.agreements import agreement_of
from cadre_app.mentorship.services.suggestions import lacking_for
from cadre_app.people.file.heads import post_of
from cadre_app.people.writing import phones

RELATED = ("trainee__person", "trainee__home_unit", "mentor", "office__unit")
COUNTED = 100


@require_GET
def pairing_list(request: UserRequest) -> HttpResponse:
    """The board of running pairings in one's scope, by how they go."""
    if not permissions.can_see_board(request.user):
        raise Http404
    listed = pairing_lists.filtered_pairings(request.GET, user=request.user, board=True)
    lanes = board.lanes_of(listed, request.user)
    context = {
        "filter": listed.filter,
        "lanes": lanes,
        "total": sum(lane.count for lane in lanes),
        "people": listed.rows.order_by().aggregate(people=Count("trainee", distinct=True))["people"],
        "query": request.GET.urlencode(),
        **_waiting(request),
    }
    return render(request, page_or_fragment(request, "mentorship/pairing_list.html"), context)


@require_GET
def pairing_table(request: UserRequest) -> HttpResponse:
    """The same as a table, with ended pairings where they are asked for."""
    if not permissions.can_see_board(request.user):
        raise Http404
    table, listed = pairing_lists.table_of(request, request.user)
    context = {"table": table, "filter": listed.filter, "query": request.GET.urlencode(), **_waiting(request)}
    context["bulk"] = "mentorship/_pairing_bulk.html" if permissions.can_see_suggestions(request.user) else ""
    return render(request, page_or_fragment(request, "mentorship/pairing_table.html"), context)


@require_GET
def pairing_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One pairing: who, by which office, how it goes; check-ins and notes in one line of time."""
    user, pairing = request.user, visible_pairing(request, pk)
    may_see_board = permissions.can_see_board(user)
    trainee, limits = pairing.trainee, limits_on(timezone.localdate())
    is_mentor, works = permissions.is_own_mentee(user, pairing), permissions.reads_by_role(user, pairing)
    is_kin = bool(board.kin_shown([pairing], user))
    handing = handing_of(pairing, user, works=works)
    context = {
        "pairing": pairing,
        "handing": handing,
        "trainee": trainee,
        "office": office_text(pairing) if works or pairing.office is not None else "",
        "mark": mark_of(pairing, limits) if works or not pairing.is_running else None,
        "is_missed": pairing.next_check_in_on is not None and pairing.next_check_in_on < limits.day,
        "hint": board.hint_of(pairing, limits, is_kin=is_kin, changed=handing.reason) if works else "",
        "is_kin": is_kin,
        "works": works,
        "may_see_board": may_see_board,
        "post": post_of(trainee) if works or is_mentor else "",
        "phone": phones.masked(trainee.person.phone) if is_mentor else None,
        **goals_of(pairing, may_word=permissions.can_word_goals(user, pairing)),
        "open_items": open_items(pairing, user),
        "years": course.years_of(pairing, user, tells_why=works),
        "may": _may(request, pairing),
        "agreement": [] if pairing.is_voided else agreement_of(pairing),
        "papers": papers_of(user, pairing),
        "reviews": review_panels.lines_of(pairing),
        "entries": changes_of(pairing) if permissions.can_read_history(user, pairing) else None,
    }
    return render(request, "mentorship/pairing_detail.html", context)


def goals_of(pairing: Pairing, *, may_word: bool) -> dict[str, Any]:
    """Its standing goals, and for those who word them the removed ones; one query."""
    goals = list(PairingGoal.objects.filter(pairing=pairing).order_by("position", "pk"))
    standing = [goal for goal in goals if not goal.is_voided]
    return {"goals": standing, "removed_goals": [goal for goal in goals if goal.is_voided] if may_word else []}


def visible_pairing(request: UserRequest, pk: UUID) -> Pairing:
    """A pairing with its people, or 404."""
    pairings = Pairing.objects.visible_to(request.user).select_related(*RELATED)
    found: Pairing = get_object_or_404(as_known_to(request.user, pairings), pk=pk)
    return found


def _may(request: UserRequest, pairing: Pairing) -> dict[str, bool]:
    user = request.user
    return {
        "attach": permissions.can_attach(user, pairing),
        "sign": permissions.waits_for_signature(user, pairing),
        "unsign": permissions.can_unsign(user, pairing),
        "goals": permissions.can_report_goals(user, pairing),
        "word_goals": permissions.can_word_goals(user, pairing),
        "change": permissions.can_change(user, pairing),
        "end": permissions.can_end(user, pairing),
        "reopen": permissions.can_reopen(user, pairing),
        "void": permissions.can_void(user, pairing),
        "restore": permissions.can_restore(user, pairing),
        "write": note_permissions.can_write(user, pairing),
    }


def _waiting(request: UserRequest) -> dict[str, Any]:
    """How many people wait for a mentor, for those who confirm (at most 100 are counted)."""
    if not permissions.can_see_suggestions(request.user):
        return {}
    waiting = lacking_for(request.user).order_by()[:COUNTED].count()
    return {"may_confirm": True, "waiting": waiting, "waiting_most": COUNTED}
