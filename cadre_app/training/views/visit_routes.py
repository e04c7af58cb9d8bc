"""现场教学路线 the routes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.training.forms.visits import OfferForm, RouteForm
from cadre_app.training.lists.visits import routes_of
from cadre_app.training.models import VisitRoute
from cadre_app.training.permissions import visits as permissions
from cadre_app.training.services import visit_routes as services
from cadre_app.training.views.visit_pages import overview_tabs


@require_GET
def route_list(request: UserRequest) -> HttpResponse:
    """All routes with their sites; those out of use last."""
    if not permissions.can_list_visits(request.user):
        raise Http404
    may_plan = permissions.can_plan_visits(request.user)
    rows = [
        (route, OfferForm(instance=route, initial={"is_offered": not route.is_offered}) if may_plan else None)
        for route in routes_of(request.user)
    ]
    return render(request, "training/route_list.html", {"rows": rows, "may_plan": may_plan, **overview_tabs()})


@require_http_methods(["GET", "POST"])
def route_new(request: UserRequest) -> HttpResponse:
    if not permissions.can_list_visits(request.user):
        raise Http404
    require(permissions.can_plan_visits(request.user))
    form = RouteForm(request.POST or None)
    if submit(request, form, services.create_route):
        messages.success(request, _("The route is kept."))
        return redirect("training:route_list")
    return render(request, "training/route_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def route_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    route = _plannable_route(request, pk)
    form = RouteForm(request.POST or None, instance=route)
    if submit(request, form, services.change_route, route):
        messages.success(request, _("The route was changed. Visits that are planned already keep their sites."))
        return redirect("training:route_list")
    return render(request, "training/route_form.html", {"form": form, "route": route})


@require_POST
def route_offer(request: UserRequest, pk: UUID) -> HttpResponse:
    """Out of use, or back into it."""
    route = _plannable_route(request, pk)
    if done := submit(request, OfferForm(request.POST, instance=route), services.offer_route, route):
        is_offered = done.result is not None and done.result.is_offered
        messages.success(request, _("The route is in use again.") if is_offered else _("The route is out of use."))
    return redirect("training:route_list")


def _plannable_route(request: UserRequest, pk: UUID) -> VisitRoute:
    route = get_object_or_404(VisitRoute.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_plan_visits(request.user))
    return route
