"""职务 Offices: the list, one office with its holders over time, and every change of it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.forms import ReasonForm
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.lists import opens_without_lost_default
from cadre_app.core.roles import Role
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.history.models import Entry
from cadre_app.org.filters import chosen_unit
from cadre_app.org.models import Unit
from cadre_app.org.tree import tree_for
from cadre_app.people import permissions
from cadre_app.people.filters.offices import filtered_offices
from cadre_app.people.forms.offices import NewOfficeForm, OfficeForm
from cadre_app.people.models import Office, OfficeHolding
from cadre_app.people.office_columns import OFFICE_COLUMNS
from cadre_app.people.office_exports import EXPORT
from cadre_app.people.services import offices as services


@require_GET
@opens_without_lost_default
def office_list(request: UserRequest) -> HttpResponse:
    """Offices at and below a unit with whoever holds them."""
    user = request.user
    if not permissions.can_see_offices(user):
        raise Http404
    key = request.GET.get("unit", "")
    chosen = chosen_unit(key, user=user) if key else None
    if key and chosen is None:
        raise Http404
    offices = filtered_offices(request.GET, user=user, chosen=chosen)
    add_url = _add_url(request, chosen)
    empty = Empty(
        _("No offices yet."),
        _("Enter the offices whose holders become mentors, then who holds them; or import them."),
        add_url,
        _("New office") if add_url else "",
    )
    table = Table(request, offices.qs, OFFICE_COLUMNS, name="offices", empty=empty, export_kind=EXPORT)
    context = {"table": table, "filter": offices, "chosen": chosen, "add_url": add_url, "tree": tree_for(user, chosen)}
    return render(request, page_or_fragment(request, "people/office_list.html"), context)


@require_GET
def office_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """One office: whose mentor its holder becomes, who held it when, what was changed."""
    user, office = request.user, visible_office(request, pk)
    holdings = list(OfficeHolding.objects.visible_to(user).filter(office=office).select_related("person"))
    standing = sorted((item for item in holdings if not item.is_voided), key=lambda item: item.since, reverse=True)
    may_change = permissions.can_change_office(user, office)
    voided = [item for item in holdings if item.is_voided] if may_change else []
    context = {
        "office": office,
        "holdings": standing,
        "reopenable": standing[0] if standing and standing[0].until is not None else None,
        "voided": sorted(voided, key=lambda item: item.since, reverse=True),
        "current": next((item for item in standing if item.until is None), None),
        "may_change": may_change,
        "may_restore": permissions.can_restore_office(user, office),
        "entries": _entries(office, holdings) if permissions.can_read_office_history(user, office) else None,
    }
    return render(request, "people/office_detail.html", context)


@require_http_methods(["GET", "POST"])
def office_create(request: UserRequest) -> HttpResponse:
    """A new office in a unit of one's scope; ?unit= chooses it."""
    require(permissions.can_create(request.user))
    units = Unit.objects.standing().within(request.user.unit_ranges(Role.STAFF))
    form = NewOfficeForm(request.POST or None, units=units, initial={"unit": request.GET.get("unit", "")})
    if done := submit(request, form, services.create_office):
        messages.success(request, _("The office was added."))
        return redirect("people:office_detail", pk=done.result.pk)
    return render(request, "people/office_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def office_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    office = visible_office(request, pk)
    require(permissions.can_change_office(request.user, office))
    form = OfficeForm(request.POST or None, instance=office)
    if submit(request, form, services.change_office, office):
        messages.success(request, _("The office was changed."))
        return redirect("people:office_detail", pk=pk)
    return render(request, "people/office_edit.html", {"form": form, "office": office})


@require_http_methods(["GET", "POST"])
def office_void(request: UserRequest, pk: UUID) -> HttpResponse:
    office = visible_office(request, pk)
    require(permissions.can_change_office(request.user, office))
    form = ReasonForm(request.POST or None, instance=office)
    if submit(request, form, services.void_office, office):
        messages.success(request, _("The office was voided. It can be restored."))
        return redirect("people:office_detail", pk=pk)
    return render(request, "people/office_void.html", {"form": form, "office": office})


@require_http_methods(["GET", "POST"])
def office_restore(request: UserRequest, pk: UUID) -> HttpResponse:
    office = visible_office(request, pk)
    require(permissions.can_restore_office(request.user, office))
    form = ReasonForm(request.POST or None, instance=office)
    if submit(request, form, services.restore_office, office):
        messages.success(request, _("The office was restored."))
        return redirect("people:office_detail", pk=pk)
    return render(request, "people/office_restore.html", {"form": form, "office": office})


def visible_office(request: UserRequest, pk: UUID) -> Office:
    """The office with its unit, or 404."""
    return get_object_or_404(Office.objects.visible_to(request.user).select_related("unit"), pk=pk)


def _add_url(request: UserRequest, chosen: Unit | None) -> str:
    if chosen is not None:
        allowed = permissions.can_manage_offices(request.user, chosen)
        return f"{reverse('people:office_create')}?unit={chosen.pk}" if allowed else ""
    return reverse("people:office_create") if permissions.can_create(request.user) else ""


def _entries(office: Office, holdings: list[OfficeHolding]) -> list[Entry]:
    """Changes of the office and of everybody's time in it, newest first."""
    condition = Q(object_label=office._meta.label_lower, object_id=office.pk)
    condition |= Q(object_label=OfficeHolding._meta.label_lower, object_id__in=[item.pk for item in holdings])
    return Entry.objects.filter(condition).select_related("actor").told()
