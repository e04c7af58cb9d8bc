"""订阅 Subscriptions: asked for, their day, cancelled, taken up again; and one report."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.lists.forms import DayForm, FiguresForm
from cadre_app.lists.models import Report, SavedFilter, Subscription
from cadre_app.lists.services import subscriptions as services
from cadre_app.lists.showing import shown_report
from cadre_app.lists.wording import subject_text
from cadre_app.reports.permissions import can_see_overview

EARLIER = 12


@require_http_methods(["GET", "POST"])
def subscribe_list(request: UserRequest, pk: UUID) -> HttpResponse:
    """订阅 A report of a saved filter each month."""
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user).standing(), pk=pk)
    page = saved.definition
    if page is None or page.table is None:
        raise Http404
    form = DayForm(request.POST or None)
    if submit(request, form, services.subscribe_list, saved):
        return _told(request)
    return render(request, "lists/subscribe.html", {"form": form, "saved": saved, "page": page})


@require_http_methods(["GET", "POST"])
def subscribe_figures(request: UserRequest) -> HttpResponse:
    """订阅统计 A report of the figures each month."""
    if not can_see_overview(request.user):
        raise Http404
    form = FiguresForm(request.POST or None, user=request.user)
    if submit(request, form, services.subscribe_figures):
        return _told(request)
    return render(request, "lists/subscribe.html", {"form": form})


@require_http_methods(["GET", "POST"])
def change_day(request: UserRequest, pk: UUID) -> HttpResponse:
    """On another day of the month."""
    subscription = _own(request, pk)
    form = DayForm(request.POST or None, instance=subscription)
    if submit(request, form, services.change_day, subscription):
        messages.success(request, _("The day was changed."))
        return redirect("lists:home")
    context = {"form": form, "text": subject_text(subscription)}
    return render(request, "lists/change_day.html", context)


@require_POST
def cancel(request: UserRequest, pk: UUID) -> HttpResponse:
    subscription = _own(request, pk)
    form = ChangeForm(request.POST, instance=subscription)
    if submit(request, form, services.cancel, subscription):
        messages.success(request, _("The subscription was cancelled."))
    return redirect("lists:home")


@require_POST
def resume(request: UserRequest, pk: UUID) -> HttpResponse:
    subscription = _own(request, pk)
    form = ChangeForm(request.POST, instance=subscription)
    if submit(request, form, services.resume, subscription):
        messages.success(request, _("The subscription goes on."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("lists:home")


@require_GET
def report(request: UserRequest, pk: UUID) -> HttpResponse:
    """月度报告 What the subject held that day, and what of it its reader still sees today."""
    reports = Report.objects.visible_to(request.user)
    found = get_object_or_404(reports.select_related("subscription__saved", "subscription__unit"), pk=pk)
    context = {
        "report": found,
        "shown": shown_report(found, request.user),
        "text": subject_text(found.subscription),
        "earlier": reports.filter(subscription=found.subscription).exclude(pk=pk).order_by("-made_on")[:EARLIER],
    }
    return render(request, "lists/report.html", context)


def _own(request: UserRequest, pk: UUID) -> Subscription:
    own = Subscription.objects.visible_to(request.user).standing().select_related("saved", "unit")
    return get_object_or_404(own, pk=pk)


def _told(request: UserRequest) -> HttpResponse:
    messages.success(request, _("You will find the report in your inbox each month."))
    return redirect("lists:home")
