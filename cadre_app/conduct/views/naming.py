"""Who keeps what is restricted: named by leaders, one by one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.conduct import tabs
from cadre_app.conduct.forms.restricted import NameForm
from cadre_app.conduct.models import NamedStaff
from cadre_app.conduct.permissions import restricted as permissions
from cadre_app.conduct.services import naming as services
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.org.models import Unit

BOTH = require_http_methods(["GET", "POST"])
LIST = "conduct:named_list"


@require_GET
def named_list(request: UserRequest) -> HttpResponse:
    """Who is named for the units that one leads."""
    if not permissions.can_see_named(request.user):
        raise Http404
    rows = NamedStaff.objects.visible_to(request.user).select_related("user", "unit", "named_by_user")
    context = {
        "units": permissions.leading_units(request.user),
        "named": rows.standing().order_by("unit__path", "named_on", "pk"),
        "tabs": tabs.tabs_of(request.user, LIST),
    }
    return render(request, "conduct/named_list.html", context)


@BOTH
def named_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Name somebody for a unit that one leads and all below it."""
    unit = get_object_or_404(Unit.objects.standing().within(permissions.ranges_of_naming(request.user)), pk=pk)
    require(permissions.can_name(request.user, unit))
    form = NameForm(request.POST or None, users=services.staff_of(unit).exclude(pk=request.user.pk))
    if submit(request, form, services.name_staff, unit):
        messages.success(request, _("The account is named."))
        return redirect(LIST)
    page = Page(_("Name staff"), "", notices=(_("Whoever is named reads and keeps discipline and admonitions about this unit and all below it. Each reading is put on record."),))  # fmt: skip
    return render(request, "conduct/unit_form.html", {"form": form, "page": page, "unit": unit, "back": reverse(LIST)})


@BOTH
def named_withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    named = get_object_or_404(NamedStaff.objects.visible_to(request.user).select_related("user", "unit"), pk=pk)
    require(permissions.can_withdraw_naming(request.user, named))
    form = ReasonForm(request.POST or None, instance=named)
    if submit(request, form, services.withdraw_naming, named):
        messages.success(request, _("The naming is withdrawn."))
        return redirect(LIST)
    page = Page(
        _("Withdraw the naming"), "", pgettext("naming of staff", "Withdraw"), question=_("Withdraw this naming?"), danger=True,
        consequence=_("From the next page on nothing of it can be opened."),
    )  # fmt: skip
    context = {"form": form, "page": page, "unit": named.unit, "named": named, "back": reverse(LIST)}
    return render(request, "conduct/unit_form.html", context)
