"""师资、沙盘情景 Who gives courses, and the situations of sand-table exercises."""

from typing import Any
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
from cadre_app.training.filters.courses import ScenarioFilter, TeacherFilter
from cadre_app.training.forms.teachers import ScenarioForm, TeacherForm
from cadre_app.training.lists.courses import SCENARIO_COLUMNS, STAFF_TEACHER_COLUMNS, TEACHER_COLUMNS
from cadre_app.training.models import Scenario, Teacher
from cadre_app.training.permissions import courses as permissions
from cadre_app.training.permissions import rooms
from cadre_app.training.services import teachers as services


@require_GET
def teacher_list(request: UserRequest) -> HttpResponse:
    """Who gives courses, of the Party school and from outside."""
    user = request.user
    if not permissions.can_see_preparation(user):
        raise Http404
    may_add = permissions.can_keep_catalogue(user)
    rows: Any = Teacher.objects.visible_to(user).standing().select_related("account")
    rows = rows.annotate(course_count=Count("courses", filter=Q(courses__voided_at=None)))
    found = TeacherFilter(request.GET, queryset=rows.order_by("name", "pk"))
    text = _("Enter whoever gives courses, then choose them in the courses.")
    url = reverse("training:teacher_new") if may_add else ""
    empty = Empty(_("No teachers yet."), text, url, _("New teacher"))
    columns = STAFF_TEACHER_COLUMNS if may_add else TEACHER_COLUMNS
    table = Table(request, found.qs, columns, name="teachers", empty=empty, default_sort="name")
    context = {"table": table, "filter": found, "may_add": may_add}
    return render(request, page_or_fragment(request, "training/teacher_list.html"), context)


@require_http_methods(["GET", "POST"])
def teacher_new(request: UserRequest) -> HttpResponse:
    require(permissions.can_keep_catalogue(request.user))
    form = TeacherForm(request.POST or None, user=request.user)
    if submit(request, form, services.create_teacher):
        messages.success(request, _("The teacher was added."))
        return redirect("training:teacher_list")
    return render(request, "training/teacher_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def teacher_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    teacher = get_object_or_404(Teacher.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_keep_catalogue(request.user))
    form = TeacherForm(request.POST or None, instance=teacher, user=request.user)
    if submit(request, form, services.change_teacher, teacher):
        messages.success(request, _("The teacher was changed."))
        return redirect("training:teacher_list")
    context = {"form": form, "teacher": teacher, "entries": Entry.objects.about(teacher).told()}
    return render(request, "training/teacher_edit.html", context)


@require_GET
def scenario_list(request: UserRequest) -> HttpResponse:
    """沙盘情景 What has happened, and the task."""
    user = request.user
    if not permissions.can_see_preparation(user):
        raise Http404
    may_add = permissions.can_keep_catalogue(user)
    rows = Scenario.objects.visible_to(user).standing().order_by("title", "pk")
    found = ScenarioFilter(request.GET, queryset=rows)
    text = _("A scenario says what has happened and what the group has to do.")
    url = reverse("training:scenario_new") if may_add else ""
    empty = Empty(_("No scenarios yet."), text, url, _("New scenario"))
    table = Table(request, found.qs, SCENARIO_COLUMNS, name="scenarios", empty=empty, default_sort="title")
    context = {"table": table, "filter": found, "may_add": may_add}
    return render(request, page_or_fragment(request, "training/scenario_list.html"), context)


@require_GET
def scenario_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    user = request.user
    scenario = get_object_or_404(Scenario.objects.visible_to(user).standing(), pk=pk)
    context = {
        "scenario": scenario,
        "may_change": permissions.can_keep_catalogue(user),
        "may_see_list": permissions.can_see_preparation(user),
        "entries": Entry.objects.about(scenario).told() if rooms.can_read_changes(user) else None,
    }
    return render(request, "training/scenario_detail.html", context)


@require_http_methods(["GET", "POST"])
def scenario_new(request: UserRequest) -> HttpResponse:
    require(permissions.can_keep_catalogue(request.user))
    form = ScenarioForm(request.POST or None)
    if done := submit(request, form, services.create_scenario):
        messages.success(request, _("The scenario was added."))
        return redirect("training:scenario_detail", pk=done.result.pk)
    return render(request, "training/scenario_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def scenario_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    scenario = get_object_or_404(Scenario.objects.visible_to(request.user).standing(), pk=pk)
    require(permissions.can_keep_catalogue(request.user))
    form = ScenarioForm(request.POST or None, instance=scenario)
    if submit(request, form, services.change_scenario, scenario):
        messages.success(request, _("The scenario was changed."))
        return redirect("training:scenario_detail", pk=pk)
    return render(request, "training/scenario_edit.html", {"form": form, "scenario": scenario})
