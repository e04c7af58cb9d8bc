"""Which leaders open the criteria check: named by security administrators, who see names and units alone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.advancement.forms.named_leaders import LeaderForm
from cadre_app.advancement.models import NamedLeader
from cadre_app.advancement.permissions import criteria as permissions
from cadre_app.advancement.services import naming as services
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest
from cadre_app.core.submit import submit

BOTH = require_http_methods(["GET", "POST"])
LIST = "advancement:leader_list"


@require_GET
def leader_list(request: UserRequest) -> HttpResponse:
    """Who is named today."""
    if not permissions.can_name_leaders(request.user):
        raise Http404
    named = NamedLeader.objects.visible_to(request.user).standing().select_related("user__unit", "named_by_user")
    return render(request, "advancement/leader_list.html", {"named": named.order_by("named_on", "pk")})


@BOTH
def leader_new(request: UserRequest) -> HttpResponse:
    """Name somebody who leads a unit."""
    if not permissions.can_name_leaders(request.user):
        raise Http404
    form = LeaderForm(request.POST or None, users=services.leaders().select_related("unit"))
    if submit(request, form, services.name_leader):
        messages.success(request, _("The leader is named."))
        return redirect(LIST)
    page = Page(_("Name a leader"), "", notices=(_("Whoever is named opens the criteria check about people of the units that they lead. Each opening is put on record."),))  # fmt: skip
    return render(request, "advancement/leader_form.html", {"form": form, "page": page, "back": reverse(LIST)})


@BOTH
def leader_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take a naming back, with the reason."""
    named = get_object_or_404(NamedLeader.objects.visible_to(request.user).select_related("user__unit"), pk=pk)
    form = ReasonForm(request.POST or None, instance=named)
    if submit(request, form, services.withdraw_leader, named):
        messages.success(request, _("The naming is withdrawn."))
        return redirect(LIST)
    page = Page(
        _("Withdraw the naming"),
        "",
        pgettext("naming of staff", "Withdraw"),
        question=_("Withdraw this naming?"),
        consequence=_("From the next page on nothing of it can be opened."),
        danger=True,
    )
    context = {"form": form, "page": page, "named": named, "back": reverse(LIST)}
    return render(request, "advancement/leader_form.html", context)
