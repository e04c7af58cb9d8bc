"""Code tables: which there are, their lines, and changes of names, order and use."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import Empty, Table
from cadre_app.history.models import Entry
from cadre_app.policy import permissions, services
from cadre_app.policy.columns import code_columns
from cadre_app.policy.filters import filtered_codes
from cadre_app.policy.forms import CodeForm, NewCodeForm
from cadre_app.policy.models import Code
from cadre_app.policy.tables import CodeTable, code_tables
from cadre_app.policy.views.access import must_manage, must_read


@require_GET
def table_list(request: UserRequest) -> HttpResponse:
    """Every code table with its standard and how many codes are in use."""
    must_read(request)
    counts = dict(
        Code.objects.visible_to(request.user)
        .standing()
        .order_by()
        .values("table")
        .annotate(count=Count("pk", filter=Q(is_active=True)))
        .values_list("table", "count")
    )
    rows = [(table, counts.get(table.key, 0)) for table in code_tables.values()]
    return render(request, "policy/table_list.html", {"rows": rows})


@require_GET
def code_list(request: UserRequest, table: str) -> HttpResponse:
    """The lines of one table."""
    spec = _readable_table(request, table)
    codes = filtered_codes(request.GET, user=request.user, table=spec)
    can_manage = permissions.can_manage_settings(request.user)
    can_add = can_manage and not spec.is_national
    add_url = reverse("policy:code_new", kwargs={"table": table}) if can_add else ""
    listing = Table(
        request,
        codes.qs,
        code_columns(spec, linked=can_manage),
        name="codes",
        empty=Empty(_("No codes in this table."), "", add_url, _("New code") if add_url else ""),
    )
    context = {"spec": spec, "table": listing, "filter": codes, "add_url": add_url}
    return render(request, page_or_fragment(request, "policy/code_list.html"), context)


@require_http_methods(["GET", "POST"])
def code_new(request: UserRequest, table: str) -> HttpResponse:
    """A new line of a local table."""
    spec = _readable_table(request, table)
    must_manage(request)
    require(not spec.is_national)
    form = NewCodeForm(request.POST or None)
    if submit(request, form, services.add_code, spec):
        messages.success(request, _("The code was added."))
        return redirect("policy:code_list", table=table)
    return render(request, "policy/code_new.html", {"form": form, "spec": spec})


@require_http_methods(["GET", "POST"])
def code_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Names, order and use of one code, and what was changed about it."""
    row = get_object_or_404(Code.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_manage_settings(request.user))
    spec = _readable_table(request, row.table)
    form = CodeForm(request.POST or None, instance=row)
    if submit(request, form, services.change_code, row):
        messages.success(request, _("The code was changed."))
        return redirect("policy:code_list", table=row.table)
    context = {"form": form, "spec": spec, "row": row, "entries": Entry.objects.about(row).told()}
    return render(request, "policy/code_edit.html", context)


def _readable_table(request: UserRequest, key: str) -> CodeTable:
    must_read(request)
    table = code_tables.get(key)
    if table is None:
        raise Http404
    return table
