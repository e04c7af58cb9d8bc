"""统计报表: the overview of figures."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest
from cadre_app.core.tables import joined
from cadre_app.reports import permissions, services
from cadre_app.reports.exports import EXPORT
from cadre_app.reports.forms import OverviewForm


@require_GET
def overview(request: UserRequest) -> HttpResponse:
    """工作总览 Overview: every figure of a unit as of a day, each opening the list behind it."""
    if not permissions.can_see_overview(request.user):
        raise Http404
    form = OverviewForm(request.GET, user=request.user)
    asked = form.asked() if form.is_valid() else None
    groups = services.groups_of(asked) if asked is not None else []
    scope = joined(grant.unit.name for grant in request.user.standing_grants if grant.unit is not None)
    context = {
        "form": form,
        "asked": asked,
        "groups": groups,
        "is_empty": not any(counted.number for group in groups for counted in group.counted),
        "place": asked.unit.name if asked is not None and asked.unit is not None else scope,
        "export_kind": EXPORT,
        "query": _query_of(form) if asked is not None else "",
    }
    return render(request, "reports/overview.html", context)


def _query_of(form: OverviewForm) -> str:
    """The day and the unit spelt out: a workbook made after midnight still shows what the page showed."""
    unit = form.cleaned_data["unit"]
    return urlencode({"as_of": form.cleaned_data["as_of"], **({"unit": unit.pk} if unit is not None else {})})
