"""学时统计: the board, one person's hours, the entries behind them; and 我的培训 for everybody in development."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.people.models import Trainee
from cadre_app.stages.sql import with_stage
from cadre_app.training import own_hours
from cadre_app.training.filters.hours import year_of, years
from cadre_app.training.hours_wording import pace_mark, period
from cadre_app.training.lists import hours as lists
from cadre_app.training.models import CourseSession, OutsideCourse
from cadre_app.training.offers import SHOWN, audience, offers_for, with_places
from cadre_app.training.permissions import hours as permissions
from cadre_app.training.requirement import basis_text
from cadre_app.training.tabs import tabs


@require_GET
def hours_board(request: UserRequest) -> HttpResponse:
    """Everybody in scope with the hours of a year, and what is on offer to close gaps."""
    _require_board(request)
    found = lists.board(request, request.user)
    sums = lists.sums(found)
    context = {
        "table": found.table,
        "filter": found.filter,
        "year": found.year,
        "sums": sums,
        "paces": lists.paces_of(sums, found.year),
        "tabs": tabs("training:hours_board"),
        "waiting": OutsideCourse.objects.visible_to(request.user).to_verify().count(),
        "offers": _offered(with_places(CourseSession.objects.visible_to(request.user))),
    }
    return render(request, page_or_fragment(request, "training/hours_board.html"), context)


@require_GET
def hours_entries(request: UserRequest) -> HttpResponse:
    """学时明细 every entry in scope."""
    _require_board(request)
    table, found = lists.entry_table(request, request.user)
    context = {"table": table, "filter": found, "sums": lists.entry_sums(found, request.user)}
    return render(request, page_or_fragment(request, "training/hours_entries.html"), context)


@require_GET
def hours_of(request: UserRequest, pk: UUID) -> HttpResponse:
    """One person's hours of a year: what they come from, the rule, what is missing, what is on offer."""
    files = Trainee.objects.in_scope(request.user, *BUSINESS_ROLES).standing().select_related("person", "home_unit")
    trainee: Any = get_object_or_404(with_stage(files, timezone.localdate()), pk=pk)
    year = year_of(request.GET.get("year", ""), trainee.arrived_on)
    found = own_hours.own_reckoning(trainee, year)
    courses = OutsideCourse.objects.visible_to(request.user).standing().filter(trainee=trainee)
    offers = offers_for(trainee, CourseSession.objects.visible_to(request.user))
    context = {
        "trainee": trainee,
        "year": year,
        "years": years(trainee.arrived_on),
        "found": found,
        "period": period(found),
        "mark": pace_mark(found),
        "basis": basis_text(found.basis, year),
        "entries": list(own_hours.own_entries(request.user, trainee, year)),
        "outside": list(courses.order_by("-ended_on", "pk")[: own_hours.AT_MOST]),
        "offers": _offered(offers) if found.is_open else [],
        "may_enter": permissions.can_enter(request.user, trainee),
    }
    return render(request, "training/hours_of.html", context)


@require_GET
def own_training(request: UserRequest) -> HttpResponse:
    """我的培训."""
    if not permissions.can_see_own(request.user):
        raise Http404
    trainee = own_hours.own_trainee(request.user)
    year = year_of(request.GET.get("year", ""), trainee.arrived_on)
    context = own_hours.own_page(request.user, trainee, year)
    context |= {
        "trainee": trainee,
        "year": year,
        "years": years(trainee.arrived_on),
        "basis": basis_text(context["found"].basis, year),
        "may_submit": permissions.can_submit(request.user, trainee),
    }
    return render(request, "training/hours_own.html", context)


def _offered(sessions: Any) -> list[tuple[CourseSession, str]]:
    """The next sessions with the words for whom they are."""
    return [(session, audience(session)) for session in sessions[:SHOWN]]


def _require_board(request: UserRequest) -> None:
    if not permissions.can_see_board(request.user):
        raise Http404
