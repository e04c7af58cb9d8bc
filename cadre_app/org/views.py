"""The unit tree: list, unit page, and every change of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.lists import opens_without_lost_default
from cadre_app.core.registries import closing_notes
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.history.models import Entry
from cadre_app.org import permissions, services
from cadre_app.org.columns import unit_columns
from cadre_app.org.filters import chosen_unit, filtered_units, top_unit
from cadre_app.org.forms import CloseUnitForm, MoveUnitForm, ReorderForm, UnitForm
from cadre_app.org.models import Unit
from cadre_app.org.tree import tree_for

EXPORT = "org.units"


@require_GET
@opens_without_lost_default
def unit_list(request: UserRequest) -> HttpResponse:
    """单位名录 Units: the tree, and beside it what is below the chosen unit."""
    if not permissions.can_see_units(request.user):
        raise Http404
    key = request.GET.get("unit", "")
    chosen = chosen_unit(key, user=request.user) if key else top_unit(request.user)
    if key and chosen is None:
        raise Http404
    units = filtered_units(request.GET, user=request.user, chosen=chosen)
    can_add = chosen is not None and permissions.can_create_below(request.user, chosen)
    add_url = reverse("org:unit_create", kwargs={"pk": chosen.pk}) if chosen is not None and can_add else ""
    empty = Empty(_("No units here."), "", add_url, _("New unit") if add_url else "")
    table = Table(
        request,
        units.qs,
        unit_columns(request.user),
        name="units",
        empty=empty,
        export_kind=EXPORT if permissions.can_export(request.user) else "",
    )
    context = {"table": table, "filter": units, "chosen": chosen, "add_url": add_url}
    context["can_reorder"] = chosen is not None and permissions.can_reorder(request.user, chosen)
    context["tree"] = tree_for(request.user, chosen)
    return render(request, page_or_fragment(request, "org/unit_list.html"), context)


@require_GET
def unit_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One unit: where it stands, what is below it, what was changed."""
    user, unit = request.user, _visible(request, pk)
    may = {
        "change": permissions.can_change(user, unit),
        "move": permissions.can_move(user, unit),
        "close": permissions.can_close(user, unit),
        "reopen": permissions.can_reopen(user, unit),
        "void": permissions.can_void(user, unit),
        "restore": permissions.can_restore(user, unit),
        "create": permissions.can_create_below(user, unit),
    }
    reads = permissions.can_read_history(user, unit)
    context = {
        "unit": unit,
        "may": may,
        "crumbs": list(Unit.objects.visible_to(user).above(unit).in_official_order()),
        "children": list(Unit.objects.visible_to(user).standing().filter(parent=unit).in_official_order()),
        "entries": Entry.objects.about(unit).told() if reads else None,
    }
    return render(request, "org/unit_detail.html", context)


@require_http_methods(["GET", "POST"])
def unit_create(request: UserRequest, pk: UUID) -> HttpResponse:
    """A new unit below this one."""
    parent = _visible(request, pk)
    require(permissions.can_create_below(request.user, parent))
    form = UnitForm(request.POST or None)
    if done := submit(request, form, services.create_unit, parent=parent):
        messages.success(request, _("The unit was added."))
        return redirect("org:unit_detail", pk=done.result.pk)
    return render(request, "org/unit_create.html", {"form": form, "parent": parent})


@require_http_methods(["GET", "POST"])
def unit_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    unit = _visible(request, pk)
    require(permissions.can_change(request.user, unit))
    form = UnitForm(request.POST or None, instance=unit)
    if submit(request, form, services.change_unit, unit):
        messages.success(request, _("The unit was changed."))
        return redirect("org:unit_detail", pk=pk)
    return render(request, "org/unit_edit.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "POST"])
def unit_move(request: UserRequest, pk: UUID) -> HttpResponse:
    """Under another unit that the same person manages."""
    unit = _visible(request, pk)
    require(permissions.can_move(request.user, unit))
    targets = Unit.objects.targets_for(request.user, unit)
    form = MoveUnitForm(request.POST or None, instance=unit, parents=targets)
    if submit(request, form, services.move_unit, unit):
        messages.success(request, _("The unit was moved."))
        return redirect("org:unit_detail", pk=pk)
    return render(request, "org/unit_move.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "POST"])
def unit_close(request: UserRequest, pk: UUID) -> HttpResponse:
    unit = _visible(request, pk)
    require(permissions.can_close(request.user, unit))
    form = CloseUnitForm(request.POST or None, instance=unit, initial={"closed_on": timezone.localdate()})
    if submit(request, form, services.close_unit, unit):
        messages.success(request, _("The unit was closed."))
        return redirect("org:unit_detail", pk=pk)
    left_open = [text for part in closing_notes.values() for text in part(request.user, unit.pk)]
    return render(request, "org/unit_close.html", {"form": form, "unit": unit, "left_open": left_open})


@require_http_methods(["GET", "POST"])
def unit_reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    unit = _visible(request, pk)
    require(permissions.can_reopen(request.user, unit))
    form = ReasonForm(request.POST or None, instance=unit)
    if submit(request, form, services.reopen_unit, unit):
        messages.success(request, _("The unit is open again."))
        return redirect("org:unit_detail", pk=pk)
    return render(request, "org/unit_reopen.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "POST"])
def unit_void(request: UserRequest, pk: UUID) -> HttpResponse:
    unit = _visible(request, pk)
    require(permissions.can_void(request.user, unit))
    form = ReasonForm(request.POST or None, instance=unit)
    if submit(request, form, services.void_unit, unit):
        messages.success(request, _("The unit was voided. It can be restored."))
        return redirect("org:unit_detail", pk=pk)
    return render(request, "org/unit_void.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "POST"])
def unit_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    unit = _visible(request, pk)
    require(permissions.can_restore(request.user, unit))
    form = ReasonForm(request.POST or None, instance=unit)
    if submit(request, form, services.restore_unit, unit):
        messages.success(request, _("The unit was restored."))
        return redirect("org:unit_detail", pk=pk)
    return render(request, "org/unit_restore.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "POST"])
def unit_reorder(request: UserRequest, pk: UUID) -> HttpResponse:
    """The official order of everything directly below one unit, at once."""
    parent = _visible(request, pk)
    require(permissions.can_reorder(request.user, parent))
    children = list(Unit.objects.standing().filter(parent=parent).in_official_order())
    form = ReorderForm(request.POST or None, parent=parent, children=children)
    if submit(request, form, services.reorder_units, parent):
        messages.success(request, _("The official order was changed."))
        return redirect(f"{reverse('org:unit_list')}?unit={pk}")
    return render(request, "org/unit_reorder.html", {"form": form, "parent": parent})


def _visible(request: UserRequest, pk: UUID) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user).select_related("parent"), pk=pk)
