"""常用筛选 Saved filters: keep conditions of the roster under a name, remove them, bring them back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadre_app.core.forms import ChangeForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit
from cadre_app.people import permissions
from cadre_app.people.forms.roster import SaveFilterForm
from cadre_app.people.models import SavedFilter
from cadre_app.people.models.lists import SavedFilterQuerySet
from cadre_app.people.roster.picks import roster_query
from cadre_app.people.services import saved_filters as services

REMOVED_SHOWN = 20


@require_GET
def filter_list(request: UserRequest) -> HttpResponse:
    """One's own filters, and those lately removed."""
    own = _own(request)
    context = {
        "saved": [(item, ChangeForm(instance=item, auto_id=False)) for item in own.standing()],
        "removed": [
            (item, ChangeForm(instance=item, auto_id=False))
            for item in own.exclude(voided_at=None).order_by("-voided_at")[:REMOVED_SHOWN]
        ],
    }
    return render(request, "people/filter_list.html", context)


@require_http_methods(["GET", "POST"])
def filter_save(request: UserRequest) -> HttpResponse:
    """Keep the conditions in the URL under a name."""
    _own(request)
    query = roster_query(request.GET)
    form = SaveFilterForm(request.POST or None)
    if submit(request, form, services.save_filter, query=query):
        messages.success(request, _("The filter was saved. It stands beside the list."))
        return redirect(f"{reverse('people:trainee_list')}?{query}")
    return render(request, "people/filter_save.html", {"form": form, "query": query})


@require_POST
def filter_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(_own(request), pk=pk)
    form = ChangeForm(request.POST, instance=saved)
    if submit(request, form, services.remove_filter, saved):
        messages.success(request, _("The filter was removed. It can be restored below."))
    return redirect("people:filter_list")


@require_POST
def filter_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    saved = get_object_or_404(_own(request), pk=pk)
    form = ChangeForm(request.POST, instance=saved)
    if submit(request, form, services.restore_filter, saved):
        messages.success(request, _("The filter was restored."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("people:filter_list")


def _own(request: UserRequest) -> SavedFilterQuerySet:
    """One's own filters; 404 without a business role."""
    if not permissions.can_see_roster(request.user):
        raise Http404
    return SavedFilter.objects.visible_to(request.user)
