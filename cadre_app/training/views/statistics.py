"""教育培训统计 Statistics of training, and who has completed induction training."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadre_app.core.http import UserRequest, page_or_fragment
from cadre_app.training import statistics as figures
from cadre_app.training.forms.statistics import StatisticsForm
from cadre_app.training.lists import statistics as sheets
from cadre_app.training.lists.induction import induction_table
from cadre_app.training.permissions import camps as permissions
from cadre_app.training.tabs import tabs


@require_GET
def statistics(request: UserRequest) -> HttpResponse:
    """Sessions, people times and hours of a period; people are those in one's scope."""
    if not permissions.can_see_statistics(request.user):
        raise Http404
    form = StatisticsForm(request.GET, user=request.user)
    context = {
        "tabs": tabs("training:statistics"),
        "form": form,
        "found": figures.statistics_of(form.asked()) if form.is_valid() else None,
        "export_kind": sheets.EXPORT,
        "query": request.GET.urlencode(),
    }
    return render(request, "training/statistics.html", context)


@require_GET
def induction_list(request: UserRequest) -> HttpResponse:
    """初任培训 Everybody before the first grading, with how induction training stands."""
    if not permissions.can_see_induction(request.user):
        raise Http404
    table, found = induction_table(request, request.user)
    context = {"tabs": tabs("training:induction_list"), "table": table, "filter": found}
    return render(request, page_or_fragment(request, "training/induction_list.html"), context)
