"""常用筛选 Saved filters: those of a list above its table, and all of one's own with what is reported of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest
from cadre_app.core.lists import ListPage, kept_query, list_pages
from cadre_app.core.registries import nav
from cadre_app.core.submit import submit
from cadre_app.lists.forms import FilterForm, NewFilterForm
from cadre_app.lists.kept import by_list, subscription_lines
from cadre_app.lists.models import SavedFilter, Subscription
from cadre_app.lists.services import saved_filters as services
from cadre_app.reports.permissions import can_see_overview

REMOVED_SHOWN = 20


@require_GET
def home(request: UserRequest) -> HttpResponse:
    """常用筛选与订阅 Everything that one keeps of lists."""
    own = SavedFilter.objects.visible_to(request.user)
    removed = own.exclude(voided_at=None).order_by("-voided_at")[:REMOVED_SHOWN]
    context = {
        "groups": by_list(own.standing(), request.user),
        "subscriptions": subscription_lines(Subscription.objects.visible_to(request.user).standing()),
        "removed": removed,
        "may_have_figures": can_see_overview(request.user),
    }
    return render(request, "lists/home.html", context)


@require_GET
def chips(request: UserRequest) -> HttpResponse:
    """The own filters of a list; asked for after the list is shown. `query`: how it is narrowed now."""
    name, _page = _asked_page(request)
    query = kept_query(QueryDict(request.GET.get("query", "")))
    saved = list(SavedFilter.objects.visible_to(request.user).standing().filter(page=name))
    context = {
        "saved": saved,
        "address": reverse(name),
        "page": name,
        "query": query,
        "is_kept": any(item.query == query for item in saved),
    }
    return render(request, "lists/_chips.html", context)


@require_http_methods(["GET", "POST"])
def filter_save(request: UserRequest) -> HttpResponse:
    """Keep the conditions in the address under a name."""
    name, page = _asked_page(request)
    query = kept_query(QueryDict(request.GET.get("query", "")))
    own = SavedFilter.objects.visible_to(request.user).standing().filter(page=name)
    taken = own.values_list("name", flat=True) if request.method == "POST" else ()
    form = NewFilterForm(request.POST or None, in_navigation=in_navigation(name), taken=tuple(taken))
    list_url = f"{reverse(name)}?{query}"
    if submit(request, form, services.save_filter, page=name, query=query):
        messages.success(request, _("The filter was saved. It stands above the list."))
        return redirect(list_url)
    return render(request, "lists/filter_save.html", {"form": form, "page": page, "list_url": list_url})


@require_http_methods(["GET", "POST"])
def filter_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another name, and whether the navigation opens the list with it."""
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user).standing(), pk=pk)
    form = FilterForm(request.POST or None, instance=saved, in_navigation=in_navigation(saved.page))
    if submit(request, form, services.change_filter, saved):
        messages.success(request, _("The filter was changed."))
        return redirect("lists:home")
    return render(request, "lists/filter_edit.html", {"form": form, "saved": saved})


@require_POST
def filter_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    form = ChangeForm(request.POST, instance=saved)
    if submit(request, form, services.remove_filter, saved):
        messages.success(request, _("The filter was removed. It can be restored below."))
    return redirect("lists:home")


@require_POST
def filter_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    form = ChangeForm(request.POST, instance=saved)
    if submit(request, form, services.restore_filter, saved):
        messages.success(request, _("The filter was restored."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("lists:home")


def in_navigation(name: str) -> bool:
    """True for a list that has a line of its own there."""
    return any(item.url_name == name for item in nav.values())


def _asked_page(request: UserRequest) -> tuple[str, ListPage]:
    """The list that is meant; 404 for one that does not exist or that its reader does not have."""
    name = request.GET.get("page", "")
    page = list_pages.get(name)
    if page is None or not page.visible(request.user):
        raise Http404
    return name, page
