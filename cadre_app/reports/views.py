"""统计报表: the overview of figures, and what was asked of whom."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from cadre_app.core.demands import parties
from cadre_app.core.http import UserRequest
from cadre_app.core.report_pages import tabs_for
from cadre_app.core.tables import joined
from cadre_app.reports import kept, permissions, services
from cadre_app.reports.absence import absent_text, compared
from cadre_app.reports.burden_list import burden_table
from cadre_app.reports.exports import EXPORT
from cadre_app.reports.forms import BurdenForm, OverviewForm


@require_GET
def overview(request: UserRequest) -> HttpResponse:
    """工作总览 Overview: every figure of a unit as of a day, each opening the list behind it."""
    if not permissions.can_see_overview(request.user):
        raise Http404
    form = OverviewForm(request.GET, user=request.user)
    asked = form.asked() if form.is_valid() else None
    before, not_compared = compared(form.before() if asked is not None else None)
    counts = kept.counts_for(asked) if asked is not None else None
    earlier = kept.counts_for(before) if before is not None else None
    groups = services.grouped(asked, counts, before, earlier) if asked is not None and counts is not None else []
    scope = joined(grant.unit.name for grant in request.user.standing_grants if grant.unit is not None)
    context = {
        "form": form,
        "tabs": tabs_for(request.user, "reports:overview"),
        "asked": asked,
        "before": before,
        "groups": groups,
        "counted_at": min(
            (one.at for one in (counts, earlier) if one is not None and one.at is not None), default=None
        ),
        "is_empty": services.is_empty(groups),
        "absent": absent_text(asked.unit, asked.as_of) if asked is not None else "",
        "not_compared": not_compared,
        "place": asked.unit.name if asked is not None and asked.unit is not None else scope,
        "export_kind": EXPORT,
        "query": form.spelt_out() if asked is not None else "",
    }
    return render(request, "reports/overview.html", context)


@require_POST
def recount(request: UserRequest) -> HttpResponse:
    """Count anew what a large district kept, and show it."""
    if not permissions.can_see_overview(request.user):
        raise Http404
    form = OverviewForm(QueryDict(request.POST.get("query", "")), user=request.user)
    address = reverse("reports:overview")
    if not form.is_valid():
        return redirect(address)
    for asked in (form.asked(), form.before()):
        if asked is not None:
            kept.forget(asked)
    return redirect(f"{address}?{form.spelt_out()}")


@require_GET
def burden(request: UserRequest) -> HttpResponse:
    """减负清单 Burden page: what was asked of each person, mentor and unit in each of twelve months."""
    if not permissions.can_see_burden(request.user):
        raise Http404
    form = BurdenForm(request.GET, user=request.user)
    context: dict[str, Any] = {"form": form, "tabs": tabs_for(request.user, "reports:burden")}
    if form.is_valid():
        found = form.burden()
        context |= {
            "burden": found,
            "absent": absent_text(found.asked.unit, found.asked.as_of),
            "sums": found.sums(),
            "over": [len(found.over[month]) for month in found.months],
            "cap": found.cap(found.months[-1]),
            "cap_source": found.party.cap_source(found.asked.as_of),
            "table": burden_table(request, form, found),
        }
    return render(request, "reports/burden.html", context)


@require_GET
def burden_of(request: UserRequest, party: str, pk: UUID) -> HttpResponse:
    """What was asked of one of them, each with its day."""
    if not permissions.can_see_burden(request.user) or party not in parties:
        raise Http404
    known = {name: request.GET.get(name, "") for name in ("month", "unit")}
    form = BurdenForm(QueryDict(urlencode({"party": party, **known})), user=request.user)
    if not form.is_valid():
        raise Http404
    found = form.burden()
    whom = get_object_or_404(found.party.rows(found.asked), pk=pk)
    context = {
        "burden": found,
        "back": urlencode({"party": party, **{name: value for name, value in known.items() if value}}),
        "name": found.party.name(whom),
        "place": found.party.place(whom),
        "months": found.months_of(whom.pk),
    }
    return render(request, "reports/burden_of.html", context)
